package lyceum.stream.internal;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.ArrayList;
import java.util.List;
import lyceum.stream.Delivery;
import lyceum.stream.PullBundle.Told;
import lyceum.stream.PullSession.PullEvent;

/** Events on their way to one asker: those that one after the other are the same, in the very same memory, are there once. */
final class SharedEvents {

    /** Of entries and of sessions that tell of them, each some 64 bytes of a message. */
    private static final int MOST_DESCRIPTIONS = 4096;

    private final List<PullEvent> events = new ArrayList<>();
    private final List<Told> told = new ArrayList<>();
    private long bytes;
    private int descriptions;

    void add(String session, PullEvent event) {
        if (!repeats(event)) {
            events.add(event);
            bytes += length(event);
            descriptions += items(event);
        }
        descriptions++;
        told.add(new Told(session, events.size() - 1));
    }

    /** @param mostBytes of all payloads. @return whether one message can have this event, too; the first one it can */
    boolean hasRoomFor(PullEvent event, int mostBytes) {
        if (events.isEmpty()) {
            return true;
        }
        boolean isNew = !repeats(event);
        return descriptions + 1 + (isNew ? items(event) : 0) <= MOST_DESCRIPTIONS
                && bytes + (isNew ? length(event) : 0) <= mostBytes;
    }

    List<PullEvent> events() {
        return events;
    }

    List<Told> told() {
        return told;
    }

    private static int items(PullEvent event) {
        return event.delivery() == null ? 0 : event.delivery().items().size();
    }

    private static long length(PullEvent event) {
        return event.delivery() == null
                ? 0
                : event.delivery().bytes().stream().mapToLong(Buffer::length).sum();
    }

    private boolean repeats(PullEvent event) {
        return !events.isEmpty() && isSame(events.get(events.size() - 1), event);
    }

    private static boolean isSame(PullEvent one, PullEvent other) {
        return one == other || one.kind() == other.kind() && isSame(one.delivery(), other.delivery());
    }

    private static boolean isSame(Delivery one, Delivery other) {
        if (one == null || other == null) {
            return one == other;
        }
        return one.more() == other.more()
                && one.items().equals(other.items())
                && one.bytes().size() == other.bytes().size()
                && isSame(one.bytes(), other.bytes());
    }

    private static boolean isSame(List<Buffer> one, List<Buffer> other) {
        for (int i = 0; i < one.size(); i++) {
            if (!isSame(one.get(i), other.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** To compare the bytes would cost more than to send them. */
    private static boolean isSame(Buffer one, Buffer other) {
        if (one == other) {
            return true;
        }
        ByteBuf first = ((BufferInternal) one).getByteBuf();
        ByteBuf second = ((BufferInternal) other).getByteBuf();
        return first.hasArray()
                && second.hasArray()
                && first.array() == second.array()
                && first.arrayOffset() + first.readerIndex() == second.arrayOffset() + second.readerIndex()
                && first.readableBytes() == second.readableBytes();
    }
}
