package lyceum.media.internal.live;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A child that is fed for hours: what is written to it waits in a worker until it has taken it; two threads of its own read
 * what it makes and what it says. It ends when its input does; where it does not, it is killed.
 */
final class LiveProcess {

    private static final Logger LOG = LoggerFactory.getLogger(LiveProcess.class);

    /** After its input has ended. */
    private static final Duration FAREWELL = Duration.ofSeconds(5);

    private static final int CHUNK_BYTES = 64 * 1024;
    private static final int WORDS_BYTES = 2 * 1024;

    /** Takes what a child makes, on a thread that may block. */
    interface Output {

        void take(byte[] bytes, int count) throws IOException;

        /** Nothing more comes. */
        void end() throws IOException;
    }

    /** @param lastWords the end of what it said, in one line */
    record Exit(int status, String lastWords) {}

    private final Vertx vertx;
    private final WorkerExecutor writers;
    private final Process process;
    private final Studio.Scene scene;
    private final Future<Exit> ended;
    private final StringBuffer words = new StringBuffer();

    private Future<Void> written = Future.succeededFuture();
    private boolean isClosing;
    private volatile long writingSinceNanos;

    private LiveProcess(
            Vertx vertx, WorkerExecutor writers, Studio.Scene scene, Process process, Output output, String name) {
        this.vertx = vertx;
        this.writers = writers;
        this.process = process;
        this.scene = scene;
        Context context = vertx.getOrCreateContext();
        Promise<Void> drained = Promise.promise();
        Promise<Void> heard = Promise.promise();
        begin("live-out-" + name, () -> drain(output), drained, context);
        begin("live-err-" + name, this::listen, heard, context);
        ended = Future.fromCompletionStage(process.onExit(), context)
                .compose(gone -> drained.future().otherwiseEmpty())
                .compose(all -> heard.future().otherwiseEmpty())
                .map(all -> new Exit(process.exitValue(), words.toString().replaceAll("\\p{Cntrl}+", " ")));
        ended.onComplete(gone -> strike());
    }

    /** @param process that was just started; used on the present context from now on */
    static LiveProcess of(
            Vertx vertx, WorkerExecutor writers, Studio.Scene scene, Process process, Output output, String name) {
        return new LiveProcess(vertx, writers, scene, process, output, name);
    }

    private static void begin(String name, Work work, Promise<Void> done, Context context) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                        context.runOnContext(turn -> done.complete());
                    } catch (IOException e) {
                        context.runOnContext(turn -> done.fail(e));
                    }
                },
                name);
        thread.setDaemon(true);
        thread.start();
    }

    private interface Work {
        void run() throws IOException;
    }

    private void drain(Output output) throws IOException {
        try (InputStream in = process.getInputStream()) {
            byte[] chunk = new byte[CHUNK_BYTES];
            for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
                output.take(chunk, count);
            }
        } catch (IOException | RuntimeException e) {
            // Who makes what nobody can take has no purpose.
            LOG.warn("what ffmpeg makes cannot be taken: {}", e.toString());
            process.destroyForcibly();
        } finally {
            output.end();
        }
    }

    private void listen() throws IOException {
        try (InputStream err = process.getErrorStream()) {
            byte[] chunk = new byte[WORDS_BYTES];
            for (int count = err.read(chunk); count >= 0; count = err.read(chunk)) {
                words.append(new String(chunk, 0, count, StandardCharsets.UTF_8));
                words.delete(0, Math.max(0, words.length() - WORDS_BYTES));
            }
        }
    }

    /** @return done when it has taken the bytes; fails where it is gone */
    Future<Void> write(Buffer bytes) {
        written = written.compose(before -> writers.executeBlocking(
                () -> {
                    writingSinceNanos = System.nanoTime();
                    try {
                        process.getOutputStream().write(bytes.getBytes());
                        process.getOutputStream().flush();
                    } finally {
                        writingSinceNanos = 0;
                    }
                    return null;
                },
                false));
        return written;
    }

    /** @return whether it has not taken anything for so long, although there is something */
    boolean isStuckFor(Duration time) {
        long since = writingSinceNanos;
        return since != 0 && System.nanoTime() - since > time.toNanos();
    }

    /** Ends its input, behind all that was written. @return how it ended then */
    Future<Exit> finish() {
        if (!isClosing) {
            isClosing = true;
            long timer = vertx.setTimer(FAREWELL.toMillis(), late -> kill());
            ended.onComplete(gone -> vertx.cancelTimer(timer));
            written.otherwiseEmpty()
                    .compose(all -> writers.executeBlocking(
                            () -> {
                                process.getOutputStream().close();
                                return null;
                            },
                            false))
                    .onFailure(error -> LOG.debug("the input of a child that is gone was not closed", error));
        }
        return ended;
    }

    /** What was started may be no more than the door to where it runs. */
    void kill() {
        process.destroyForcibly();
        strike();
    }

    private void strike() {
        scene.strike().get().onFailure(error -> LOG.warn("what an ffmpeg ran in was not removed", error));
    }

    /** @return how it ended, once everything it made has been taken */
    Future<Exit> ended() {
        return ended;
    }
}
