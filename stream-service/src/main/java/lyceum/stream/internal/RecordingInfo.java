package lyceum.stream.internal;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lyceum.stream.internal.archive.EntrySpan;
import lyceum.stream.internal.archive.StoredStream;

/** What is known of a recording, as clients get it and as it lies in Redis (contract, 4.1). */
final class RecordingInfo {

    private static final double BYTES_PER_MB = 1024 * 1024;

    /** Calibrations are from before the recording. */
    private static final String CALIBRATION = "Cal";

    private final String recording;
    private final RecordingTimes times;
    private final JsonObject streams = new JsonObject();
    private final List<EntrySpan> spans = new ArrayList<>();
    private long bytes;

    RecordingInfo(String recording, RecordingTimes times) {
        this.recording = recording;
        this.times = times;
    }

    void add(StoredStream stream, EntrySpan span) {
        streams.put(stream.stream(), with(beginning(stream), span));
        if (!stream.stream().endsWith(CALIBRATION)) {
            span.filled().ifPresent(spans::add);
        }
    }

    /** @param error why its file cannot be read */
    void addBroken(StoredStream stream, String error) {
        streams.put(stream.stream(), with(beginning(stream), EntrySpan.NONE).put("error", error));
    }

    private JsonObject beginning(StoredStream stream) {
        bytes += stream.bytes();
        return new JsonObject()
                .put("chunk_count", stream.isSingle() ? null : stream.chunks())
                .put("size_mb", megabytes(stream.bytes()));
    }

    private JsonObject with(JsonObject info, EntrySpan span) {
        long millis = span.filled().map(EntrySpan::millis).orElse(0L);
        return info.put("duration", millis <= 0 ? null : RecordingTimes.duration(millis))
                .put("duration_secs", millis <= 0 ? null : millis / 1000.0)
                .put(
                        "first-entry",
                        span.filled().map(filled -> filled.first().toString()).orElse(null))
                .put(
                        "last-entry",
                        span.filled().map(filled -> filled.last().toString()).orElse(null))
                .put("first-entry-time", times.date(span.first()))
                .put("last-entry-time", times.date(span.last()));
    }

    /** @return the last entry of all; empty where there is none */
    Optional<EntryId> last() {
        return spans.stream().map(EntrySpan::last).max(EntryId::compareTo);
    }

    /** @param files what was made of it */
    JsonObject json(List<String> files) {
        EntrySpan all = spans.stream().reduce(EntrySpan::and).orElse(EntrySpan.NONE);
        JsonObject info =
                new JsonObject().put("name", recording).put("streams", streams).put("size_mb", megabytes(bytes));
        return with(info, all).put("files", new JsonArray(files));
    }

    private static Number megabytes(long bytes) {
        return bytes == 0 ? (Number) 0 : (Number) (bytes / BYTES_PER_MB);
    }
}
