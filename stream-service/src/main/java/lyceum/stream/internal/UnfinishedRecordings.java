package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Loop;

/**
 * What is known of a recording until it is whole: when it was started, so that none is too short to be seen, and where it
 * began in the streams that there were, so that another recorder can go on with it, and those which came later are
 * recorded from their first entry. Only who holds the lease may change it.
 */
final class UnfinishedRecordings {

    /** Names no stream, but the start of the recording itself. */
    static final String START = "";

    /** Names no stream either: it is there when all others are. */
    private static final String BEGUN = "lyceum:begun";

    /** So many fields at once. */
    private static final int STEP = 500;

    /** KEYS: lease, starts; ARGV: instance, then stream and id in turn. */
    private static final String NOTE = """
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
            for i = 2, #ARGV, 2 do redis.call('HSET', KEYS[2], ARGV[i], ARGV[i + 1]) end
            return 1
            """;

    /** KEYS: lease, unfinished, starts; ARGV: instance, recording, id of its start. */
    private static final String BEGIN = """
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
            redis.call('SADD', KEYS[2], ARGV[2])
            redis.call('HSET', KEYS[3], '', ARGV[3], 'lyceum:begun', '0-0')
            return 1
            """;

    /** KEYS: lease, unfinished, starts, info, exports due, exports; ARGV: instance, recording, whether it is exported. */
    private static final String END = """
            if redis.call('GET', KEYS[1]) ~= ARGV[1] then return 0 end
            redis.call('SREM', KEYS[2], ARGV[2])
            redis.call('DEL', KEYS[3], KEYS[4])
            if ARGV[3] == '1' then
              redis.call('DEL', KEYS[6])
              redis.call('HSET', KEYS[5], ARGV[2], '0')
            end
            return 1
            """;

    private final RedisLines redis;
    private final String instance;

    /** @param instance holds the lease */
    UnfinishedRecordings(RedisLines redis, String instance) {
        this.redis = redis;
        this.instance = instance;
    }

    /**
     * What is known.
     *
     * @param start when it was started; null where that was not told
     * @param isBegun whether it is known where it began
     * @param streams behind which entries of which streams it began; where that is not known, behind which ones it is to
     *     begin in those whose ids were ahead of the clock when it was started
     */
    record Noted(EntryId start, boolean isBegun, Map<String, EntryId> streams) {}

    /** Notes where a recording began: all of it or nothing. */
    Future<Void> begin(String recording, EntryId start, Map<String, EntryId> starts) {
        String key = RecordingKeys.starts(recording);
        List<Map.Entry<String, EntryId>> all = new ArrayList<>(starts.entrySet());
        int[] next = {0};
        return Loop.whileTrue(() -> {
                    List<Map.Entry<String, EntryId>> some = all.subList(next[0], Math.min(all.size(), next[0] + STEP));
                    next[0] += some.size();
                    return some.isEmpty()
                            ? Future.succeededFuture(false)
                            : note(key, some).map(true);
                })
                .compose(noted -> fenced(Request.cmd(Command.EVAL)
                        .arg(BEGIN)
                        .arg(3)
                        .arg(RecorderLease.KEY)
                        .arg(RecordingKeys.UNFINISHED)
                        .arg(key)
                        .arg(instance)
                        .arg(recording)
                        .arg(start.toString())));
    }

    private Future<Void> note(String key, List<Map.Entry<String, EntryId>> starts) {
        Request request = Request.cmd(Command.EVAL)
                .arg(NOTE)
                .arg(2)
                .arg(RecorderLease.KEY)
                .arg(key)
                .arg(instance);
        starts.forEach(start -> request.arg(start.getKey()).arg(start.getValue().toString()));
        return fenced(request);
    }

    Future<Noted> find(String recording) {
        return redis.send(Request.cmd(Command.HGETALL).arg(RecordingKeys.starts(recording)))
                .map(reply -> {
                    Map<String, EntryId> streams = new HashMap<>();
                    for (int i = 0; i + 1 < reply.size(); i += 2) {
                        streams.put(
                                reply.get(i).toString(),
                                EntryId.of(reply.get(i + 1).toString()));
                    }
                    EntryId start = streams.remove(START);
                    return new Noted(start, streams.remove(BEGUN) != null, streams);
                });
    }

    /**
     * A recording is whole, and what was known of it is not true any more.
     *
     * @param isExported whether files are to be made of it
     */
    Future<Void> end(String recording, boolean isExported) {
        return fenced(Request.cmd(Command.EVAL)
                .arg(END)
                .arg(6)
                .arg(RecorderLease.KEY)
                .arg(RecordingKeys.UNFINISHED)
                .arg(RecordingKeys.starts(recording))
                .arg(RecordingKeys.info(recording))
                .arg(ExportLedger.DUE)
                .arg(ExportLedger.states(recording))
                .arg(instance)
                .arg(recording)
                .arg(isExported ? 1 : 0));
    }

    private Future<Void> fenced(Request request) {
        return redis.send(request).compose(UnfinishedRecordings::check);
    }

    private static Future<Void> check(Response isDone) {
        return isDone.toInteger() == 1
                ? Future.succeededFuture()
                : Future.failedFuture(new Failure(Kind.UNAVAILABLE, "another instance records"));
    }
}
