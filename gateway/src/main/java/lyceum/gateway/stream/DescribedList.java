package lyceum.gateway.stream;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;
import lyceum.platform.Loop;

/**
 * Writes what is known of many things as a JSON array, some of them at a time: the next ones are asked for when the client
 * has taken the last ones. A short list is one write with its length.
 */
public final class DescribedList {

    private static final int CHUNK_BYTES = 64 * 1024;

    private final HttpServerResponse response;
    private final int step;
    private final Source source;

    private Buffer chunk = Buffer.buffer("[");
    private boolean isFirst = true;
    private int next;

    /** Where it is known. */
    @FunctionalInterface
    public interface Source {

        /**
         * @return JSON for the first of these names, and for as many more as fit into one answer, in their order; empty
         *     where there is nothing of that name any more
         */
        Future<List<Optional<String>>> describe(List<String> names);
    }

    /** @param step most names that are asked for at once */
    public DescribedList(HttpServerResponse response, int step, Source source) {
        this.response = response;
        this.step = step;
        this.source = source;
    }

    /** @return done when all is written; fails where the rest cannot be read */
    public Future<Void> write(List<String> names) {
        return Loop.whileTrue(() -> writeSome(names)).compose(all -> response.end(chunk.appendString("]")));
    }

    /** @return whether there is more to read */
    private Future<Boolean> writeSome(List<String> names) {
        if (next == names.size()) {
            return Future.succeededFuture(false);
        }
        List<String> some = List.copyOf(names.subList(next, Math.min(names.size(), next + step)));
        return source.describe(some).compose(this::take).map(taken -> true);
    }

    private Future<Void> take(List<Optional<String>> described) {
        next += described.size();
        described.forEach(item -> item.ifPresent(this::add));
        if (chunk.length() < CHUNK_BYTES) {
            return Future.succeededFuture();
        }
        Buffer full = chunk;
        chunk = Buffer.buffer();
        if (!response.headWritten()) {
            response.setChunked(true);
        }
        return response.write(full);
    }

    private void add(String json) {
        chunk.appendString(isFirst ? "" : ",").appendString(json);
        isFirst = false;
    }
}
