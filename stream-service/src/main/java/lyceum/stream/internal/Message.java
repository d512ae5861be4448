package lyceum.stream.internal;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import lyceum.stream.StreamService.NewEntry;

/** Entries that become visible together. */
record Message(List<Part> parts, long bytes) {

    /** What an entry takes beside its payload, roughly: itself, its answer, its commands and their arguments. */
    static final int OVERHEAD_BYTES = 512;

    /** One entry that is to be appended. */
    record Part(String stream, NewId id, Buffer payload) {}

    /** @return bytes of memory */
    long weight() {
        return bytes + (long) OVERHEAD_BYTES * parts.size();
    }

    /**
     * @param idsFromFrames whether ids are the times that the payloads tell
     * @return the entries, or INVALID where an id is none or a payload tells no time
     */
    static Message of(List<NewEntry> entries, boolean idsFromFrames) {
        List<Part> parts = new ArrayList<>(entries.size());
        long bytes = 0;
        for (NewEntry entry : entries) {
            NewId id = idsFromFrames ? NewId.at(FrameTime.of(entry.payload())) : NewId.parse(entry.id());
            parts.add(new Part(entry.stream(), id, entry.payload()));
            bytes += entry.payload().length();
        }
        return new Message(parts, bytes);
    }
}
