package lyceum.gateway.recipe;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import lyceum.gateway.route.JsonDocument;
import lyceum.gateway.route.Offload;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.stream.StreamJson;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.Document;
import lyceum.stream.RecipeService.Change;

/** Answers about one document (contract, 4.5). */
final class DocumentAnswer {

    private static final Buffer NULL = Buffer.buffer("null");

    private DocumentAnswer() {}

    /** Answers with a document as it was stored; what is INVALID about it is the body's fault. */
    static void stored(RoutingContext ctx, Future<? extends Document> document) {
        document.compose(stored -> json(ctx.vertx(), stored))
                .onSuccess(json -> JsonDocument.begin(ctx).end(json))
                .onFailure(error -> ctx.fail(Refusal.at(error, StreamJson.WHERE)));
    }

    /** Answers with a document, or null where there is none. */
    static void found(RoutingContext ctx, Future<? extends Document> document) {
        document.compose(found -> json(ctx.vertx(), found))
                .recover(error -> isNone(error) ? Future.succeededFuture(NULL) : Future.failedFuture(error))
                .onSuccess(json -> JsonDocument.begin(ctx).end(json))
                .onFailure(ctx::fail);
    }

    /** Answers whether something has been done; what is INVALID about it is the body's fault. */
    static void changed(RoutingContext ctx, Future<Change> change) {
        JsonDocument.send(
                ctx,
                change.map(Change::done).recover(error -> Future.failedFuture(Refusal.at(error, StreamJson.WHERE))));
    }

    private static boolean isNone(Throwable error) {
        return error instanceof Failure failure && failure.kind() == Kind.NOT_FOUND;
    }

    private static Future<Buffer> json(Vertx vertx, Document document) {
        return Offload.work(vertx, document.characters(), () -> document.json().toBuffer());
    }
}
