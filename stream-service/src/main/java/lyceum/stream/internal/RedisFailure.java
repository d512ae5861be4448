package lyceum.stream.internal;

import io.vertx.redis.client.Response;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.internal.resp.RefusedCommand;

/** Tells what a failure of Redis means. */
final class RedisFailure {

    /**
     * Codes of a server that cannot serve now: it starts, is out of memory, is a replica, or cannot write to its disk.
     */
    private static final List<String> PASSING =
            List.of("LOADING", "OOM", "READONLY", "MASTERDOWN", "MISCONF", "BUSY", "TRYAGAIN", "CONNECTION_CLOSED");

    private RedisFailure() {}

    /** @return whether Redis has answered so; else it is a matter of the connection */
    static boolean isTold(Throwable error) {
        return error instanceof Response || error instanceof RefusedCommand;
    }

    /** @return what the asker is told; a defect stays what it is */
    static Throwable of(Throwable error) {
        if (error instanceof Failure) {
            return error;
        }
        if (!isTold(error)) {
            return away();
        }
        String text = String.valueOf(error.getMessage());
        if (text.contains("WRONGTYPE")) {
            return noStream();
        }
        return PASSING.stream().anyMatch(text::contains) ? away() : error;
    }

    static Failure away() {
        return new Failure(Kind.UNAVAILABLE, "the store of streams does not answer, please try again");
    }

    static Failure busy() {
        return new Failure(Kind.BUSY, "the store of streams is asked too much, please try again");
    }

    static Failure noStream() {
        return Failure.invalid("the name is taken by something that is no stream");
    }
}
