package lyceum.stream.internal;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import lyceum.platform.Failure;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.OpenPull;
import lyceum.stream.internal.Follower.Manner;
import lyceum.stream.internal.Follower.Sources;

/** Brings readers to their places in streams, and lets them go. */
final class Followers {

    private final Tailer tailer;
    private final Sources sources;
    private final int messageBytes;

    /** @param messageBytes of one delivery, or of one entry that alone has more */
    Followers(Tailer tailer, Sources sources, int messageBytes) {
        this.tailer = tailer;
        this.sources = sources;
        this.messageBytes = messageBytes;
    }

    /** @return a reader as it was ordered; or the failures of {@code StreamService.openPull} */
    Future<Follower> follow(OpenPull order) {
        Map<String, Position> positions = Position.of(order.streams(), order.positions());
        Manner manner = manner(order, List.copyOf(positions.keySet()));
        boolean hasNow = positions.values().stream().anyMatch(position -> position.kind() == Position.Kind.NOW);
        Future<Long> now = hasNow ? sources.reads().now() : Future.succeededFuture(0L);
        return now.compose(millis -> tails(positions.keySet())
                        .map(tails -> new Follower(tails, cursors(tails, positions, millis), sources, manner)))
                .onSuccess(follower -> {
                    if (follower.isSynchronised()) {
                        tailer.joinSynchronised();
                    }
                });
    }

    void leave(Follower follower) {
        follower.tails().forEach(tailer::leave);
        if (follower.isSynchronised()) {
            tailer.leaveSynchronised();
        }
    }

    private Future<List<Tail>> tails(Iterable<String> streams) {
        List<Future<Tail>> opening = new ArrayList<>();
        streams.forEach(stream -> opening.add(tailer.follow(stream)));
        return Future.join(opening)
                .<List<Tail>>map(all -> all.list())
                .onFailure(error ->
                        opening.stream().filter(Future::succeeded).forEach(tail -> tailer.leave(tail.result())));
    }

    private static EntryId[] cursors(List<Tail> tails, Map<String, Position> positions, long nowMillis) {
        return tails.stream()
                .map(tail -> cursor(tail, positions.get(tail.stream()), nowMillis))
                .toArray(EntryId[]::new);
    }

    private static EntryId cursor(Tail tail, Position position, long nowMillis) {
        return switch (position.kind()) {
            case NOW -> now(tail.last(), nowMillis);
            case NEWEST -> tail.last().previous();
            case START, AFTER -> position.id();
        };
    }

    /** Of what comes in this very millisecond the reader gets what was not there yet. */
    private static EntryId now(EntryId last, long nowMillis) {
        return last.millis() == nowMillis ? last : new EntryId(nowMillis, 0).previous();
    }

    private Manner manner(OpenPull order, List<String> streams) {
        if (order.count() < 1) {
            throw Failure.invalid("count is at least 1");
        }
        Format format = Format.of(order.input(), order.output());
        sources.conversions().check(streams, format);
        int count = Math.min(order.count(), StreamService.MOST_ENTRIES);
        return new Manner(isLatest(order), count, timeKeeper(order, streams), messageBytes, format);
    }

    /** Contract, 3.3: any {@code $} or {@code -} among the positions means to skip, even the one inside an id. */
    private static boolean isLatest(OpenPull order) {
        return order.latest() == null
                ? order.positions().stream().anyMatch(position -> position.contains("$") || position.contains("-"))
                : order.latest();
    }

    private static OptionalInt timeKeeper(OpenPull order, List<String> streams) {
        String keeper = order.timeKeeper();
        if (keeper == null) {
            return OptionalInt.empty();
        }
        String name = keeper.matches("\\d{1,3}")
                        && Integer.parseInt(keeper) < order.streams().size()
                ? order.streams().get(Integer.parseInt(keeper))
                : keeper;
        if (!streams.contains(name)) {
            throw Failure.invalid("time_sync_id: '%s' is none of the streams".formatted(keeper));
        }
        return OptionalInt.of(streams.indexOf(name));
    }
}
