package lyceum.stream.internal.export;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;
import lyceum.stream.internal.Entry;
import lyceum.stream.internal.export.StreamExporter.Made;
import lyceum.stream.internal.export.StreamExporter.Order;

/** A JSON list of what is made of each entry. Lives on one context. */
final class ListExport {

    private final StreamExporter exporter;
    private final Order order;
    private final String file;
    private final Function<Entry, Buffer> items;

    private final Tally tally = new Tally();
    private boolean hasItems;

    /** @param items makes of an entry items with commas between, perhaps none */
    ListExport(StreamExporter exporter, Order order, String file, Function<Entry, Buffer> items) {
        this.exporter = exporter;
        this.order = order;
        this.file = file;
        this.items = items;
    }

    Future<Made> make() {
        return exporter.entries(order)
                .compose(entries -> new FileExport(exporter, order, file)
                        .make(write -> write.apply(Buffer.buffer("["))
                                .compose(begun ->
                                        entries.each(entry -> tally.count(item(entry), made -> add(made, write))))
                                .compose(all -> {
                                    tally.requireAny();
                                    return write.apply(Buffer.buffer("]"));
                                })
                                .map(tally)));
    }

    private Future<Buffer> item(Entry entry) {
        order.requireWanted();
        return exporter.work(() -> items.apply(entry));
    }

    private Future<Void> add(Buffer made, Function<Buffer, Future<Void>> write) {
        if (made.length() == 0) {
            return Future.succeededFuture();
        }
        Buffer item = hasItems ? Buffer.buffer(",").appendBuffer(made) : made;
        hasItems = true;
        return write.apply(item);
    }
}
