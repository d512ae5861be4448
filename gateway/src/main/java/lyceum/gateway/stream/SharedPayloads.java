package lyceum.gateway.stream;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.util.Optional;

/**
 * Payloads outside the heap, where the network takes them without a copy for each client: those of deliveries that come in
 * parts, or are acknowledged. Whoever watches a camera is not alone: in one process all readers of a stream get the very same
 * bytes. Those of one reader only stay where they are. Lives on one context.
 */
public final class SharedPayloads {

    private final Copies<HeapPlace> copies;

    /** @param mostBytes that are held for those that were seen last, whatever they are parts of */
    public SharedPayloads(long mostBytes) {
        this.copies = new Copies<>(mostBytes);
    }

    /** @return the bytes, to be written once; outside the heap where they are asked for again */
    ByteBuf of(Buffer payload) {
        Optional<HeapPlace> place = HeapPlace.of(payload);
        if (place.isPresent() && copies.knows(place.get())) {
            return copies.find(place.get()).orElseGet(() -> copy(place.get()));
        }
        place.ifPresent(first -> copies.add(first, first.heldBytes()));
        return ((BufferInternal) payload).getByteBuf().duplicate();
    }

    private ByteBuf copy(HeapPlace place) {
        ByteBuf copy = PooledByteBufAllocator.DEFAULT
                .directBuffer(place.length())
                .writeBytes(place.array(), place.offset(), place.length());
        ByteBuf written = copy.retainedDuplicate();
        copies.add(place, copy, place.heldBytes());
        return written;
    }

    /** Forgets everything; what is being written is not lost. */
    public void clear() {
        copies.clear();
    }
}
