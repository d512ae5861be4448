package lyceum.gateway.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import lyceum.gateway.frame.ServerFrameHead;
import lyceum.stream.Delivery;
import lyceum.stream.Delivery.Item;

/**
 * Whole deliveries as the network takes them, all their frames in one piece outside the heap: whatever the number of readers,
 * a delivery is encoded once, and is one write for each of them. Lives on one context.
 */
public final class SharedDeliveries {

    private final Copies<Source> copies;

    /** What the bytes were made of; ids do not tell alone, for a stream may have been deleted and begun anew. */
    private record Source(List<Item> items, boolean isOneByOne, HeapPlace first) {}

    /** @param mostBytes that are held for those that were seen last, with what they are made of */
    public SharedDeliveries(long mostBytes) {
        this.copies = new Copies<>(mostBytes);
    }

    /**
     * @param delivery the first part and the last one
     * @param isOneByOne whether each stream has a pair of messages of its own
     * @return its frames, to be written once
     */
    ByteBuf of(Delivery delivery, boolean isOneByOne) {
        Optional<HeapPlace> first = delivery.bytes().stream().findFirst().flatMap(HeapPlace::of);
        if (first.isEmpty()) {
            return encode(delivery, isOneByOne);
        }
        Source source = new Source(delivery.items(), isOneByOne, first.get());
        return copies.find(source).orElseGet(() -> {
            ByteBuf encoded = encode(delivery, isOneByOne);
            ByteBuf written = encoded.retainedDuplicate();
            copies.add(source, encoded, encoded.capacity() + first.get().heldBytes());
            return written;
        });
    }

    private static ByteBuf encode(Delivery delivery, boolean isOneByOne) {
        List<PullPair> pairs = PullPair.of(delivery.items(), isOneByOne);
        ByteBuf frames = PooledByteBufAllocator.DEFAULT.directBuffer(
                (int) pairs.stream().mapToLong(SharedDeliveries::mostBytes).sum());
        Iterator<Buffer> payloads = delivery.bytes().iterator();
        for (PullPair pair : pairs) {
            ServerFrameHead.write(frames, true, ServerFrameHead.TEXT, ByteBufUtil.utf8Bytes(pair.header()));
            ByteBufUtil.writeUtf8(frames, pair.header());
            ServerFrameHead.write(frames, true, ServerFrameHead.BINARY, (int) pair.bytes());
            for (long left = pair.bytes(); left > 0; ) {
                Buffer payload = payloads.next();
                // Others read the same payload: where it begins stays as it is.
                frames.writeBytes(((BufferInternal) payload).getByteBuf().duplicate());
                left -= payload.length();
            }
        }
        return frames;
    }

    private static long mostBytes(PullPair pair) {
        return 2 * ServerFrameHead.MOST_BYTES + ByteBufUtil.utf8Bytes(pair.header()) + pair.bytes();
    }

    /** Forgets everything; what is being written is not lost. */
    public void clear() {
        copies.clear();
    }
}
