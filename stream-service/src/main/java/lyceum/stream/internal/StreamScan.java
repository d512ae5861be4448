package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lyceum.platform.Loop;

/** Looks over all streams, whoever writes them. */
final class StreamScan {

    private static final int KEYS_IN_STEP = 1000;

    /** Redis reads the last entry of each to tell its id. */
    private static final int STREAMS_IN_STEP = 16;

    private static final String LAST_IDS = """
            local ids = {}
            for i = 1, #KEYS do
              local info = redis.pcall('XINFO', 'STREAM', KEYS[i])
              ids[i] = ''
              for j = 1, info.err and 0 or #info, 2 do
                if info[j] == 'last-generated-id' then ids[i] = info[j + 1] end
              end
            end
            return ids
            """;

    private final RedisLines redis;

    StreamScan(RedisLines redis) {
        this.redis = redis;
    }

    /** @param most names are found. @return names of streams, in no order */
    Future<Set<String>> names(int most) {
        Set<String> names = new LinkedHashSet<>();
        String[] cursor = {"0"};
        return Loop.whileTrue(() -> redis.send(Request.cmd(Command.SCAN)
                                .arg(cursor[0])
                                .arg("COUNT")
                                .arg(KEYS_IN_STEP)
                                .arg("TYPE")
                                .arg("stream"))
                        .map(reply -> {
                            cursor[0] = reply.get(0).toString();
                            reply.get(1).forEach(key -> names.add(key.toString()));
                            return !cursor[0].equals("0") && names.size() < most;
                        }))
                .map(all -> names);
    }

    /** @param most streams. @return the last id that was given in each that there is */
    Future<Map<String, EntryId>> lastIds(int most) {
        return names(most).map(List::copyOf).compose(this::lastIds);
    }

    /**
     * @param most streams
     * @return the last id in each where that is no time, or one that is not over yet: whose clock is ahead, or who counts
     */
    Future<Map<String, EntryId>> lastIdsAhead(int most) {
        return lastIds(most)
                .compose(ids -> now().map(now -> {
                    ids.values().removeIf(last -> !last.isAfter(now));
                    return ids;
                }));
    }

    /** @return the last id that was given in each stream; those that do not exist are absent */
    Future<Map<String, EntryId>> lastIds(List<String> streams) {
        Map<String, EntryId> ids = new HashMap<>();
        int[] next = {0};
        return Loop.whileTrue(() -> {
                    List<String> some = streams.subList(next[0], Math.min(streams.size(), next[0] + STREAMS_IN_STEP));
                    next[0] += some.size();
                    return some.isEmpty() ? Future.succeededFuture(false) : lastIds(some, ids);
                })
                .map(all -> ids);
    }

    private Future<Boolean> lastIds(List<String> streams, Map<String, EntryId> ids) {
        Request question = Request.cmd(Command.EVAL).arg(LAST_IDS).arg(streams.size());
        streams.forEach(question::arg);
        return redis.send(question).map(reply -> {
            for (int i = 0; i < streams.size(); i++) {
                String id = reply.get(i).toString();
                if (!id.isEmpty()) {
                    ids.put(streams.get(i), EntryId.of(id));
                }
            }
            return true;
        });
    }

    /** @return the largest id that Redis gives by its clock in this millisecond */
    private Future<EntryId> now() {
        return redis.send(Request.cmd(Command.TIME))
                .map(time ->
                        new EntryId(time.get(0).toLong() * 1000 + time.get(1).toLong() / 1000, -1));
    }

    /** @param positions by stream. @return streams that have entries behind their position */
    Future<List<String>> haveNews(Map<String, EntryId> positions) {
        if (positions.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        Request question = Request.cmd(Command.XREAD).arg("COUNT").arg(1).arg("STREAMS");
        positions.keySet().forEach(question::arg);
        positions.values().forEach(position -> question.arg(position.toString()));
        return redis.send(question).map(StreamScan::streams);
    }

    private static List<String> streams(Response reply) {
        List<String> streams = new ArrayList<>();
        if (reply != null) {
            reply.forEach(news -> streams.add(news.get(0).toString()));
        }
        return streams;
    }
}
