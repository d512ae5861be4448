package lyceum.stream.internal.export;

import io.vertx.core.Future;
import java.util.function.Function;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/** How many entries became part of a file, and of how many nothing could be made. Lives on one context. */
final class Tally {

    private long entries;
    private long leftOut;

    /**
     * @param made of an entry; where that is INVALID the entry is left out
     * @param take takes what was made, whose failures are no fault of the entry
     * @return that there may be more
     */
    <T> Future<Boolean> count(Future<T> made, Function<T, Future<Void>> take) {
        return made.transform(known -> {
            if (known.succeeded()) {
                entries++;
                return take.apply(known.result()).map(true);
            }
            if (known.cause() instanceof Failure failure && failure.kind() == Kind.INVALID) {
                leftOut++;
                return Future.succeededFuture(true);
            }
            return Future.failedFuture(known.cause());
        });
    }

    /** Fails where there is nothing that could be in a file. */
    void requireAny() {
        if (entries == 0) {
            throw new Failure(Kind.UNPROCESSABLE, "nothing could be made of any of its %d entries".formatted(leftOut));
        }
    }

    long entries() {
        return entries;
    }

    long leftOut() {
        return leftOut;
    }
}
