package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Loop;
import lyceum.stream.StreamService.Stored;
import lyceum.stream.internal.Message.Part;
import lyceum.stream.internal.archive.BrokenZip;
import lyceum.stream.internal.archive.EntryReader;
import lyceum.stream.internal.archive.EntrySpan;
import lyceum.stream.internal.archive.RecordedEntry;

/**
 * One stream of a recording on its way into a stream. The bytes of an entry are read when it is due, a few entries at a
 * time, and the next ones when those are stored. Lives on one context.
 */
final class ReplayedStream {

    private static final int HEADS = 256;
    private static final int MESSAGE_ENTRIES = 256;
    private static final long MESSAGE_BYTES = 256 * 1024;
    private static final long BUSY_PAUSE_MILLIS = 20;

    /** One timer lasts no longer: what it waits for may be hours away. */
    private static final long LONGEST_PAUSE_MILLIS = Duration.ofSeconds(1).toMillis();

    /**
     * How it is done.
     *
     * @param budget holds the bytes of entries that are read and not stored yet
     * @param mostBytes of one entry
     */
    record Manner(Vertx vertx, Appender appender, Budget budget, int mostBytes) {}

    /** When an entry is due: as long after the beginning as it came after an id. */
    record Pace(boolean isFullSpeed, long firstMillis, long beginNanos) {

        long pauseMillis(EntryId id) {
            if (isFullSpeed) {
                return 0;
            }
            long passedMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNanos);
            return id.millis() - firstMillis - passedMillis;
        }
    }

    private final String stream;
    private final String target;
    private final EntryReader reader;
    private final EntrySpan span;
    private final Manner manner;
    private final Deque<RecordedEntry> heads = new ArrayDeque<>();

    private Pace pace;
    private EntryId last;
    private long updates;
    private boolean isActive = true;
    private boolean isOver;

    /**
     * @param target to which is appended
     * @param span of the stream, filled
     */
    ReplayedStream(String stream, String target, EntryReader reader, EntrySpan span, Manner manner) {
        this.stream = stream;
        this.target = target;
        this.reader = reader;
        this.span = span;
        this.manner = manner;
    }

    String stream() {
        return stream;
    }

    EntrySpan span() {
        return span;
    }

    boolean isActive() {
        return isActive;
    }

    /** @return how many entries were appended since this was asked last */
    long takeUpdates() {
        long count = updates;
        updates = 0;
        return count;
    }

    boolean hasBegun() {
        return last != null;
    }

    /** @return from the first entry to the last one that was appended, in the floating point of the original */
    double currentSeconds() {
        return last.millis() / 1000.0 - span.first().millis() / 1000.0;
    }

    double durationSeconds() {
        return span.millis() / 1000.0;
    }

    /** @return done when all is appended, or when it is ended before */
    Future<Void> run(Pace newPace) {
        pace = newPace;
        return Loop.whileTrue(this::step)
                .eventually(reader::close)
                .onSuccess(all -> isActive = false)
                .recover(error -> Future.failedFuture(meaning(error)));
    }

    /** A recording may be deleted while it is replayed. */
    private Throwable meaning(Throwable error) {
        boolean isGone = error instanceof Failure failure && failure.kind() == Kind.NOT_FOUND;
        return isGone || error instanceof BrokenZip ? broken(error.getMessage()) : error;
    }

    private Failure broken(String why) {
        return Failure.invalid("stream %s of the recording is broken: %s".formatted(stream, why));
    }

    /** Stops with the next step. */
    void end() {
        isOver = true;
    }

    private Future<Boolean> step() {
        if (isOver) {
            return Future.succeededFuture(false);
        }
        if (heads.isEmpty()) {
            return reader.next(HEADS).map(next -> heads.addAll(next));
        }
        long pauseMillis = pace.pauseMillis(heads.peek().id());
        return pauseMillis > 0 ? pause(pauseMillis) : append(due());
    }

    private Future<Boolean> pause(long millis) {
        Promise<Boolean> pause = Promise.promise();
        manner.vertx().setTimer(Math.min(LONGEST_PAUSE_MILLIS, millis), due -> pause.complete(true));
        return pause.future();
    }

    /** @return what is due, in one message */
    private List<RecordedEntry> due() {
        List<RecordedEntry> due = new ArrayList<>();
        long bytes = 0;
        do {
            RecordedEntry next = heads.remove();
            due.add(next);
            bytes += next.length();
        } while (!heads.isEmpty()
                && due.size() < MESSAGE_ENTRIES
                && bytes + heads.peek().length() <= MESSAGE_BYTES
                && pace.pauseMillis(heads.peek().id()) <= 0);
        return due;
    }

    private Future<Boolean> append(List<RecordedEntry> entries) {
        long bytes = entries.stream().mapToLong(RecordedEntry::length).sum();
        if (entries.stream().anyMatch(entry -> entry.length() > manner.mostBytes())) {
            return Future.failedFuture(broken("an entry has more than %d bytes".formatted(manner.mostBytes())));
        }
        return room(bytes)
                .compose(isThere -> isThere
                        ? reader.read(entries)
                                .compose(this::store)
                                .onComplete(done -> manner.budget().giveBack(bytes))
                        : Future.succeededFuture(false));
    }

    /** @return whether the bytes are taken; not, where this is over before there is room */
    private Future<Boolean> room(long bytes) {
        return unlessBusy(() -> {
                    manner.budget().take(bytes);
                    return Future.succeededFuture(true);
                })
                .map(taken -> taken.orElse(false));
    }

    private Future<Boolean> store(List<Entry> entries) {
        List<Part> parts = new ArrayList<>(entries.size());
        long bytes = 0;
        for (Entry entry : entries) {
            parts.add(new Part(target, NewId.SERVER, entry.payload()));
            bytes += entry.payload().length();
        }
        Message message = new Message(parts, bytes);
        return unlessBusy(() -> manner.appender().append(message)).map(stored -> {
            stored.ifPresent(this::count);
            if (stored.isPresent()) {
                last = entries.get(entries.size() - 1).id();
            }
            return true;
        });
    }

    private void count(Stored stored) {
        if (!stored.refused().isEmpty()) {
            throw Failure.invalid(stored.refused().get(0).reason());
        }
        updates += stored.ids().size();
    }

    /** @return the answer, however often it must be asked for; empty where this is over before */
    private <T> Future<Optional<T>> unlessBusy(Supplier<Future<T>> step) {
        List<T> answer = new ArrayList<>();
        return Loop.whileTrue(() -> isOver
                        ? Future.succeededFuture(false)
                        : Future.succeededFuture()
                                .compose(begun -> step.get())
                                .map(done -> answer.add(done) && false)
                                .recover(this::pauseIfBusy))
                .map(done -> answer.stream().findFirst());
    }

    private Future<Boolean> pauseIfBusy(Throwable error) {
        return error instanceof Failure failure && failure.kind() == Kind.BUSY
                ? pause(BUSY_PAUSE_MILLIS)
                : Future.failedFuture(error);
    }
}
