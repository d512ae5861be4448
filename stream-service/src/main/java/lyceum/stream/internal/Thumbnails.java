package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Loop;
import lyceum.stream.RecordingExportService;
import lyceum.stream.RecordingExportService.FindThumbnail;
import lyceum.stream.RecordingExportService.Thumbnail;
import lyceum.stream.StreamService;
import lyceum.stream.internal.archive.BrokenZip;
import lyceum.stream.internal.archive.EntryReader;
import lyceum.stream.internal.archive.EntrySpan;
import lyceum.stream.internal.archive.RecordedEntry;
import lyceum.stream.internal.archive.RecordingStore;
import lyceum.stream.internal.archive.StoredStream;
import lyceum.stream.internal.convert.ConversionLimits;
import lyceum.stream.internal.convert.ExportForms;

/** Small pictures out of recordings, made when they are asked for. Lives on one context. */
final class Thumbnails {

    /** Made at once; each may hold one entry. */
    private static final int MOST = 8;

    private static final int HEADS = 256;

    private final RecordingStore store;
    private final ConversionLimits limits;
    private final ExportForms forms;
    private final WorkerExecutor thread;
    private int underWay;

    Thumbnails(Vertx vertx, RecordingStore store, ConversionLimits limits) {
        this.store = store;
        this.limits = limits;
        this.forms = new ExportForms(limits);
        this.thread = vertx.createSharedWorkerExecutor("lyceum-thumbnails", 1);
    }

    /** @return as {@link RecordingExportService#findThumbnail} */
    Future<Thumbnail> find(FindThumbnail question) {
        if (underWay == MOST) {
            return Future.failedFuture(new Failure(Kind.BUSY, "too many thumbnails are made, please try again"));
        }
        underWay++;
        return span(question)
                .compose(span -> {
                    EntryId at = new EntryId(span.first().millis() + question.atMillis(), 0);
                    return EntryReader.around(store, question.recording(), question.stream(), at)
                            .compose(reader -> nearest(reader, at).eventually(reader::close));
                })
                .compose(this::picture)
                .recover(error ->
                        Future.failedFuture(error instanceof BrokenZip ? Failure.invalid(error.getMessage()) : error))
                .onComplete(made -> underWay--);
    }

    private Future<EntrySpan> span(FindThumbnail question) {
        return store.find(question.recording()).compose(found -> {
            StoredStream stream = found.streams().stream()
                    .filter(each -> each.stream().equals(question.stream()))
                    .findFirst()
                    .orElseThrow(() -> missing(question));
            return EntrySpan.of(store, question.recording(), stream)
                    .map(span -> span.filled().orElseThrow(() -> missing(question)));
        });
    }

    private static Failure missing(FindThumbnail question) {
        return Failure.notFound("no stream %s in recording %s".formatted(question.stream(), question.recording()));
    }

    /** Entries come in order; the first one that is farther away than the one before ends the search. */
    private Future<Entry> nearest(EntryReader reader, EntryId at) {
        Search search = new Search(reader, at);
        return Loop.whileTrue(search::step).map(looked -> search.found);
    }

    private final class Search {

        private final EntryReader reader;
        private final EntryId at;
        private Entry found;
        private long distance = Long.MAX_VALUE;

        Search(EntryReader reader, EntryId at) {
            this.reader = reader;
            this.at = at;
        }

        /** Its bytes are read while its file is open. @return whether a later one may be nearer */
        Future<Boolean> step() {
            return reader.next(HEADS).compose(heads -> {
                RecordedEntry best = null;
                boolean isBehind = false;
                for (RecordedEntry head : heads) {
                    long away = Math.abs(head.id().millis() - at.millis());
                    isBehind |= head.id().millis() >= at.millis();
                    if (away < distance) {
                        distance = away;
                        best = head;
                    }
                }
                boolean goesOn = !heads.isEmpty() && !isBehind;
                return best == null
                        ? Future.succeededFuture(goesOn)
                        : read(best).map(entry -> {
                            found = entry;
                            return goesOn;
                        });
            });
        }

        private Future<Entry> read(RecordedEntry head) {
            return head.length() > limits.bytes()
                    ? Future.failedFuture(Failure.invalid("the entry is too long to be a picture"))
                    : reader.read(List.of(head)).map(read -> read.get(0));
        }
    }

    private Future<Thumbnail> picture(Entry entry) {
        return thread.executeBlocking(
                        () -> forms.thumbnail(entry.payload(), RecordingExportService.THUMBNAIL_PIXELS), false)
                .map(jpeg -> {
                    if (jpeg.length() > StreamService.PIECE_BYTES) {
                        throw Failure.invalid("the picture cannot be made small enough");
                    }
                    return new Thumbnail(jpeg, entry.id().toString());
                });
    }

    Future<Void> close() {
        return thread.close();
    }
}
