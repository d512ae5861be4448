package lyceum.stream.internal.export;

import io.vertx.core.Future;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import lyceum.platform.Failure;
import lyceum.platform.Loop;
import lyceum.stream.internal.Entry;
import lyceum.stream.internal.archive.EntryReader;
import lyceum.stream.internal.archive.RecordedEntry;

/** All entries of a recorded stream, one after the other; few of them are in memory. Lives on one context. */
final class RecordedEntries {

    private static final int HEADS = 256;
    private static final long READ_BYTES = 256 * 1024;

    private final EntryReader reader;
    private final long longestBytes;
    private final Deque<RecordedEntry> heads = new ArrayDeque<>();

    private boolean isOver;

    /** @param longestBytes of an entry; a longer one is an empty one */
    RecordedEntries(EntryReader reader, long longestBytes) {
        this.reader = reader;
        this.longestBytes = longestBytes;
    }

    /** @param step takes an entry, and the next one when that is done; false for no more. @return done after the last one */
    Future<Void> each(Function<Entry, Future<Boolean>> step) {
        return Loop.whileTrue(() -> heads.isEmpty() ? fill() : read().compose(some -> take(some.iterator(), step)))
                .eventually(reader::close);
    }

    private Future<Boolean> fill() {
        return reader.next(HEADS).map(next -> {
            heads.addAll(next);
            return !next.isEmpty();
        });
    }

    private Future<List<Entry>> read() {
        List<RecordedEntry> due = new ArrayList<>();
        long bytes = 0;
        do {
            bytes += heads.peek().length();
            due.add(heads.remove());
        } while (!heads.isEmpty() && bytes + heads.peek().length() <= READ_BYTES);
        if (due.get(0).length() > longestBytes) {
            return Future.failedFuture(Failure.invalid("an entry has more than %d bytes".formatted(longestBytes)));
        }
        return reader.read(due);
    }

    private Future<Boolean> take(Iterator<Entry> some, Function<Entry, Future<Boolean>> step) {
        return Loop.whileTrue(() -> !isOver && some.hasNext()
                        ? step.apply(some.next()).map(goesOn -> {
                            isOver = !goesOn;
                            return goesOn;
                        })
                        : Future.succeededFuture(false))
                .map(taken -> !isOver);
    }
}
