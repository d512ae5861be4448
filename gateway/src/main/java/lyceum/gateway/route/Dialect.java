package lyceum.gateway.route;

import io.vertx.core.Handler;
import io.vertx.core.VertxException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.Set;

/** How a family of routes words a refusal. It is the failure handler of their paths. */
public enum Dialect implements Handler<RoutingContext> {

    /** For everything without an older contract. */
    PROBLEM(Problem.MEDIA_TYPE) {
        @Override
        String body(Refusal refusal) {
            return Problem.of(refusal).encode();
        }
    },

    /** For a path that nobody has: a problem, and what the stream contract tells of it (section 2.2). */
    NOWHERE(Problem.MEDIA_TYPE) {
        @Override
        String body(Refusal refusal) {
            String detail = refusal.detail().orElse(refusal.reason());
            return new Problem(refusal.reason(), refusal.status(), detail).encode();
        }
    },

    /** {@code {"detail": …}} of the stream contract, section 2.2. */
    DETAIL("application/json") {
        @Override
        String body(Refusal refusal) {
            return new JsonObject().put("detail", detail(refusal)).encode();
        }

        private Object detail(Refusal refusal) {
            if (refusal.status() == 500) {
                return defect(refusal);
            }
            return refusal.findings().isEmpty()
                    ? refusal.detail().orElse(refusal.reason())
                    : Finding.detail(refusal.findings());
        }

        private JsonArray defect(Refusal refusal) {
            return new JsonArray()
                    .add(new JsonObject().put("msg", refusal.reason()).put("type", "InternalServerError"));
        }
    },

    /** Plain texts of the elicast contract, section 1; where the status explains itself, {@code 404: Not Found}. */
    PLAIN("text/plain; charset=utf-8") {
        /** The contract knows these by their status only, whatever the reason is. */
        private static final Set<Integer> BARE = Set.of(401, 403);

        @Override
        String body(Refusal refusal) {
            String status = refusal.status() + ": " + refusal.reason();
            return BARE.contains(refusal.status()) ? status : refusal.detail().orElse(status);
        }
    },

    /** {@code {"error": …}} of Judge0; what is wrong with a submission is no refusal but an answer with 422. */
    JUDGE0(JsonAnswer.MEDIA_TYPE) {
        @Override
        String body(Refusal refusal) {
            return new JsonObject()
                    .put("error", refusal.detail().orElse(refusal.reason()))
                    .encode();
        }
    },

    /** {@code {"message": …}} of Piston. */
    PISTON(JsonAnswer.MEDIA_TYPE) {
        @Override
        String body(Refusal refusal) {
            return new JsonObject()
                    .put("message", refusal.detail().orElse(refusal.reason()))
                    .encode();
        }
    };

    private final String mediaType;

    Dialect(String mediaType) {
        this.mediaType = mediaType;
    }

    abstract String body(Refusal refusal);

    String mediaType() {
        return mediaType;
    }

    @Override
    public void handle(RoutingContext ctx) {
        HttpServerResponse response = ctx.response();
        boolean isGone = ctx.failure() instanceof HttpClosedException
                // As Vert.x says it of an answer that is written a moment later.
                || ctx.failure() instanceof VertxException && response.closed();
        if (isGone) {
            // The client has gone in the middle of its request: there is nobody to tell, and nothing is wrong here.
            return;
        }
        if (ctx.failure() instanceof IOException && response.headWritten()) {
            // The same in the middle of the answer: to write fails as a broken pipe or a closed channel.
            response.reset();
            return;
        }
        Refusal refusal = Refusal.of(ctx);
        if (response.headWritten()) {
            // Half an answer is out: only a broken connection tells the client that it is not whole.
            response.reset();
            return;
        }
        refusal.headers().forEach(response::putHeader);
        Buffer body = Buffer.buffer(body(refusal));
        response.setStatusCode(refusal.status())
                // The answer that could not be begun may have been meant to come in chunks, which tell no length.
                .setChunked(false)
                .putHeader("Content-Type", mediaType)
                // Otherwise an answer to HEAD would not tell it.
                .putHeader("Content-Length", Integer.toString(body.length()))
                .end(body);
    }
}
