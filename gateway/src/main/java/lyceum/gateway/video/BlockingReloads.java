package lyceum.gateway.video;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import lyceum.gateway.route.Refusal;
import lyceum.media.LiveChannel;
import lyceum.media.LiveChannel.AwaitPlaylist;
import lyceum.media.LiveService.Place;

/**
 * Viewers whose reload of a playlist waits until it has come so far (draft-pantos-hls-rfc8216bis, 6.2.5.2): media-service is
 * asked once for all who want the same. Lives on one context.
 */
public final class BlockingReloads {

    /** Who comes a little late gets what the others got. */
    private static final Duration KEPT = Duration.ofMillis(300);

    /** What is answered at once is not worth more memory. */
    private static final int MOST_KEPT = 1_000;

    private record Key(Place place, String name, Directives wanted) {}

    /** As they stand in the query; empty for none. */
    record Directives(String segment, String part) {}

    private final Vertx vertx;
    private final LiveVideoAccess video;
    private final int mostViewers;
    private final Map<Key, Future<ChannelFile>> lists = new HashMap<>();
    private final Map<String, Integer> viewers = new HashMap<>();
    private int waiting;
    private long refused;

    /** @param mostViewers of one channel that may wait at once */
    public BlockingReloads(Vertx vertx, LiveVideoAccess video, int mostViewers) {
        this.vertx = vertx;
        this.video = video;
        this.mostViewers = mostViewers;
    }

    /** @return the playlist; or the failures of {@link LiveChannel#awaitPlaylist}, and 503 where too many wait */
    Future<ChannelFile> await(Place place, String name, Directives wanted) {
        Key key = new Key(place, name, wanted);
        Future<ChannelFile> known = lists.get(key);
        if (known != null && known.isComplete()) {
            return known;
        }
        if (viewers.getOrDefault(name, 0) >= mostViewers) {
            refused++;
            return Future.failedFuture(new Refusal(503, "too many wait for that playlist", Map.of("Retry-After", "1")));
        }
        viewers.merge(name, 1, Integer::sum);
        waiting++;
        Future<ChannelFile> list = known == null ? ask(key) : known;
        return list.onComplete(answered -> {
            waiting--;
            viewers.computeIfPresent(name, (same, n) -> n == 1 ? null : n - 1);
        });
    }

    /** @return viewers that wait, of all channels */
    public int waiting() {
        return waiting;
    }

    /** @return how often somebody was sent away because of that limit */
    public long refused() {
        return refused;
    }

    private Future<ChannelFile> ask(Key key) {
        Future<ChannelFile> list =
                poll(key, System.nanoTime()).map(text -> ChannelFile.of(text, LiveChannel.PIECE_BYTES));
        lists.put(key, list);
        return list.onComplete(answered -> {
            if (answered.succeeded() && lists.size() < MOST_KEPT) {
                vertx.setTimer(KEPT.toMillis(), due -> lists.remove(key, list));
            } else {
                lists.remove(key, list);
            }
        });
    }

    /** Each question waits for a while only; media-service says when it has been long enough. */
    private Future<Buffer> poll(Key key, long startNanos) {
        long waitedMillis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNanos);
        Directives wanted = key.wanted();
        return video.channels()
                .apply(key.place().instance())
                .awaitPlaylist(new AwaitPlaylist(
                        key.name(), key.place().epoch(), wanted.segment(), wanted.part(), waitedMillis))
                .compose(answer ->
                        answer.text().length() > 0 ? Future.succeededFuture(answer.text()) : poll(key, startNanos));
    }
}
