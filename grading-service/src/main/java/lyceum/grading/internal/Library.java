package lyceum.grading.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import lyceum.grading.internal.HomeworkDirectory.Contents;
import lyceum.grading.internal.HomeworkStore.Revision;
import lyceum.grading.internal.HomeworkStore.Uploaded;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the shelf as the directory and the database have it. Lives on one context. */
final class Library {

    private static final Logger LOG = LoggerFactory.getLogger(Library.class);

    private final Vertx vertx;
    private final HomeworkStore store;
    private final HomeworkReader reader;
    private final Optional<Path> directory;

    private Contents found = new Contents(List.of(), new TreeMap<>());
    private Map<Revision, Parsed> uploads = Map.of();
    private Shelf shelf = Shelf.EMPTY;
    private Future<Shelf> loading = Future.succeededFuture(shelf);

    /** @param directory of homework folders; empty for none */
    Library(Vertx vertx, HomeworkStore store, HomeworkReader reader, Optional<Path> directory) {
        this.vertx = vertx;
        this.store = store;
        this.reader = reader;
        this.directory = directory;
    }

    /** An upload that was read. */
    private record Parsed(Optional<Homework> homework, String reason) {}

    /** @return all homework as it was read last */
    Shelf shelf() {
        return shelf;
    }

    /** Reads the directory again, and what has changed in the database. */
    Future<Shelf> reload() {
        return after(() -> readDirectory().compose(read -> readDatabase()));
    }

    /** Reads what has changed in the database. */
    Future<Shelf> refresh() {
        return after(this::readDatabase);
    }

    /** @return what an uploaded zip holds */
    Future<Homework> read(String slug, Buffer zip) {
        return vertx.executeBlocking(
                () -> reader.read(slug, Archives.unpack("homework.zip", zip, ArchiveLimits.OF_HOMEWORK)), false);
    }

    /** Does something that takes a while, of what is on the shelf. */
    <T> Future<T> work(Callable<T> work) {
        return vertx.executeBlocking(work, false);
    }

    /** One after the other: an earlier look must not replace a later one. */
    private Future<Shelf> after(Supplier<Future<Shelf>> look) {
        loading = loading.transform(earlier -> look.get());
        return loading;
    }

    private Future<Void> readDirectory() {
        if (directory.isEmpty()) {
            return Future.succeededFuture();
        }
        HomeworkDirectory folders = new HomeworkDirectory(reader, ArchiveLimits.OF_HOMEWORK);
        return vertx.executeBlocking(() -> folders.read(directory.get()), false)
                .onSuccess(contents -> {
                    found = contents;
                    contents.broken().forEach((slug, reason) -> LOG.warn("homework {} is left out: {}", slug, reason));
                })
                .mapEmpty();
    }

    private Future<Shelf> readDatabase() {
        return store.revisions()
                .compose(this::parse)
                .compose(parsed -> store.access().map(access -> {
                    uploads = parsed;
                    Map<String, String> broken = new TreeMap<>(found.broken());
                    List<Homework> uploaded = new ArrayList<>();
                    parsed.forEach((revision, each) -> each.homework()
                            .ifPresentOrElse(uploaded::add, () -> broken.put(revision.slug(), each.reason())));
                    shelf = Shelf.of(found.homework(), uploaded, broken, access);
                    return shelf;
                }));
    }

    /** @return all uploads, those that are new or changed read now */
    private Future<Map<Revision, Parsed>> parse(List<Revision> revisions) {
        Map<Revision, Parsed> parsed = new HashMap<>();
        Future<Void> all = Future.succeededFuture();
        for (Revision revision : revisions) {
            if (uploads.containsKey(revision)) {
                parsed.put(revision, uploads.get(revision));
            } else {
                all = all.compose(read -> store.archive(revision.slug()))
                        .compose(archive -> archive.map(this::parse).orElse(Future.succeededFuture()))
                        .onSuccess(each -> {
                            if (each != null) {
                                parsed.put(revision, each);
                            }
                        })
                        .mapEmpty();
            }
        }
        return all.map(parsed);
    }

    /** An older version of this program may have taken what this one does not. */
    private Future<Parsed> parse(Uploaded uploaded) {
        String slug = uploaded.revision().slug();
        return read(slug, uploaded.archive())
                .map(homework -> new Parsed(Optional.of(homework), null))
                .recover(error -> {
                    boolean isExpected = error instanceof BrokenHomework || error instanceof IOException;
                    LOG.warn("uploaded homework {} is left out: {}", slug, error.getMessage());
                    return isExpected
                            ? Future.succeededFuture(new Parsed(Optional.empty(), error.getMessage()))
                            : Future.failedFuture(error);
                });
    }
}
