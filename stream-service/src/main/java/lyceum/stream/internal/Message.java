package lyceum.stream.internal;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import lyceum.platform.Failure;
import lyceum.stream.StreamService.NewEntry;

/** Entries that become visible together. */
record Message(List<Part> parts, long bytes) {

    /** What an entry takes beside its payload, roughly: itself, its answer, its commands and their arguments. */
    static final int OVERHEAD_BYTES = 512;

    /**
     * Streams of what this house tells. Behind the highest id nothing can be told any more, and recordings, the current
     * recipe and changes of documents depend on that.
     */
    private static final String EVENTS = "event:";

    /** Clocks that are a day ahead are those of another time zone. */
    private static final Duration EVENTS_AHEAD = Duration.ofDays(1);

    /** One entry that is to be appended. */
    record Part(String stream, NewId id, Buffer payload) {}

    /** @return bytes of memory */
    long weight() {
        return bytes + (long) OVERHEAD_BYTES * parts.size();
    }

    /**
     * @param idsFromFrames whether ids are the times that the payloads tell
     * @return the entries, or INVALID where an id is none, a payload is no frame, or an event would be one of the far future
     */
    static Message of(List<NewEntry> entries, boolean idsFromFrames) {
        List<Part> parts = new ArrayList<>(entries.size());
        long bytes = 0;
        for (NewEntry entry : entries) {
            parts.add(new Part(entry.stream(), id(entry, idsFromFrames), entry.payload()));
            bytes += entry.payload().length();
        }
        return new Message(parts, bytes);
    }

    /** Frames of hands, lists and sound do not tell when they were. */
    private static NewId id(NewEntry entry, boolean isFromFrame) {
        OptionalLong millis = isFromFrame ? FrameTime.of(entry.payload()) : OptionalLong.empty();
        NewId id = millis.isPresent() ? NewId.at(millis.getAsLong()) : NewId.parse(entry.id());
        if (entry.stream().startsWith(EVENTS) && id.isLaterThan(System.currentTimeMillis() + EVENTS_AHEAD.toMillis())) {
            throw Failure.invalid("id %s is more than a day ahead, which %s does not take"
                    .formatted(millis.isPresent() ? id.text() : entry.id(), entry.stream()));
        }
        return id;
    }
}
