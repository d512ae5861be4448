package lyceum.gateway.stream;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import lyceum.platform.Loop;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.DescribeStreams;
import lyceum.stream.StreamService.StreamInfo;
import lyceum.stream.StreamService.StreamInfos;

/**
 * Writes what is known of all streams, some of them at a time: the next ones are asked for when the client has taken the
 * last ones. A short list is one write with its length.
 */
final class StreamInfoBody {

    private static final int CHUNK_BYTES = 64 * 1024;

    private final StreamService streams;
    private final StreamInfoJson json;
    private final HttpServerResponse response;

    private Buffer chunk = Buffer.buffer("[");
    private boolean isFirst = true;
    private int next;

    StreamInfoBody(StreamService streams, StreamInfoJson json, HttpServerResponse response) {
        this.streams = streams;
        this.json = json;
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
        List<String> some = names.subList(next, Math.min(names.size(), next + StreamService.MOST_STREAMS));
        return streams.describeStreams(new DescribeStreams(List.copyOf(some)))
                .compose(this::take)
                .map(taken -> next < names.size());
    }

    private Future<Void> take(StreamInfos infos) {
        next += infos.items().size();
        // A stream may have been deleted since its name was read.
        infos.items().stream().filter(StreamInfo::exists).forEach(this::add);
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

    private void add(StreamInfo info) {
        chunk.appendString(isFirst ? "" : ",").appendBuffer(json.of(info).toBuffer());
        isFirst = false;
    }
}
