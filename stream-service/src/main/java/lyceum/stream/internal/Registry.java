package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Loop;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.ChangeMetadata;
import lyceum.stream.StreamService.Deletion;
import lyceum.stream.StreamService.Deletions;
import lyceum.stream.StreamService.Metadata;
import lyceum.stream.StreamService.StreamInfo;
import lyceum.stream.StreamService.StreamInfos;
import lyceum.stream.StreamService.StreamNames;

/** Which streams there are, and what is known of them. */
final class Registry {

    /** Before the name of a stream: where its metadata is. */
    static final String METADATA_KEY = "XMETA:";

    /** Information takes so many bytes in one answer, or that of one stream. */
    private static final int ANSWER_BYTES = 256 * 1024;

    /**
     * First and last entry come with their payload, which may be long and is not asked for: only their ids are left.
     */
    private static final String DESCRIBE = """
            local info = redis.pcall('XINFO', 'STREAM', KEYS[1])
            if info.err then
              if string.find(info.err, 'no such key', 1, true) then return false end
              return info
            end
            for i = 1, #info, 2 do
              if info[i] == 'first-entry' or info[i] == 'last-entry' then
                info[i + 1] = info[i + 1] and info[i + 1][1] or ''
              end
            end
            return info
            """;

    /** Answers as the original does: metadata, entries, keys. */
    private static final String DELETE = """
            local entries = redis.call('XLEN', KEYS[1])
            return {redis.call('DEL', KEYS[2]), entries, redis.call('UNLINK', KEYS[1])}
            """;

    private final RedisLines redis;
    private final Announcer announcer;
    private final MetadataChanges changes;

    /** @param announcer told of what was deleted */
    Registry(RedisLines redis, Announcer announcer) {
        this.redis = redis;
        this.announcer = announcer;
        this.changes = new MetadataChanges(redis);
    }

    /** @return as {@code StreamService.listStreams} */
    Future<StreamNames> list(String after) {
        NamePage page = new NamePage(after, StreamService.PAGE_NAMES);
        return Loop.whileTrue(() -> redis.send(page.scan()).map(page::take)).map(all -> page.names());
    }

    /** @return as {@code StreamService.describeStreams} */
    Future<StreamInfos> describe(List<String> streams) {
        List<StreamInfo> infos = new ArrayList<>();
        int[] bytes = {0};
        return Loop.whileTrue(() -> describe(streams.get(infos.size())).map(info -> {
                    bytes[0] += weight(info);
                    if (infos.isEmpty() || bytes[0] <= ANSWER_BYTES) {
                        infos.add(info);
                    }
                    return infos.size() < streams.size() && bytes[0] <= ANSWER_BYTES;
                }))
                .map(all -> new StreamInfos(infos));
    }

    /** @return as {@code StreamService.changeMetadata} */
    Future<Metadata> change(ChangeMetadata order) {
        return changes.change(order);
    }

    /** @return as {@code StreamService.deleteStreams}; where one of them is none, nothing is deleted */
    Future<Deletions> delete(List<String> streams) {
        List<Deletion> deletions = new ArrayList<>();
        return Loop.each(
                        streams,
                        stream -> redis.send(Request.cmd(Command.XLEN).arg(stream))
                                .mapEmpty())
                .compose(all -> Loop.whileTrue(
                        () -> delete(streams.get(deletions.size())).map(deletion -> {
                            deletions.add(deletion);
                            return deletions.size() < streams.size();
                        })))
                .map(all -> new Deletions(deletions));
    }

    private Future<Deletion> delete(String stream) {
        return redis.send(
                        Request.cmd(Command.EVAL).arg(DELETE).arg(2).arg(stream).arg(METADATA_KEY + stream))
                .map(counts -> new Deletion(
                        counts.get(0).toInteger(),
                        counts.get(1).toLong(),
                        counts.get(2).toInteger()))
                .onSuccess(deletion -> {
                    if (deletion.keys() > 0) {
                        announcer.deleted(stream);
                    }
                });
    }

    private Future<StreamInfo> describe(String stream) {
        Request question = Request.cmd(Command.EVAL).arg(DESCRIBE).arg(1).arg(stream);
        return redis.send(question)
                .compose(report ->
                        metadata(stream).map(metadata -> info(stream, report, metadata.isEmpty() ? null : metadata)));
    }

    /** @return none where another program keeps something else there */
    private Future<String> metadata(String stream) {
        return text(METADATA_KEY + stream)
                .recover(error -> RedisFailure.of(error) instanceof Failure failure && failure.kind() == Kind.INVALID
                        ? Future.succeededFuture("")
                        : Future.failedFuture(error));
    }

    private static StreamInfo info(String stream, Response report, String metadata) {
        Map<String, Long> figures = new HashMap<>();
        Map<String, String> ids = new HashMap<>();
        for (int i = 0; report != null && i + 1 < report.size(); i += 2) {
            String name = report.get(i).toString();
            Response value = report.get(i + 1);
            if (value.type() == ResponseType.NUMBER) {
                figures.put(name, value.toLong());
            } else if (!value.toString().isEmpty()) {
                ids.put(name, value.toString());
            }
        }
        return new StreamInfo(stream, report != null, figures, ids, metadata);
    }

    private Future<String> text(String key) {
        return redis.send(Request.cmd(Command.GET).arg(key)).map(value -> value == null ? "" : value.toString());
    }

    private static int weight(StreamInfo info) {
        return 1024 + (info.metadata() == null ? 0 : info.metadata().length());
    }
}
