package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import lyceum.sandbox.SandboxService.Window;
import lyceum.sandbox.SandboxSession.Stage;
import lyceum.sandbox.SandboxSession.Stream;

/**
 * A container in which nothing runs yet but {@link ContainerScript#SLEEP}, wherever it may be. Lives on one context.
 */
interface Container {

    /**
     * Starts a command in it.
     *
     * @return the command, when it has been started; fails where the container is not there (any more)
     */
    Future<ContainerProcess> start(Order order, Sink sink);

    /** @return what all that ran in it for a stage has used until now */
    Future<Usage> usage(Stage stage);

    /** @return whether {@link #usage} can be asked often, and while a program runs */
    boolean isWatched();

    /**
     * Asks why something in it was killed, and gives the news a moment to get round.
     *
     * @return whether it was for its memory
     */
    Future<Boolean> ranOutOfMemory(Stage stage);

    /**
     * @return done when it is gone with all that runs in it, or when that has been tried for long enough; idempotent
     */
    Future<Void> remove();

    /**
     * @param stage whose memory and processes it takes
     * @param hasInput whether anything will be written to it
     * @param terminal the window of its terminal, or null for pipes
     */
    record Order(Stage stage, List<String> command, boolean hasInput, Window terminal) {}

    /** @param peakBytes the most memory that was seen, 0 where nobody looked */
    record Usage(long cpuMicros, long peakBytes) {

        /** Nothing. */
        static final Usage NONE = new Usage(0, 0);
    }

    /** Takes what a command writes. */
    interface Sink {

        /**
         * @param stream STDOUT for all that comes from a terminal
         * @param piece at most 64 KiB
         * @return done when there is room for more; until then nothing more is told
         */
        Future<Void> write(Stream stream, Buffer piece);
    }
}
