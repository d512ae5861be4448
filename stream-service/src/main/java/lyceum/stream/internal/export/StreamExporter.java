package lyceum.stream.internal.export;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.RecordingFileName;
import lyceum.stream.internal.archive.EntryReader;
import lyceum.stream.internal.archive.RecordingStore;
import lyceum.stream.internal.convert.ConversionLimits;
import lyceum.stream.internal.convert.ExportForms;

/** Makes a file of a recorded stream. What takes time is done by one thread of its own. Lives on one context. */
public final class StreamExporter {

    private final RecordingStore store;
    private final Film.Studio studio;
    private final ConversionLimits limits;
    private final ExportForms forms;
    private final WorkerExecutor thread;

    /**
     * What was made.
     *
     * @param entries that are in it
     * @param leftOut entries of which nothing could be made
     */
    public record Made(String file, long bytes, long entries, long leftOut) {}

    /**
     * One file to be made.
     *
     * @param isWanted asked now and then; where it is not, nothing is made
     * @param fraction told how much is done, 0 to 1
     */
    public record Order(String recording, String stream, BooleanSupplier isWanted, Consumer<Double> fraction) {

        void requireWanted() {
            if (!isWanted.getAsBoolean()) {
                throw new Failure(Kind.UNAVAILABLE, "this instance does not export any more");
            }
        }
    }

    /** @param bus where media-service is asked for films */
    public StreamExporter(Vertx vertx, Bus bus, RecordingStore store, ConversionLimits limits) {
        this.store = store;
        this.studio = Film.Studio.over(bus);
        this.limits = limits;
        this.forms = new ExportForms(limits);
        this.thread = vertx.createSharedWorkerExecutor("lyceum-export", 1);
    }

    /**
     * @return what was made; or NOT_FOUND without such a stream, INVALID or UNPROCESSABLE where nothing can be made of it,
     *     {@code BrokenZip} where it cannot be read, UNAVAILABLE and BUSY where that may be different later
     */
    public Future<Made> export(Order order) {
        return kind(order).compose(kind -> {
            String file = RecordingFileName.check(kind.file(order.stream()));
            return switch (kind) {
                case FILM -> new FilmExport(this, order, file).make();
                case SOUND -> new SoundExport(this, order, file).make();
                case SAMPLES -> new ListExport(this, order, file, entry -> forms.samples(entry.payload())).make();
                case FRAMES ->
                    new ListExport(
                                    this,
                                    order,
                                    file,
                                    entry -> forms.frame(entry.id().toString(), entry.payload()))
                            .make();
            };
        });
    }

    /** What the name does not tell, the first entry does. */
    private Future<ExportKind> kind(Order order) {
        List<ExportKind> kinds = ExportKind.of(order.stream());
        if (kinds.size() == 1) {
            return Future.succeededFuture(kinds.get(0));
        }
        ExportKind[] found = {null};
        return entries(order)
                .compose(entries -> entries.each(entry -> work(() -> {
                    found[0] = kinds.stream()
                            .filter(kind -> isOne(kind, entry.payload()))
                            .findFirst()
                            .orElse(null);
                    return false;
                })))
                .map(looked -> Optional.ofNullable(found[0])
                        .orElseThrow(() -> Failure.invalid("nothing can be made of what is in this stream")));
    }

    private boolean isOne(ExportKind kind, Buffer entry) {
        try {
            switch (kind) {
                case FILM -> forms.picture(entry);
                case SAMPLES -> forms.samples(entry);
                case SOUND -> forms.sound(entry);
                case FRAMES -> forms.frame("0-0", entry);
            }
            return true;
        } catch (Failure notThis) {
            return false;
        }
    }

    Future<RecordedEntries> entries(Order order) {
        return EntryReader.of(store, order.recording(), order.stream())
                .map(reader -> new RecordedEntries(
                        reader.orElseThrow(() -> Failure.notFound(
                                "no stream %s in recording %s".formatted(order.stream(), order.recording()))),
                        limits.bytes()));
    }

    <T> Future<T> work(Callable<T> work) {
        return thread.executeBlocking(work, false);
    }

    RecordingStore store() {
        return store;
    }

    ExportForms forms() {
        return forms;
    }

    Film.Studio studio() {
        return studio;
    }

    /** @return done when nobody works any more */
    public Future<Void> close() {
        return thread.close();
    }
}
