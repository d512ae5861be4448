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
    private final long limitBytes;

    private Contents found = new Contents(List.of(), new TreeMap<>());
    private long foundBytes;
    private Map<Revision, Parsed> uploads = Map.of();
    private volatile Shelf shelf = Shelf.EMPTY;
    private Future<Shelf> loading = Future.succeededFuture(shelf);

    /**
     * @param directory of homework folders; empty for none
     * @param limitBytes what all homework may have together; while a directory is read again, what it had is held, too
     */
    Library(Vertx vertx, HomeworkStore store, HomeworkReader reader, Optional<Path> directory, long limitBytes) {
        this.vertx = vertx;
        this.store = store;
        this.reader = reader;
        this.directory = directory;
        this.limitBytes = limitBytes;
    }

    /**
     * An upload that was read.
     *
     * @param bytes how much room it needs; 0 where it is broken
     */
    private record Parsed(Optional<Homework> homework, String reason, long bytes) {

        static Parsed of(Homework homework) {
            return new Parsed(Optional.of(homework), null, homework.bytes());
        }

        static Parsed broken(String slug, String reason, long bytes) {
            LOG.warn("uploaded homework {} is left out: {}", slug, reason);
            return new Parsed(Optional.empty(), reason, bytes);
        }

        /** @return the same, held only where there is room */
        Parsed within(ShelfRoom room, String slug) {
            if (homework.isPresent()) {
                try {
                    room.take(bytes);
                } catch (BrokenHomework noRoom) {
                    return broken(slug, noRoom.getMessage(), bytes);
                }
            }
            return this;
        }

        boolean shallBeReadAgain(ShelfRoom room) {
            return homework.isEmpty() && bytes > 0 && room.fits(bytes);
        }
    }

    /** @return all homework as it was read last */
    Shelf shelf() {
        return shelf;
    }

    /** @return what it has, as {@code LYCEUM_GRADING_SHELF_LIMIT} counts */
    long bytes() {
        return shelf.homework().values().stream().mapToLong(Homework::bytes).sum();
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

    /** Fails with BrokenHomework where there is no room for an upload beside all others. */
    void checkRoom(Homework homework) throws BrokenHomework {
        long others = uploads.values().stream()
                .flatMap(each -> each.homework().stream())
                .filter(each -> !each.slug().equals(homework.slug()))
                .mapToLong(Homework::bytes)
                .sum();
        new ShelfRoom(limitBytes, foundBytes + others).take(homework.bytes());
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
        ShelfRoom room = new ShelfRoom(limitBytes, 0);
        return vertx.executeBlocking(() -> folders.read(directory.get(), room), false)
                .map(contents -> {
                    found = contents;
                    foundBytes = room.takenBytes();
                    contents.broken().forEach((slug, reason) -> LOG.warn("homework {} is left out: {}", slug, reason));
                    return null;
                });
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

    /** @return all uploads, those that are new, changed or now have room read now; the first ones have room first */
    private Future<Map<Revision, Parsed>> parse(List<Revision> revisions) {
        Map<Revision, Parsed> parsed = new HashMap<>();
        ShelfRoom room = new ShelfRoom(limitBytes, foundBytes);
        Future<Void> all = Future.succeededFuture();
        for (Revision revision : revisions) {
            all = all.compose(read -> parse(revision, room)).map(found -> {
                found.ifPresent(each -> parsed.put(revision, each.within(room, revision.slug())));
                return null;
            });
        }
        return all.map(parsed);
    }

    /** @return empty where it is gone meanwhile */
    private Future<Optional<Parsed>> parse(Revision revision, ShelfRoom room) {
        Parsed known = uploads.get(revision);
        if (known != null && !known.shallBeReadAgain(room)) {
            return Future.succeededFuture(Optional.of(known));
        }
        return store.archive(revision.slug())
                .compose(archive -> archive.map(each -> parse(each).map(Optional::of))
                        .orElse(Future.succeededFuture(Optional.empty())));
    }

    /** An older version of this program may have taken what this one does not. */
    private Future<Parsed> parse(Uploaded uploaded) {
        String slug = uploaded.revision().slug();
        return read(slug, uploaded.archive())
                .map(Parsed::of)
                .recover(error -> error instanceof BrokenHomework || error instanceof IOException
                        ? Future.succeededFuture(Parsed.broken(slug, error.getMessage(), 0))
                        : Future.failedFuture(error));
    }
}
