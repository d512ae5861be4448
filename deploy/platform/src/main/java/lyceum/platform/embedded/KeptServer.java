package lyceum.platform.embedded;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that is started again where it ends by itself: killed for want of memory, for instance. Whoever uses it waits for
 * it as for any that is away.
 */
final class KeptServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(KeptServer.class);

    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(30);

    private final Supplier<GuardedProcess> start;
    private final Path log;
    private final Thread keeper = new Thread(this::keep, "lyceum-store-keeper");

    private GuardedProcess process;
    private boolean isClosed;

    private KeptServer(GuardedProcess process, Supplier<GuardedProcess> start, Path log) {
        this.process = process;
        this.start = start;
        this.log = log;
        keeper.setDaemon(true);
    }

    /**
     * @param process a server that answers
     * @param start starts another one in its place
     * @param log where the server says why it has ended
     */
    static KeptServer keep(GuardedProcess process, Supplier<GuardedProcess> start, Path log) {
        KeptServer kept = new KeptServer(process, start, log);
        kept.keeper.start();
        return kept;
    }

    /** One that does not last is started again after longer and longer pauses. */
    private void keep() {
        Duration pause = FIRST_PAUSE;
        try {
            while (true) {
                long begunNanos = System.nanoTime();
                current().awaitEnd();
                boolean hasLasted = System.nanoTime() - begunNanos > LONGEST_PAUSE.toNanos();
                pause = hasLasted ? FIRST_PAUSE : pause;
                if (!replaceAfter(pause)) {
                    return;
                }
                pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized GuardedProcess current() {
        return process;
    }

    /** @return whether there is another one; there is none where it was told to end */
    private synchronized boolean replaceAfter(Duration pause) throws InterruptedException {
        if (isClosed) {
            return false;
        }
        LOG.error("an embedded server has ended by itself, and is started again; its reasons are in {}", log);
        long untilNanos = System.nanoTime() + pause.toNanos();
        for (long left = pause.toMillis(); left > 0 && !isClosed; left = (untilNanos - System.nanoTime()) / 1_000_000) {
            wait(left);
        }
        if (isClosed) {
            return false;
        }
        try {
            process.close();
            process = start.get();
        } catch (UncheckedIOException e) {
            LOG.error("an embedded server could not be started again", e);
        }
        return true;
    }

    @Override
    public void close() {
        GuardedProcess last;
        synchronized (this) {
            isClosed = true;
            notifyAll();
            last = process;
        }
        last.close();
    }
}
