package lyceum.gateway.mjpeg;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import lyceum.stream.Delivery;
import lyceum.stream.Delivery.Item;

/** Puts entries together out of the parts of a delivery. */
final class DeliveredEntries {

    private final Queue<Item> due = new ArrayDeque<>();
    private Buffer begun = Buffer.buffer();

    /** An entry that is whole. */
    record Whole(Item item, Buffer bytes) {}

    /** @return the entries that are whole with this part, in order */
    List<Whole> add(Delivery part) {
        List<Whole> whole = new ArrayList<>();
        due.addAll(part.items());
        takeWhole(whole);
        for (Buffer bytes : part.bytes()) {
            int position = 0;
            while (position < bytes.length() && !due.isEmpty()) {
                int end = Math.min(bytes.length(), position + due.peek().length() - begun.length());
                begun.appendBuffer(bytes, position, end - position);
                position = end;
                takeWhole(whole);
            }
        }
        return whole;
    }

    private void takeWhole(List<Whole> whole) {
        while (!due.isEmpty() && begun.length() == due.peek().length()) {
            whole.add(new Whole(due.remove(), begun));
            begun = Buffer.buffer();
        }
    }
}
