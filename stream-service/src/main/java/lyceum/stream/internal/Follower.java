package lyceum.stream.internal;

import io.vertx.core.Future;
import java.util.List;
import java.util.OptionalInt;

/** One reader of a few streams: its places in them, and how it goes on from there. */
final class Follower {

    /**
     * How a reader reads.
     *
     * @param latest whether it skips entries for newer ones
     * @param count most entries of a stream at once
     * @param timeKeeper index of the stream that moves the others forward
     * @param mostBytes at once, or one entry that alone has more
     * @param format it wants entries in
     */
    record Manner(boolean latest, int count, OptionalInt timeKeeper, int mostBytes, Format format) {}

    /**
     * Who brings what a reader cannot have from its tails.
     *
     * @param reads entries that are not there any more
     * @param conversions what is made of entries
     */
    record Sources(RangeReads reads, PullConversions conversions) {}

    private final List<Tail> tails;
    private final List<String> streams;
    private final Sources sources;
    private final Manner manner;
    private EntryId[] cursors;

    /** @param cursors behind which it begins, by stream */
    Follower(List<Tail> tails, EntryId[] cursors, Sources sources, Manner manner) {
        this.tails = tails;
        this.streams = tails.stream().map(Tail::stream).toList();
        this.cursors = cursors;
        this.sources = sources;
        this.manner = manner;
    }

    List<Tail> tails() {
        return tails;
    }

    /** @return whether one of its streams moves the others forward */
    boolean isSynchronised() {
        return manner.timeKeeper().isPresent() && tails.size() > 1;
    }

    /**
     * Looks what comes next; the reader stays where it is until it accepts that.
     *
     * @param wasWaiting whether it has waited for this: then nothing is skipped, as in the original, whose blocking
     *     read gives the first new entry
     * @return what there is, perhaps nothing
     */
    Future<Catch> next(boolean wasWaiting) {
        Catch caught = new Catch(cursors, manner.mostBytes());
        Future<Void> looked = lookFrom(0, caught, manner.latest() && !wasWaiting);
        // A thousand readers want what their tails have, each time: nothing is composed for them.
        return looked.succeeded() && isAsItIs(caught)
                ? Future.succeededFuture(synchronize(caught))
                : looked.compose(all -> convert(caught)).map(this::synchronize);
    }

    private Future<Void> lookFrom(int first, Catch caught, boolean isSkipping) {
        for (int index = first; index < tails.size() && !caught.isFull(); index++) {
            Future<Void> looked = look(index, caught, isSkipping);
            if (!looked.succeeded()) {
                int next = index + 1;
                return looked.compose(found -> lookFrom(next, caught, isSkipping));
            }
        }
        return Future.succeededFuture();
    }

    private boolean isAsItIs(Catch caught) {
        return manner.format().isRaw() || caught.parts().isEmpty();
    }

    private Future<Catch> convert(Catch caught) {
        return isAsItIs(caught)
                ? Future.succeededFuture(caught)
                : sources.conversions().convert(caught, streams, caught.emptied(cursors, streams), manner.format());
    }

    private Catch synchronize(Catch caught) {
        manner.timeKeeper().ifPresent(index -> {
            if (caught.cursors()[index].isAfter(cursors[index])) {
                caught.synchronize(index);
            }
        });
        return caught;
    }

    void accept(Catch caught) {
        cursors = caught.cursors();
    }

    boolean hasNews() {
        for (int i = 0; i < cursors.length; i++) {
            if (tails.get(i).last().isAfter(cursors[i]) || tails.get(i).isBroken()) {
                return true;
            }
        }
        return false;
    }

    private Future<Void> look(int index, Catch caught, boolean isSkipping) {
        Tail tail = tails.get(index);
        if (tail.isBroken()) {
            return Future.failedFuture(RedisFailure.noStream());
        }
        if (!tail.last().isAfter(cursors[index])) {
            return Future.succeededFuture();
        }
        return isSkipping ? newest(index, tail, caught) : following(index, tail, caught);
    }

    private Future<Void> newest(int index, Tail tail, Catch caught) {
        EntryId cursor = cursors[index];
        List<Entry> newest = tail.ring().newest(cursor, manner.count());
        if (newest.size() == manner.count() || !tail.ring().floor().isAfter(cursor)) {
            caught.add(index, tail.stream(), newest);
            return Future.succeededFuture();
        }
        EntryId end = tail.last();
        return sources.reads()
                .newest(tail.stream(), cursor, manner.count(), caught.room())
                .map(found -> took(index, tail, found.entries(), end, caught));
    }

    private Future<Void> following(int index, Tail tail, Catch caught) {
        EntryId cursor = cursors[index];
        EntryId floor = tail.ring().floor();
        if (!floor.isAfter(cursor)) {
            caught.add(index, tail.stream(), tail.ring().after(cursor, manner.count()));
            return Future.succeededFuture();
        }
        return sources.reads()
                .after(tail.stream(), cursor, manner.count(), caught.room())
                .map(found -> took(index, tail, found.entries(), floor, caught));
    }

    /** @param end up to which nothing is in Redis any more, if nothing was found */
    private static Void took(int index, Tail tail, List<Entry> entries, EntryId end, Catch caught) {
        if (entries.isEmpty()) {
            caught.skipTo(index, end);
        }
        caught.add(index, tail.stream(), entries);
        return null;
    }
}
