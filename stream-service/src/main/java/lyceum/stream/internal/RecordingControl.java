package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/** Starts and stops recordings, as the original does: by a key, and by an event that others may listen to. */
final class RecordingControl {

    /**
     * KEYS: running, events, info, unfinished, starts; ARGV: recording, most events, field of the start, then streams and
     * ids in turn behind which it begins.
     */
    private static final String START = """
            local event = redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[2], '*', 'd', ARGV[1])
            redis.call('SET', KEYS[1], ARGV[1])
            redis.call('DEL', KEYS[3])
            redis.call('SADD', KEYS[4], ARGV[1])
            if redis.call('HSETNX', KEYS[5], ARGV[3], event) == 1 then
              for i = 4, #ARGV, 2 do redis.call('HSET', KEYS[5], ARGV[i], ARGV[i + 1]) end
            end
            return event
            """;

    /** KEYS: running, events; ARGV: most events. */
    private static final String STOP = """
            local event = redis.call('XADD', KEYS[2], 'MAXLEN', '~', ARGV[1], '*', 'd', '')
            local running = redis.call('GET', KEYS[1])
            redis.call('DEL', KEYS[1])
            return {event, running}
            """;

    /** KEYS: running, unfinished; ARGV: recording. */
    private static final String STATE = """
            if redis.call('GET', KEYS[1]) == ARGV[1] then return 2 end
            return redis.call('SISMEMBER', KEYS[2], ARGV[1])
            """;

    private static final int IS_RUNNING = 2;
    private static final int IS_WHOLE = 0;

    private static final Duration PATIENCE = Duration.ofSeconds(4);
    private static final long PAUSE_MILLIS = 50;

    private final Vertx vertx;
    private final RedisLines redis;
    private final StreamScan scan;
    private final Announcer announcer;
    private final int maxEntries;

    /** @param maxEntries about so many events are kept */
    RecordingControl(Vertx vertx, RedisLines redis, Announcer announcer, int maxEntries) {
        this.vertx = vertx;
        this.redis = redis;
        this.scan = new StreamScan(redis);
        this.announcer = announcer;
        this.maxEntries = maxEntries;
    }

    /**
     * Starts a recording; what runs ends by that. Ids that are ahead of the clock tell nobody later what was there before:
     * that is noted now.
     */
    Future<Void> start(String recording) {
        return scan.lastIdsAhead(RecordedStreams.MOST)
                .compose(ahead -> redis.send(order(recording, ahead)))
                .onSuccess(event -> tell(event, recording))
                .mapEmpty();
    }

    private Request order(String recording, Map<String, EntryId> ahead) {
        Request order = Request.cmd(Command.EVAL)
                .arg(START)
                .arg(5)
                .arg(RecordingKeys.RUNNING)
                .arg(RecordingKeys.EVENTS)
                .arg(RecordingKeys.info(recording))
                .arg(RecordingKeys.UNFINISHED)
                .arg(RecordingKeys.starts(recording))
                .arg(recording)
                .arg(maxEntries)
                .arg(UnfinishedRecordings.START);
        ahead.forEach((stream, last) -> order.arg(stream).arg(last.toString()));
        return order;
    }

    /** @return what was running */
    Future<Optional<String>> stop() {
        return redis.send(Request.cmd(Command.EVAL)
                        .arg(STOP)
                        .arg(2)
                        .arg(RecordingKeys.RUNNING)
                        .arg(RecordingKeys.EVENTS)
                        .arg(maxEntries))
                .onSuccess(reply -> tell(reply.get(0), ""))
                .map(reply -> Optional.ofNullable(reply.get(1)).map(Response::toString));
    }

    private void tell(Response event, String payload) {
        int bytes = payload.getBytes(StandardCharsets.UTF_8).length;
        announcer.appended(RecordingKeys.EVENTS, bytes, event.toString());
    }

    /** @return what runs */
    Future<Optional<String>> running() {
        return redis.send(Request.cmd(Command.GET).arg(RecordingKeys.RUNNING))
                .map(name -> Optional.ofNullable(name).map(Response::toString));
    }

    /** Waits until a recording that was stopped is whole; fails with CONFLICT where it runs, BUSY where that takes long. */
    Future<Void> awaitWhole(String recording) {
        return awaitWhole(recording, System.nanoTime() + PATIENCE.toNanos());
    }

    private Future<Void> awaitWhole(String recording, long untilNanos) {
        return state(recording).compose(state -> {
            if (state == IS_WHOLE) {
                return Future.succeededFuture();
            }
            if (state == IS_RUNNING) {
                return Future.failedFuture(
                        new Failure(Kind.CONFLICT, "Recording %s is being recorded".formatted(recording)));
            }
            if (System.nanoTime() - untilNanos > 0) {
                return Future.failedFuture(new Failure(
                        Kind.BUSY, "Recording %s is still being written, please try again".formatted(recording)));
            }
            return vertx.timer(PAUSE_MILLIS, TimeUnit.MILLISECONDS).compose(later -> awaitWhole(recording, untilNanos));
        });
    }

    private Future<Integer> state(String recording) {
        return redis.send(Request.cmd(Command.EVAL)
                        .arg(STATE)
                        .arg(2)
                        .arg(RecordingKeys.RUNNING)
                        .arg(RecordingKeys.UNFINISHED)
                        .arg(recording))
                .map(Response::toInteger);
    }
}
