package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** The newest entries of one stream, for all its readers at this instance. Lives on one context. */
final class Tail {

    private final String stream;
    private final Ring ring = new Ring();
    private final Promise<Tail> opened = Promise.promise();
    private Set<Runnable> waiting = new LinkedHashSet<>();

    private EntryId last = EntryId.NONE;
    private int readers;
    private boolean isBroken;
    private boolean isAnew;
    private boolean isInterrupted;

    Tail(String stream) {
        this.stream = stream;
    }

    String stream() {
        return stream;
    }

    Ring ring() {
        return ring;
    }

    /** @return up to where the stream has been read */
    EntryId last() {
        return last;
    }

    /** @return whether the name is of something else by now */
    boolean isBroken() {
        return isBroken;
    }

    boolean isOpen() {
        return opened.future().succeeded();
    }

    /** @return itself once it is known where the stream ends */
    Future<Tail> opened() {
        return opened.future();
    }

    /** @param newest the newest entry, if there is one */
    void open(List<Entry> newest) {
        // Of a stream that was deleted meanwhile nobody knows whether this is before or after that.
        if (!newest.isEmpty() && !isAnew) {
            ring.clear(newest.get(0).id().previous());
            append(newest);
        }
        opened.complete(this);
    }

    void fail(Throwable error) {
        isBroken = true;
        opened.tryFail(error);
        tellNews();
    }

    /**
     * Takes what came; readers are to be told when all streams have got theirs.
     *
     * @param asked behind which id it was asked for; if that is not the end any more, the stream has been deleted
     *     meanwhile
     */
    void add(EntryId asked, List<Entry> entries) {
        if (asked.equals(last)) {
            append(entries);
        }
    }

    /** What comes next may not be what came next: Redis may have trimmed entries before they could be read. */
    void interrupt() {
        isInterrupted = true;
    }

    private void append(List<Entry> entries) {
        if (isInterrupted && !entries.isEmpty()) {
            // Readers who are not as far find out in Redis what is missing.
            ring.clear(entries.get(0).id().previous());
            isInterrupted = false;
        }
        entries.forEach(ring::add);
        if (!entries.isEmpty()) {
            last = entries.get(entries.size() - 1).id();
        }
    }

    /** The stream has been deleted, and may begin anew with any id. */
    void restart() {
        isAnew = true;
        last = EntryId.NONE;
        ring.clear(EntryId.NONE);
    }

    /** @param reader told once, of the next thing that happens */
    void await(Runnable reader) {
        waiting.add(reader);
    }

    void stopWaiting(Runnable reader) {
        waiting.remove(reader);
    }

    void tellNews() {
        List<Runnable> told = new ArrayList<>(waiting);
        waiting = new LinkedHashSet<>();
        told.forEach(Runnable::run);
    }

    void join() {
        readers++;
    }

    /** @return whether that was the last reader */
    boolean leave() {
        readers--;
        return readers == 0;
    }
}
