package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lyceum.platform.Failure;
import lyceum.stream.RecordingService.OpenReplay;
import lyceum.stream.ReplaySession;
import lyceum.stream.StreamName;
import lyceum.stream.StreamService.Done;
import lyceum.stream.internal.ReplayedStream.Manner;
import lyceum.stream.internal.archive.BrokenZip;
import lyceum.stream.internal.archive.EntryReader;
import lyceum.stream.internal.archive.EntrySpan;
import lyceum.stream.internal.archive.RecordingStore;
import lyceum.stream.internal.archive.StoredStream;

/** The rules of {@link ReplaySession}: which replays this instance has. Lives on one context. */
final class ReplaySessions implements ReplaySession {

    private static final ReplayEvent STOPPED = new ReplayEvent(ReplaySession.Kind.STOPPED, null);

    /** More messages than this nobody reads. */
    private static final long SHORTEST_INTERVAL_MILLIS = 20;

    private final Vertx vertx;
    private final RecordingStore store;
    private final Manner manner;
    private final Duration lease;
    private final Sessions<LiveReplay> sessions;
    private boolean isStopping;

    /**
     * @param lease {@link ReplaySession#LEASE}
     * @param most that may be open
     */
    ReplaySessions(Vertx vertx, RecordingStore store, Manner manner, Duration lease, int most) {
        this.vertx = vertx;
        this.store = store;
        this.manner = manner;
        this.lease = lease;
        this.sessions = new Sessions<>(vertx, lease, most, replay -> replay.end(STOPPED));
    }

    /** @return those that are open */
    Sessions<?> sessions() {
        return sessions;
    }

    /** @return the id of a new session; or the failures of {@code RecordingService.openReplay} */
    Future<String> open(OpenReplay order) {
        if (isStopping) {
            return Future.failedFuture(RedisFailure.away());
        }
        if (order.intervalMillis() < 0) {
            return Future.failedFuture(Failure.invalid("times are not negative"));
        }
        Duration interval = Duration.ofMillis(Math.max(SHORTEST_INTERVAL_MILLIS, order.intervalMillis()));
        return sessions.open(id -> streams(order).map(streams -> {
            LiveReplay replay = new LiveReplay(vertx, streams, interval, lease.dividedBy(2), () -> sessions.end(id));
            replay.begin(order.isFullSpeed());
            return replay;
        }));
    }

    private Future<List<ReplayedStream>> streams(OpenReplay order) {
        return store.find(order.recording()).compose(found -> {
            Map<String, StoredStream> stored = found.streams().stream()
                    .collect(Collectors.toMap(StoredStream::stream, Function.identity(), (one, other) -> one));
            List<Future<ReplayedStream>> opening = new ArrayList<>();
            for (String name : names(order, stored.keySet())) {
                opening.add(stream(order, find(stored, name, order.recording())));
            }
            return Future.join(opening).map(all -> all.<ReplayedStream>list());
        });
    }

    /**
     * In a query a plus that is not escaped means a space; so a space separates too, unless a stream is called so. Only then
     * it is known what is written to, and how much of it: so that is checked here once more.
     */
    private static List<String> names(OpenReplay order, Set<String> stored) {
        Set<String> names = order.streams().stream()
                .flatMap(name -> stored.contains(name) ? Stream.of(name) : Stream.of(name.split(" ")))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        names.forEach(name -> StreamName.check(order.prefix() + name));
        return StreamName.checkAll(List.copyOf(names));
    }

    private static StoredStream find(Map<String, StoredStream> stored, String name, String recording) {
        if (!stored.containsKey(name)) {
            throw Failure.notFound("no stream %s in recording %s".formatted(name, recording));
        }
        return stored.get(name);
    }

    private Future<ReplayedStream> stream(OpenReplay order, StoredStream stored) {
        String name = stored.stream();
        return EntrySpan.of(store, order.recording(), stored)
                .compose(span -> EntryReader.of(store, order.recording(), name)
                        .map(reader -> new ReplayedStream(
                                name,
                                order.prefix() + name,
                                reader.orElseThrow(() -> empty(name)),
                                span.filled().orElseThrow(() -> empty(name)),
                                manner)))
                .recover(error -> Future.failedFuture(
                        error instanceof BrokenZip ? Failure.invalid(name + ": " + error.getMessage()) : error));
    }

    private static Failure empty(String stream) {
        return Failure.notFound("stream %s of the recording has no entries".formatted(stream));
    }

    @Override
    public Future<ReplayEvent> readReplay(ReadReplay question) {
        return sessions.ask(question.id(), LiveReplay::read);
    }

    @Override
    public Future<Done> closeReplay(CloseReplay order) {
        sessions.end(order.id());
        return Future.succeededFuture(new Done());
    }

    /** Opens nothing more, and ends all. */
    void stop() {
        isStopping = true;
        sessions.close();
    }
}
