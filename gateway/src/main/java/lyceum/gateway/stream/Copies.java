package lyceum.gateway.stream;

import io.netty.buffer.ByteBuf;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Bytes outside the heap, by what they were made of; those that came last are held. Lives on one context.
 *
 * @param <K> what they were made of
 */
final class Copies<K> {

    private final long mostBytes;
    private final Map<K, Held> copies = new LinkedHashMap<>();
    private long bytes;

    /** @param copy empty where it is only known that its source has been asked for */
    private record Held(Optional<ByteBuf> copy, long bytes) {}

    Copies(long mostBytes) {
        this.mostBytes = mostBytes;
    }

    boolean knows(K source) {
        return copies.containsKey(source);
    }

    /** @return the copy, to be written once; empty where there is none */
    Optional<ByteBuf> find(K source) {
        Held held = copies.get(source);
        return held == null ? Optional.empty() : held.copy().map(ByteBuf::retainedDuplicate);
    }

    /** Knows a source from now on. @param heldBytes what that keeps from being given up */
    void add(K source, long heldBytes) {
        put(source, new Held(Optional.empty(), heldBytes));
    }

    /** Holds a copy, until others have come. @param heldBytes of the copy and of its source */
    void add(K source, ByteBuf copy, long heldBytes) {
        put(source, new Held(Optional.of(copy), heldBytes));
    }

    private void put(K source, Held held) {
        Held before = copies.put(source, held);
        bytes += held.bytes() - (before == null ? 0 : before.bytes());
        while (bytes > mostBytes) {
            K oldest = copies.keySet().iterator().next();
            Held given = copies.remove(oldest);
            bytes -= given.bytes();
            release(given);
        }
    }

    /** Forgets everything; what is being written is not lost. */
    void clear() {
        copies.values().forEach(Copies::release);
        copies.clear();
        bytes = 0;
    }

    private static void release(Held held) {
        held.copy().ifPresent(ByteBuf::release);
    }
}
