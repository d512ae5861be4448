package lyceum.gateway.video;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import lyceum.gateway.file.Portion;
import lyceum.platform.Loop;

/** Answers with a file or a part of it: the next piece is asked for when the client has taken the last one. */
final class ChannelFileAnswer {

    /** How long a client may take for one piece. */
    private static final Duration STALL_LIMIT = Duration.ofSeconds(60);

    private final RoutingContext ctx;
    private final ChannelFile file;
    private long position;

    ChannelFileAnswer(RoutingContext ctx, ChannelFile file) {
        this.ctx = ctx;
        this.file = file;
    }

    /** Writes it; headers that say what it is are there already. */
    void send() {
        HttpServerResponse response = ctx.response();
        Portion portion = Portion.of(ctx.request().getHeader("Range"), file.sizeBytes());
        response.putHeader("Accept-Ranges", "bytes");
        if (portion.kind() != Portion.Kind.WHOLE) {
            response.putHeader("Content-Range", portion.contentRange(file.sizeBytes()));
        }
        response.setStatusCode(
                        switch (portion.kind()) {
                            case WHOLE -> 200;
                            case PART -> 206;
                            case NONE -> 416;
                        })
                .putHeader("Content-Length", Long.toString(portion.length()));
        if (ctx.request().method().equals(HttpMethod.HEAD)) {
            response.end();
            return;
        }
        position = portion.offset();
        long end = portion.offset() + portion.length();
        Loop.whileTrue(() -> position < end ? writePiece(end).map(true) : Future.succeededFuture(false))
                .compose(all -> response.end())
                .onFailure(error -> response.reset());
    }

    private Future<Void> writePiece(long end) {
        return file.source().read(position).compose(bytes -> {
            Buffer piece = bytes.length() > end - position ? bytes.slice(0, (int) (end - position)) : bytes;
            if (piece.length() == 0) {
                return Future.failedFuture("the file is shorter than it was");
            }
            position += piece.length();
            return ctx.response().write(piece).timeout(STALL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        });
    }
}
