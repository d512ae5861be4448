package lyceum.stream.internal;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Loop;
import lyceum.stream.RecordingExportService;
import lyceum.stream.StreamName;
import lyceum.stream.internal.archive.RecordingStore;
import lyceum.stream.internal.archive.StoredStream;
import lyceum.stream.internal.export.ExportKind;

/** The rules of {@link RecordingExportService}. Lives on one context. */
final class RecordingExports implements RecordingExportService {

    /** Recordings that may be due at once. */
    static final int MOST_DUE = 10_000;

    private final RecordingControl control;
    private final RecordingStore store;
    private final ExportLedger ledger;
    private final Exporter exporter;
    private final Thumbnails thumbnails;

    RecordingExports(
            RecordingControl control,
            RecordingStore store,
            ExportLedger ledger,
            Exporter exporter,
            Thumbnails thumbnails) {
        this.control = control;
        this.store = store;
        this.ledger = ledger;
        this.exporter = exporter;
        this.thumbnails = thumbnails;
    }

    @Override
    public Future<Exports> exportRecording(ExportRecording order) {
        order.streams().forEach(StreamName::check);
        return requireThere(order.recording())
                .compose(isThere -> control.awaitWhole(order.recording()))
                .compose(whole -> store.find(order.recording()))
                .map(stored -> wanted(order, stored.streams()))
                .compose(wanted -> requireRoom().map(wanted))
                .compose(wanted -> Loop.each(wanted, stream -> ledger.put(order.recording(), Exporter.waiting(stream)))
                        .compose(put -> ledger.postpone(order.recording(), System.currentTimeMillis()))
                        .compose(due -> {
                            exporter.look();
                            return find(order.recording());
                        }));
    }

    private Future<Void> requireThere(String recording) {
        return store.contains(recording)
                .compose(isThere -> isThere
                        ? Future.succeededFuture()
                        : Future.failedFuture(Failure.notFound("there is no recording " + recording)));
    }

    private Future<Void> requireRoom() {
        return ledger.countDue()
                .compose(due -> due < MOST_DUE
                        ? Future.succeededFuture()
                        : Future.failedFuture(new Failure(Kind.BUSY, "too many recordings wait to be exported")));
    }

    private static List<String> wanted(ExportRecording order, List<StoredStream> stored) {
        Set<String> names = stored.stream().map(StoredStream::stream).collect(Collectors.toSet());
        List<String> wanted = new ArrayList<>(
                order.streams().isEmpty()
                        ? names.stream().filter(ExportKind::isUsual).toList()
                        : order.streams());
        wanted.stream().filter(stream -> !names.contains(stream)).findFirst().ifPresent(missing -> {
            throw Failure.notFound("no stream %s in recording %s".formatted(missing, order.recording()));
        });
        if (wanted.isEmpty()) {
            throw Failure.invalid("the recording has no stream of which something is made; name one");
        }
        return wanted.stream().distinct().toList();
    }

    @Override
    public Future<Exports> findExports(FindExports question) {
        return requireThere(question.recording()).compose(isThere -> find(question.recording()));
    }

    private Future<Exports> find(String recording) {
        return ledger.find(recording).map(Map::values).map(found -> new Exports(recording, List.copyOf(found)));
    }

    @Override
    public Future<Thumbnail> findThumbnail(FindThumbnail question) {
        if (question.atMillis() < 0
                || question.atMillis() > Duration.ofDays(366).toMillis()) {
            return Future.failedFuture(Failure.invalid("the time is not within the recording"));
        }
        return requireThere(question.recording()).compose(isThere -> thumbnails.find(question));
    }
}
