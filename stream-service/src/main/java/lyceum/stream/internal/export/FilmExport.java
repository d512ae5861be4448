package lyceum.stream.internal.export;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import lyceum.stream.internal.Entry;
import lyceum.stream.internal.export.StreamExporter.Made;
import lyceum.stream.internal.export.StreamExporter.Order;

/** The pictures of a camera as a film: sent to media-service one by one, and fetched when they are one. Lives on one context. */
final class FilmExport {

    /** How much of the way it is to send the pictures. */
    private static final double SENT = 0.5;

    private final StreamExporter exporter;
    private final Order order;
    private final String file;

    private final Tally tally = new Tally();
    private long firstMillis = -1;

    FilmExport(StreamExporter exporter, Order order, String file) {
        this.exporter = exporter;
        this.order = order;
        this.file = file;
    }

    Future<Made> make() {
        return Film.begin(exporter.studio()).compose(film -> make(film).onComplete(end -> film.close()));
    }

    private Future<Made> make(Film film) {
        return exporter.entries(order)
                .compose(entries -> entries.each(entry -> tally.count(picture(entry), jpeg -> add(film, entry, jpeg))))
                .compose(all -> {
                    tally.requireAny();
                    order.fraction().accept(SENT);
                    return film.make(fraction -> {
                        order.requireWanted();
                        order.fraction().accept(SENT + (1 - SENT) * fraction);
                    });
                })
                .compose(made -> new FileExport(exporter, order, file)
                        .make(write -> film.read(write).map(tally)));
    }

    private Future<Buffer> picture(Entry entry) {
        order.requireWanted();
        return exporter.work(() -> exporter.forms().picture(entry.payload()));
    }

    private Future<Void> add(Film film, Entry entry, Buffer jpeg) {
        firstMillis = firstMillis < 0 ? entry.id().millis() : firstMillis;
        return film.add(Math.max(0, entry.id().millis() - firstMillis), jpeg);
    }
}
