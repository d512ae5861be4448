package lyceum.gateway.live;

import io.netty.buffer.ByteBuf;
import java.util.List;

/** Events for all that are in one namespace: as packets, and as frames once somebody has a WebSocket. */
final class EncodedEvents {

    private final List<String> packets;
    private final long characters;
    private ByteBuf frames;

    EncodedEvents(String namespace, List<LiveEvent> events) {
        packets = events.stream().map(event -> event.packet(namespace)).toList();
        characters = packets.stream().mapToLong(String::length).sum();
    }

    List<String> packets() {
        return packets;
    }

    /** @return of all packets */
    long characters() {
        return characters;
    }

    /** @return the very same bytes for everybody, to be written once */
    ByteBuf frames() {
        if (frames == null) {
            frames = TextFrames.of(packets.stream().map(LiveConnection::message).toList());
        }
        return frames.retainedDuplicate();
    }

    /** Nobody gets them any more; what is being written is not lost. */
    void release() {
        if (frames != null) {
            frames.release();
        }
    }
}
