package lyceum.gateway.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Payloads outside the heap, where the network takes them without a copy for each client. Whoever watches a camera is not
 * alone: in one process all readers of a stream get the very same bytes. Those of one reader only stay where they are.
 * Lives on one context.
 */
public final class SharedPayloads {

    /** What it costs to know a place, roughly. */
    private static final int PLACE_BYTES = 128;

    private final long mostBytes;
    private final Map<Place, ByteBuf> copies = new LinkedHashMap<>();
    private long bytes;

    /** The same bytes, not merely equal ones. */
    private record Place(byte[] array, int offset, int length) {

        @Override
        public boolean equals(Object other) {
            return other instanceof Place place
                    && place.array == array
                    && place.offset == offset
                    && place.length == length;
        }

        @Override
        public int hashCode() {
            return System.identityHashCode(array) + 31 * offset;
        }

        /** The whole array, of which the payload may be a small part. */
        long heldBytes() {
            return (long) array.length + PLACE_BYTES;
        }
    }

    /** @param mostBytes that are held for those that were seen last, whatever they are parts of */
    public SharedPayloads(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    /** @return the bytes, to be written once; outside the heap where they are asked for again */
    ByteBuf of(Buffer payload) {
        ByteBuf present = ((BufferInternal) payload).getByteBuf();
        if (!present.hasArray()) {
            return present.duplicate();
        }
        Place place =
                new Place(present.array(), present.arrayOffset() + present.readerIndex(), present.readableBytes());
        if (!copies.containsKey(place)) {
            keep(place, null);
            return present.duplicate();
        }
        ByteBuf copy = copies.get(place);
        if (copy == null) {
            copy = PooledByteBufAllocator.DEFAULT
                    .directBuffer(place.length())
                    .writeBytes(place.array(), place.offset(), place.length());
            copies.put(place, copy);
        }
        return copy.retainedDuplicate();
    }

    /** Forgets everything; what is being written is not lost. */
    public void clear() {
        copies.values().forEach(SharedPayloads::release);
        copies.clear();
        bytes = 0;
    }

    private void keep(Place place, ByteBuf copy) {
        copies.put(place, copy);
        bytes += place.heldBytes();
        while (bytes > mostBytes) {
            Map.Entry<Place, ByteBuf> oldest = copies.entrySet().iterator().next();
            copies.remove(oldest.getKey());
            bytes -= oldest.getKey().heldBytes();
            release(oldest.getValue());
        }
    }

    private static void release(ByteBuf copy) {
        if (copy != null) {
            copy.release();
        }
    }
}
