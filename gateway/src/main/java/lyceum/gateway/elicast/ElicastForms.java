package lyceum.gateway.elicast;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import lyceum.gateway.form.FormBody;
import lyceum.gateway.form.FormSink;
import lyceum.gateway.form.FormTooLarge;
import lyceum.gateway.form.UnreadableForm;
import lyceum.gateway.route.Refusal;

/** How requests of the elicast contract are read and answered. */
final class ElicastForms {

    /** Contract, section 1: a body of exactly this size is already refused. */
    private static final long BODY_LIMIT_BYTES = 104_857_600;

    private ElicastForms() {}

    /** Reads the body into a form; fails with 413 where it is too long, 400 where it is no text or is cut off. */
    static Future<Void> read(HttpServerRequest request, FormSink form) {
        return FormBody.read(request, form, BODY_LIMIT_BYTES).recover(error -> Future.failedFuture(refusal(error)));
    }

    private static Throwable refusal(Throwable error) {
        if (error instanceof FormTooLarge) {
            return new Refusal(413, error.getMessage());
        }
        return error instanceof UnreadableForm ? bad() : error;
    }

    /** @return a failure with the generic text, for parameters that are missing or no integer */
    static Refusal bad() {
        return new Refusal(400);
    }

    /** Answers with 200 and JSON, or fails the request; the form is closed by then. */
    static void answer(RoutingContext ctx, SmallForm form, Future<JsonObject> answer) {
        answer(ctx, answer.onComplete(done -> form.close()));
    }

    /** Answers with 200 and JSON, or fails the request. */
    static void answer(RoutingContext ctx, Future<JsonObject> answer) {
        answer.onSuccess(json -> ctx.response()
                        .putHeader("Content-Type", "application/json; charset=utf-8")
                        .end(Json.encodeToBuffer(json)))
                .onFailure(ctx::fail);
    }
}
