package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.DocumentText;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.ChangeMetadata;
import lyceum.stream.StreamService.Metadata;

/**
 * Changes what is known of streams. It is merged here and not in Redis, whose JSON forgets the order of members, long
 * numbers and empty lists. So those who change the same stream here take turns, and another instance may only come between.
 * Lives on one context.
 */
final class MetadataChanges {

    /** Of other instances each can be faster with one change at a time, and all of them together hardly so often. */
    private static final int MOST_ATTEMPTS = 64;

    private static final int MOST_WAITING = 1000;

    /** ARGV: what it must be now, empty for nothing, and what it becomes. */
    private static final String REPLACE = """
            if (redis.call('GET', KEYS[1]) or '') ~= ARGV[1] then return 0 end
            redis.call('SET', KEYS[1], ARGV[2])
            return 1
            """;

    private final RedisLines redis;
    private final Map<String, Future<Metadata>> lastOnes = new HashMap<>();
    private int waiting;

    MetadataChanges(RedisLines redis) {
        this.redis = redis;
    }

    /** @return as {@code StreamService.changeMetadata} */
    Future<Metadata> change(ChangeMetadata order) {
        JsonObject members =
                object(order.json()).orElseThrow(() -> Failure.invalid("the metadata of a stream is a JSON object"));
        if (waiting == MOST_WAITING) {
            return Future.failedFuture(RedisFailure.busy());
        }
        waiting++;
        String stream = order.stream();
        Future<Metadata> change = lastOnes.getOrDefault(stream, Future.succeededFuture())
                .transform(before -> change(order, members, MOST_ATTEMPTS));
        lastOnes.put(stream, change);
        return change.onComplete(done -> {
            waiting--;
            lastOnes.remove(stream, change);
        });
    }

    private Future<Metadata> change(ChangeMetadata order, JsonObject members, int attempts) {
        if (attempts == 0) {
            return Future.failedFuture(new Failure(Kind.CONFLICT, "others change the same metadata"));
        }
        String key = Registry.METADATA_KEY + order.stream();
        return redis.send(Request.cmd(Command.GET).arg(key)).compose(value -> {
            // As it is, which may be no UTF-8: another program has written it.
            Buffer before = value == null ? Buffer.buffer() : value.toBuffer();
            // What Redis cannot keep would be another text, or the name of another member.
            String json = DocumentText.check(order.override() ? members.encode() : merged(before.toString(), members));
            if (json.getBytes(StandardCharsets.UTF_8).length > StreamService.METADATA_BYTES) {
                throw Failure.invalid("metadata has at most %d bytes".formatted(StreamService.METADATA_BYTES));
            }
            return redis.send(Request.cmd(Command.EVAL)
                            .arg(REPLACE)
                            .arg(1)
                            .arg(key)
                            .arg(before)
                            .arg(json))
                    .compose(done -> done.toInteger() == 1
                            ? Future.succeededFuture(new Metadata(json))
                            : change(order, members, attempts - 1));
        });
    }

    private static String merged(String before, JsonObject members) {
        return object(before).map(old -> old.mergeIn(members)).orElse(members).encode();
    }

    private static Optional<JsonObject> object(String json) {
        try {
            return json.isEmpty() ? Optional.empty() : Optional.of(new JsonObject(json));
        } catch (DecodeException noObject) {
            return Optional.empty();
        }
    }
}
