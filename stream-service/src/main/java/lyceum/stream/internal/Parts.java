package lyceum.stream.internal;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import lyceum.stream.Delivery;
import lyceum.stream.Delivery.Item;
import lyceum.stream.StreamService;

/** Entries on their way to one reader, as parts that are short enough for the bus. Nothing is copied. */
final class Parts {

    private final List<Item> items = new ArrayList<>();
    private final List<Buffer> payloads = new ArrayList<>();
    private long bytes;
    private int next;
    private int offset;
    private boolean isBegun;

    void add(String stream, Entry entry) {
        items.add(new Item(stream, entry.id().toString(), entry.payload().length()));
        payloads.add(entry.payload());
        bytes += entry.payload().length();
    }

    boolean isEmpty() {
        return items.isEmpty();
    }

    int size() {
        return items.size();
    }

    /** @return an entry, before anything is taken */
    Item item(int index) {
        return items.get(index);
    }

    /** @return the bytes of an entry, before anything is taken */
    Buffer payload(int index) {
        return payloads.get(index);
    }

    /** Lets go of the bytes of an entry, before anything is taken: they are not wanted any more. */
    void drop(int index) {
        payloads.set(index, null);
    }

    /** @return of all payloads */
    long bytes() {
        return bytes;
    }

    /** @return the next part; the first one tells of all entries */
    Delivery take() {
        List<Buffer> taken = new ArrayList<>();
        int room = StreamService.PIECE_BYTES;
        while (next < payloads.size() && room > 0) {
            Buffer payload = payloads.get(next);
            int end = (int) Math.min(payload.length(), offset + (long) room);
            if (end > offset) {
                taken.add(offset == 0 && end == payload.length() ? payload : payload.slice(offset, end));
            }
            room -= end - offset;
            advance(payload, end);
        }
        List<Item> told = isBegun ? List.of() : items;
        isBegun = true;
        return new Delivery(told, taken, hasMore());
    }

    private void advance(Buffer payload, int end) {
        offset = end;
        if (end == payload.length()) {
            payloads.set(next, null);
            next++;
            offset = 0;
        }
    }

    /** @return whether bytes are left; empty payloads at the end are none */
    boolean hasMore() {
        for (int i = next; i < payloads.size(); i++) {
            if (payloads.get(i).length() > 0) {
                return true;
            }
        }
        return false;
    }
}
