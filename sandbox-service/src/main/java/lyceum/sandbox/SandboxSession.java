package lyceum.sandbox;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import lyceum.sandbox.SandboxService.Done;
import lyceum.sandbox.SandboxService.Window;

/**
 * The talk with a program that runs, at the instance that holds it. The reader pulls: what it has not asked for waits in
 * the program's pipe, and stops the program when that is full. Nobody asking for {@link #LEASE} ends it.
 */
public interface SandboxSession {

    /** How long a session lives that nobody reads. */
    Duration LEASE = Duration.ofSeconds(30);

    /**
     * Waits for what happens next; one question at a time.
     *
     * @return the next event, the last one being {@link Kind#ENDED}; {@link Kind#NOTHING} where nothing has happened for
     *     half the lease, so that the reader shows it is alive; or NOT_FOUND where there is no such session (any more),
     *     CONFLICT where another question waits
     */
    Future<SessionEvent> readSession(ReadSession question);

    /** @return done when the program's input has room for more, which is the time to send more; or NOT_FOUND */
    Future<Done> writeSession(WriteSession order);

    /** @return done when the signal has been sent to the program, or to its compiler; INVALID for numbers that are none; or NOT_FOUND */
    Future<Done> signalSession(SignalSession order);

    /** @return done when its terminal has the new size; INVALID where it has no terminal; or NOT_FOUND */
    Future<Done> resizeSession(ResizeSession order);

    /** @param id of the session */
    record ReadSession(String id) {}

    /**
     * @param bytes at most 64 KiB, may be empty
     * @param end whether the program's input ends behind them
     */
    record WriteSession(String id, Buffer bytes, boolean end) {}

    /** @param number as in signal(7); it goes to the first process of the program */
    record SignalSession(String id, int number) {}

    /** @param window the new size */
    record ResizeSession(String id, Window window) {}

    /** What happened. */
    enum Kind {
        /** A stage has begun. */
        STARTED,
        /** Something was written. */
        WRITTEN,
        /** The run is over, in this way; the session is gone. */
        ENDED,
        /** Nothing, for a while. */
        NOTHING
    }

    /** Which program speaks. */
    enum Stage {
        COMPILE,
        RUN
    }

    /** Where it speaks; a terminal, and joined streams, know {@link #STDOUT} only. */
    enum Stream {
        STDOUT,
        STDERR
    }

    /**
     * @param stage of STARTED and WRITTEN, else null
     * @param stream of WRITTEN, else null
     * @param bytes of WRITTEN, at most 64 KiB, else empty
     * @param outcome of ENDED, without outputs: they were told as they came; else null
     */
    record SessionEvent(Kind kind, Stage stage, Stream stream, Buffer bytes, Outcome outcome) {}
}
