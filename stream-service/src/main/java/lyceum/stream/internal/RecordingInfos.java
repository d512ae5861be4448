package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Optional;
import lyceum.platform.Loop;
import lyceum.stream.internal.archive.BrokenZip;
import lyceum.stream.internal.archive.EntrySpan;
import lyceum.stream.internal.archive.RecordingStore;
import lyceum.stream.internal.archive.StoredRecording;
import lyceum.stream.internal.archive.StoredStream;

/**
 * Finds out what there is of recordings, and remembers it in Redis where the original does, so that its other programs
 * find it there: once a recording is so old that it does not grow any more.
 */
final class RecordingInfos {

    /** Of the original (contract, 4.1). */
    private static final Duration OLD = Duration.ofMinutes(30);

    private static final String CACHED = "_cached";

    /** KEYS: what runs, info; ARGV: recording, JSON. One that runs may grow still. */
    private static final String REMEMBER = """
            if redis.pcall('GET', KEYS[1]) ~= ARGV[1] then redis.call('SET', KEYS[2], ARGV[2]) end
            return 1
            """;

    private final RedisLines redis;
    private final RecordingStore store;
    private final RecordingTimes times;
    private final Clock clock;
    private final Map<String, Future<Found>> underWay = new HashMap<>();

    RecordingInfos(RedisLines redis, RecordingStore store, RecordingTimes times, Clock clock) {
        this.redis = redis;
        this.store = store;
        this.times = times;
        this.clock = clock;
    }

    /** @param cached whether what is remembered will do; if not, it is forgotten. @return a JSON object */
    Future<JsonObject> find(String recording, boolean cached) {
        return cached
                ? remembered(recording)
                        .compose(
                                found -> found.map(Future::succeededFuture).orElseGet(() -> findAndRemember(recording)))
                : forget(recording).compose(forgotten -> findOut(recording)).map(found -> json(found));
    }

    private Future<Optional<JsonObject>> remembered(String recording) {
        return redis.send(Request.cmd(Command.GET).arg(RecordingKeys.info(recording)))
                .map(text -> text == null ? Optional.<JsonObject>empty() : object(text.toString()))
                .map(found -> found.map(info -> info.put(CACHED, true)));
    }

    /** What others have written may be anything. */
    private static Optional<JsonObject> object(String text) {
        try {
            return Optional.of(new JsonObject(text));
        } catch (DecodeException noObject) {
            return Optional.empty();
        }
    }

    private Future<JsonObject> findAndRemember(String recording) {
        return findOut(recording).compose(found -> {
            JsonObject json = json(found);
            return found.info().last().filter(this::isOld).isPresent()
                    ? remember(recording, json).map(json)
                    : Future.succeededFuture(json);
        });
    }

    private boolean isOld(EntryId last) {
        return last.millis() >= 0 && last.millis() < clock.millis() - OLD.toMillis();
    }

    /** If it was moved or deleted since it was looked at, this is not true any more. */
    private Future<Void> remember(String recording, JsonObject json) {
        return redis.send(Request.cmd(Command.EVAL)
                        .arg(REMEMBER)
                        .arg(2)
                        .arg(RecordingKeys.RUNNING)
                        .arg(RecordingKeys.info(recording))
                        .arg(recording)
                        .arg(json.encode()))
                .compose(set -> store.contains(recording))
                .compose(isThere ->
                        isThere ? Future.succeededFuture() : forget(recording).mapEmpty());
    }

    /** @return how many were remembered, 0 or 1 */
    Future<Integer> forget(String recording) {
        underWay.remove(recording);
        return redis.send(Request.cmd(Command.DEL).arg(RecordingKeys.info(recording)))
                .map(count -> count.toInteger());
    }

    private record Found(RecordingInfo info, StoredRecording stored) {}

    private static JsonObject json(Found found) {
        return found.info().json(found.stored().files());
    }

    /** Dashboards ask every second what there is of the recording that runs: those who ask at once share the answer. */
    private Future<Found> findOut(String recording) {
        Future<Found> asked = underWay.get(recording);
        if (asked != null) {
            return asked;
        }
        Future<Found> found = lookUp(recording);
        underWay.put(recording, found);
        return found.onComplete(looked -> underWay.remove(recording, found));
    }

    private Future<Found> lookUp(String recording) {
        RecordingInfo info = new RecordingInfo(recording, times);
        return store.find(recording).compose(stored -> {
            Iterator<StoredStream> streams = stored.streams().iterator();
            return Loop.whileTrue(() -> streams.hasNext()
                            ? add(recording, streams.next(), info).map(true)
                            : Future.succeededFuture(false))
                    .map(all -> new Found(info, stored));
        });
    }

    private Future<Void> add(String recording, StoredStream stream, RecordingInfo info) {
        return EntrySpan.of(store, recording, stream)
                .onSuccess(span -> info.add(stream, span))
                .<Void>mapEmpty()
                .recover(error -> {
                    if (!(error instanceof BrokenZip)) {
                        return Future.failedFuture(error);
                    }
                    info.addBroken(stream, error.getMessage());
                    return Future.succeededFuture();
                });
    }
}
