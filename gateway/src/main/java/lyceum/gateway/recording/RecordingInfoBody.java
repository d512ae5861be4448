package lyceum.gateway.recording;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import lyceum.platform.Loop;
import lyceum.stream.RecordingService;
import lyceum.stream.RecordingService.DescribeRecordings;
import lyceum.stream.RecordingService.RecordingInfos;

/**
 * Writes what is known of all recordings, some of them at a time: the next ones are asked for when the client has taken
 * the last ones. A short list is one write with its length.
 */
final class RecordingInfoBody {

    private static final int CHUNK_BYTES = 64 * 1024;

    /** What is not known yet takes its time; so few are asked for at once. */
    private static final int STEP = 10;

    private final RecordingService recordings;
    private final boolean cached;
    private final HttpServerResponse response;

    private Buffer chunk = Buffer.buffer("[");
    private boolean isFirst = true;
    private int next;

    /** @param cached whether what is known already will do */
    RecordingInfoBody(RecordingService recordings, boolean cached, HttpServerResponse response) {
        this.recordings = recordings;
        this.cached = cached;
        this.response = response;
    }

    /** @return done when all is written; fails where the rest cannot be read */
    Future<Void> write(List<String> names) {
        return Loop.whileTrue(() -> writeSome(names)).compose(all -> response.end(chunk.appendString("]")));
    }

    /** @return whether there is more to read */
    private Future<Boolean> writeSome(List<String> names) {
        if (next == names.size()) {
            return Future.succeededFuture(false);
        }
        List<String> some = List.copyOf(names.subList(next, Math.min(names.size(), next + STEP)));
        return recordings
                .describeRecordings(new DescribeRecordings(some, cached))
                .compose(this::take)
                .map(taken -> true);
    }

    private Future<Void> take(RecordingInfos infos) {
        next += infos.items().size();
        infos.items().forEach(this::add);
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

    private void add(String info) {
        chunk.appendString(isFirst ? "" : ",").appendString(info);
        isFirst = false;
    }
}
