package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lyceum.platform.Loop;
import lyceum.sandbox.SandboxSession.Stage;
import lyceum.sandbox.SandboxSession.Stream;

/** A short command of our own in a container. Like programs in it, it may do anything but last or be believed. */
final class Errand {

    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final int PIECE_BYTES = 32_768;
    private static final int MOST_EXCUSE_BYTES = 1_024;

    private final Buffer input;
    private final int mostBytes;
    private final Buffer output = Buffer.buffer();
    private final Buffer errors = Buffer.buffer();

    private Errand(Buffer input, int mostBytes) {
        this.input = input;
        this.mostBytes = mostBytes;
    }

    /**
     * @param code its exit code
     * @param output as much as was wanted
     * @param excuse the beginning of what it wrote to its standard error, in one line
     */
    record Done(int code, Buffer output, String excuse) {}

    /**
     * @param input what it reads; nothing may come behind it
     * @param mostBytes of its output that are kept
     */
    static Future<Done> run(Container container, Stage stage, List<String> command, Buffer input, int mostBytes) {
        Errand errand = new Errand(input, mostBytes);
        return container
                .start(new Container.Order(stage, command, input.length() > 0, null), errand::keep)
                .compose(errand::attend);
    }

    private Future<Done> attend(ContainerProcess process) {
        return feed(process)
                .recover(ended -> Future.succeededFuture())
                .compose(fed -> process.exit())
                .timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .onComplete(over -> process.close())
                .map(code -> new Done(code, output, errors.toString().replaceAll("\\s+", " ")));
    }

    private Future<Void> feed(ContainerProcess process) {
        int[] at = {0};
        return Loop.whileTrue(() -> {
            if (at[0] == input.length()) {
                return Future.succeededFuture(false);
            }
            int end = Math.min(input.length(), at[0] + PIECE_BYTES);
            Buffer piece = input.slice(at[0], end);
            at[0] = end;
            return process.write(piece).map(true);
        });
    }

    private Future<Void> keep(Stream stream, Buffer piece) {
        Buffer kept = stream == Stream.STDOUT ? output : errors;
        int most = stream == Stream.STDOUT ? mostBytes : MOST_EXCUSE_BYTES;
        kept.appendBuffer(piece, 0, Math.min(piece.length(), most - kept.length()));
        return Future.succeededFuture();
    }
}
