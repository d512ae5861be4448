package lyceum.stream.internal.export;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;
import lyceum.stream.internal.Entry;
import lyceum.stream.internal.convert.SoundPiece;
import lyceum.stream.internal.export.StreamExporter.Made;
import lyceum.stream.internal.export.StreamExporter.Order;

/** The sound of a microphone as one file: measured first, then written. Lives on one context. */
final class SoundExport {

    private static final double MEASURED = 0.4;

    private final StreamExporter exporter;
    private final Order order;
    private final String file;

    private final WavFile wav = new WavFile();
    private final Tally measured = new Tally();
    private final Tally written = new Tally();

    SoundExport(StreamExporter exporter, Order order, String file) {
        this.exporter = exporter;
        this.order = order;
        this.file = file;
    }

    Future<Made> make() {
        return exporter.entries(order)
                .compose(entries -> entries.each(entry -> measured.count(
                        piece(entry, sound -> {
                            wav.measure(sound);
                            return true;
                        }),
                        isCounted -> Future.succeededFuture())))
                .compose(all -> {
                    measured.requireAny();
                    order.fraction().accept(MEASURED);
                    return new FileExport(exporter, order, file).make(this::write);
                });
    }

    private Future<Tally> write(Function<Buffer, Future<Void>> write) {
        return write.apply(wav.header())
                .compose(begun -> exporter.entries(order))
                .compose(entries -> entries.each(entry -> written.count(piece(entry, wav::write), write)))
                .map(written);
    }

    private <T> Future<T> piece(Entry entry, Function<SoundPiece, T> use) {
        order.requireWanted();
        return exporter.work(() -> use.apply(exporter.forms().sound(entry.payload())));
    }
}
