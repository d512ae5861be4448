package lyceum.stream.internal.export;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.function.Function;
import lyceum.platform.Failure;
import lyceum.stream.internal.archive.StoredFile;
import lyceum.stream.internal.export.StreamExporter.Made;
import lyceum.stream.internal.export.StreamExporter.Order;

/** The file of one export: begun, filled, and stored where its recording is still there. Lives on one context. */
final class FileExport {

    private final StreamExporter exporter;
    private final Order order;
    private final String file;

    FileExport(StreamExporter exporter, Order order, String file) {
        this.exporter = exporter;
        this.order = order;
        this.file = file;
    }

    /** @param fill writes all of it with what it is given. @return what was made */
    Future<Made> make(Function<Function<Buffer, Future<Void>>, Future<Tally>> fill) {
        return exporter.store()
                .files()
                .begin(order.recording(), file)
                .map(FileSink::new)
                .compose(sink -> fill.apply(sink::write)
                        .compose(tally -> commit(sink)
                                .map(stored -> new Made(file, stored.bytes(), tally.entries(), tally.leftOut())))
                        .recover(error -> sink.abandon().transform(abandoned -> Future.failedFuture(error))));
    }

    /** A recording that was deleted or got another name meanwhile is not to come back with a film. */
    private Future<StoredFile> commit(FileSink sink) {
        return exporter.store().contains(order.recording()).compose(isThere -> {
            order.requireWanted();
            return isThere
                    ? sink.commit()
                    : Future.failedFuture(Failure.notFound("the recording is not there any more"));
        });
    }
}
