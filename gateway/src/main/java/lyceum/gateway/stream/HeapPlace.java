package lyceum.gateway.stream;

import io.netty.buffer.ByteBuf;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Optional;

/** Where bytes are in the heap: the same bytes, not merely equal ones. */
record HeapPlace(byte[] array, int offset, int length) {

    /** What it costs to know a place, roughly. */
    private static final int PLACE_BYTES = 128;

    /** @return empty where they are somewhere else */
    static Optional<HeapPlace> of(Buffer payload) {
        ByteBuf bytes = ((BufferInternal) payload).getByteBuf();
        return bytes.hasArray()
                ? Optional.of(
                        new HeapPlace(bytes.array(), bytes.arrayOffset() + bytes.readerIndex(), bytes.readableBytes()))
                : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof HeapPlace place
                && place.array == array
                && place.offset == offset
                && place.length == length;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(array) + 31 * offset;
    }

    /** @return what whoever knows it keeps from being given up: the whole array, of which it may be a small part */
    long heldBytes() {
        return (long) array.length + PLACE_BYTES;
    }
}
