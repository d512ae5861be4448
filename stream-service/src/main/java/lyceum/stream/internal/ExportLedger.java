package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lyceum.stream.RecordingExportService.Phase;
import lyceum.stream.RecordingExportService.StreamExport;
import lyceum.stream.internal.archive.NameOrder;

/**
 * What is to be exported, and what has become of it, where all instances find it and where it is after a crash: in Redis. A
 * recording is due until each of its exports is done or has failed for good.
 */
final class ExportLedger {

    /** Hash: recordings that are due, and from when on, in ms since 1970. */
    static final String DUE = "lyceum:exports:due";

    /** Hash: recordings that get another name just now, and that name. */
    static final String MOVES = "lyceum:exports:moves";

    private static final String STATES = "lyceum:exports:of:";

    /** After so long it is forgotten what has become of exports; the files stay. */
    private static final Duration KEPT = Duration.ofDays(7);

    /** KEYS: due, states, new states, moves; ARGV: recording, new name. */
    private static final String FOLLOW = """
            local at = redis.call('HGET', KEYS[1], ARGV[1])
            if at then
              redis.call('HDEL', KEYS[1], ARGV[1])
              redis.call('HSET', KEYS[1], ARGV[2], at)
            end
            if redis.call('EXISTS', KEYS[2]) == 1 then redis.call('RENAME', KEYS[2], KEYS[3]) end
            redis.call('HDEL', KEYS[4], ARGV[1])
            return 1
            """;

    /** KEYS: due; ARGV: recording, since when it was due. Who has ordered something since has said another time. */
    private static final String SETTLE = """
            if redis.call('HGET', KEYS[1], ARGV[1]) == ARGV[2] then return redis.call('HDEL', KEYS[1], ARGV[1]) end
            return 0
            """;

    private final RedisLines redis;

    /** A recording that is due, and since when, in ms since 1970. */
    record Due(String recording, long sinceMillis) {}

    ExportLedger(RedisLines redis) {
        this.redis = redis;
    }

    /** @return hash: what has become of each stream */
    static String states(String recording) {
        return STATES + recording;
    }

    /** @return how many recordings are due */
    Future<Integer> countDue() {
        return redis.send(Request.cmd(Command.HLEN).arg(DUE)).map(Response::toInteger);
    }

    /** @return the one that is due for the longest time, or that was asked for first; empty where none is yet */
    Future<Optional<Due>> nextDue(long nowMillis) {
        return redis.send(Request.cmd(Command.HGETALL).arg(DUE)).map(reply -> {
            Optional<Due> next = Optional.empty();
            long earliest = nowMillis;
            for (int i = 0; i + 1 < reply.size(); i += 2) {
                long at = reply.get(i + 1).toLong();
                if (at <= earliest) {
                    earliest = at;
                    next = Optional.of(new Due(reply.get(i).toString(), at));
                }
            }
            return next;
        });
    }

    /** A recording is due from some time on. */
    Future<Void> postpone(String recording, long atMillis) {
        return redis.send(Request.cmd(Command.HSET).arg(DUE).arg(recording).arg(atMillis))
                .mapEmpty();
    }

    /** There is nothing more to do for a recording, unless something has been ordered since it became due. */
    Future<Void> settle(Due due) {
        return redis.send(Request.cmd(Command.EVAL)
                        .arg(SETTLE)
                        .arg(1)
                        .arg(DUE)
                        .arg(due.recording())
                        .arg(due.sinceMillis()))
                .mapEmpty();
    }

    /** Nothing is wanted of a recording any more. */
    Future<Void> cancel(String recording) {
        return redis.send(Request.cmd(Command.HDEL).arg(DUE).arg(recording)).mapEmpty();
    }

    /** There is no such recording any more. */
    Future<Void> forget(String recording) {
        return cancel(recording)
                .compose(cancelled -> redis.send(Request.cmd(Command.DEL).arg(states(recording))))
                .compose(forgotten -> withdraw(recording));
    }

    /**
     * A recording is about to get another name: whoever finds that it is not there any more knows then where it is, also
     * where nobody could say so afterwards.
     */
    Future<Void> announce(String recording, String newName) {
        return redis.send(Request.cmd(Command.HSET).arg(MOVES).arg(recording).arg(newName))
                .mapEmpty();
    }

    /** A recording keeps its name. */
    Future<Void> withdraw(String recording) {
        return redis.send(Request.cmd(Command.HDEL).arg(MOVES).arg(recording)).mapEmpty();
    }

    /** A recording that is due is not there: it has got another name, or there is none. */
    Future<Void> followOrForget(String recording) {
        return redis.send(Request.cmd(Command.HGET).arg(MOVES).arg(recording))
                .compose(newName -> newName == null ? forget(recording) : follow(recording, newName.toString()));
    }

    /** A recording has another name. */
    Future<Void> follow(String recording, String newName) {
        return redis.send(Request.cmd(Command.EVAL)
                        .arg(FOLLOW)
                        .arg(4)
                        .arg(DUE)
                        .arg(states(recording))
                        .arg(states(newName))
                        .arg(MOVES)
                        .arg(recording)
                        .arg(newName))
                .mapEmpty();
    }

    /** @return what is known of each stream, by its name */
    Future<Map<String, StreamExport>> find(String recording) {
        return redis.send(Request.cmd(Command.HGETALL).arg(states(recording))).map(reply -> {
            Map<String, StreamExport> found = new TreeMap<>(NameOrder.BY_CODE_POINT);
            for (int i = 0; i + 1 < reply.size(); i += 2) {
                read(reply.get(i).toString(), reply.get(i + 1).toString())
                        .ifPresent(export -> found.put(export.stream(), export));
            }
            return found;
        });
    }

    Future<Void> put(String recording, StreamExport export) {
        String key = states(recording);
        return redis.send(
                        Request.cmd(Command.HSET).arg(key).arg(export.stream()).arg(write(export)))
                .compose(put -> redis.send(Request.cmd(Command.PEXPIRE).arg(key).arg(KEPT.toMillis())))
                .mapEmpty();
    }

    private static String write(StreamExport export) {
        return new JsonObject()
                .put("file", export.file())
                .put("phase", export.phase().name())
                .put("fraction", export.fraction())
                .put("attempts", export.attempts())
                .put("bytes", export.bytes())
                .put("entries", export.entries())
                .put("leftOut", export.leftOut())
                .put("failure", export.failure())
                .encode();
    }

    /** What a later version has written may be anything. */
    private static Optional<StreamExport> read(String stream, String text) {
        try {
            JsonObject json = new JsonObject(text);
            return Optional.of(new StreamExport(
                    stream,
                    json.getString("file", ""),
                    Phase.valueOf(json.getString("phase")),
                    json.getDouble("fraction", 0.0),
                    json.getInteger("attempts", 0),
                    json.getLong("bytes", 0L),
                    json.getLong("entries", 0L),
                    json.getLong("leftOut", 0L),
                    json.getString("failure", "")));
        } catch (DecodeException | IllegalArgumentException | NullPointerException | ClassCastException unknown) {
            return Optional.empty();
        }
    }
}
