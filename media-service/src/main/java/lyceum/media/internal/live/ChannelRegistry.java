package lyceum.media.internal.live;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.impl.types.ErrorType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import lyceum.media.LiveService;
import lyceum.media.LiveService.Place;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.RedisAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which instance has which channel, for all instances: a key in Redis for each channel that expires when its instance gives
 * no sign, and one list of the instances themselves. Lives on one context.
 */
final class ChannelRegistry {

    /** Signs are given three times as often. */
    static final Duration LEASE = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(ChannelRegistry.class);
    private static final Duration LIMIT = Duration.ofSeconds(3);
    private static final String PREFIX = "lyceum:live:channel:";
    private static final String EPOCH = "lyceum:live:last-epoch";
    private static final String INSTANCES = "lyceum:live:instances";
    private static final int MOST_WAITING = 1_000;

    /**
     * An epoch is the time in microseconds, or one more than the last one where that is later: Redis may lose what it has, and
     * may get another clock. By itself Lua would write a number of that size with an exponent.
     *
     * <p>KEYS: channel, last epoch; ARGV: instance, milliseconds of the lease, kind, place that is held or nothing.
     */
    private static final String CLAIM = """
            local place = redis.call('GET', KEYS[1])
            if not place then
              place = ARGV[4]
              if place == '' then
                local time = redis.call('TIME')
                local now = time[1] * 1000000 + time[2]
                local last = tonumber(redis.call('GET', KEYS[2]) or '0')
                local epoch = string.format('%.0f', math.max(now, last + 1))
                redis.call('SET', KEYS[2], epoch)
                place = ARGV[1] .. '|' .. epoch .. '|' .. ARGV[3]
              end
              redis.call('SET', KEYS[1], place, 'PX', ARGV[2])
            end
            return place
            """;

    /** KEYS: channels; ARGV: milliseconds of the lease, then the place of each. @return those that are others' by now */
    private static final String RENEW = """
            local lost = {}
            for i, key in ipairs(KEYS) do
              local place = redis.call('GET', key)
              if not place or place == ARGV[i + 1] then
                redis.call('SET', key, ARGV[i + 1], 'PX', ARGV[1])
              else
                lost[#lost + 1] = key
              end
            end
            return lost
            """;

    private static final String RELEASE = """
            if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
            return 0
            """;

    /** KEYS: instances; ARGV: instance, milliseconds of the lease. */
    private static final String SIGN = """
            local time = redis.call('TIME')
            local now = time[1] * 1000 + math.floor(time[2] / 1000)
            redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
            redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
            return 1
            """;

    private final Vertx vertx;
    private final RedisOptions options;
    private final String instance;
    private Redis client;

    /** @param instance unique in the cluster */
    ChannelRegistry(Vertx vertx, String redisUrl, String instance) {
        this.vertx = vertx;
        this.instance = instance;
        this.options = RedisAddress.options(redisUrl)
                // As metrics tell it; without it each start has another one.
                .setPoolName("live")
                .setMaxPoolSize(2)
                .setMaxPoolWaiting(MOST_WAITING)
                .setMaxWaitingHandlers(MOST_WAITING);
        this.options.getNetClientOptions().setConnectTimeout((int) LIMIT.toMillis());
    }

    /**
     * Takes a name where nobody has it.
     *
     * @param held place of a channel that this instance has by that name: it goes on there where Redis has lost it
     * @return who has it then
     */
    Future<Place> claim(String name, LiveService.Kind kind, Optional<Place> held) {
        String present = held.map(ChannelRegistry::text).orElse("");
        return send(eval(CLAIM, List.of(PREFIX + name, EPOCH), instance, LEASE.toMillis(), kind, present))
                .map(place -> place(place.toString()));
    }

    /** @return who has a name; or NOT_FOUND */
    Future<Place> find(String name) {
        return send(Request.cmd(Command.GET).arg(PREFIX + name)).map(place -> {
            if (place == null) {
                throw Failure.notFound("no such channel");
            }
            return place(place.toString());
        });
    }

    /** A name that this instance holds. */
    record Held(String name, Place place) {}

    /** Gives a sign for channels of this instance, and for itself. @return names of those that others have by now */
    Future<List<String>> renew(Collection<Held> held) {
        Future<Response> signed = send(eval(SIGN, List.of(INSTANCES), instance, LEASE.toMillis()));
        if (held.isEmpty()) {
            return signed.map(List.of());
        }
        List<String> keys =
                held.stream().map(channel -> PREFIX + channel.name()).toList();
        Stream<Object> places = held.stream().map(channel -> text(channel.place()));
        Object[] arguments = Stream.concat(Stream.of(LEASE.toMillis()), places).toArray();
        return signed.compose(sign -> send(eval(RENEW, keys, arguments))).map(lost -> {
            List<String> names = new ArrayList<>();
            lost.forEach(key -> names.add(key.toString().substring(PREFIX.length())));
            return names;
        });
    }

    /** Lets others have the name. */
    Future<Void> release(String name, Place place) {
        return send(eval(RELEASE, List.of(PREFIX + name), text(place))).mapEmpty();
    }

    /** @return all instances that gave signs, this one included */
    Future<List<String>> instances() {
        return send(Request.cmd(Command.ZRANGE).arg(INSTANCES).arg(0).arg(-1)).map(members -> {
            List<String> names = new ArrayList<>(List.of(instance));
            members.forEach(member -> names.add(member.toString()));
            return names.stream().distinct().toList();
        });
    }

    /** Is not seen by others any more. */
    Future<Void> leave() {
        return send(Request.cmd(Command.ZREM).arg(INSTANCES).arg(instance)).mapEmpty();
    }

    Future<Void> close() {
        Redis last = client;
        client = null;
        return last == null ? Future.succeededFuture() : last.close();
    }

    private static Request eval(String script, List<String> keys, Object... arguments) {
        Request request = Request.cmd(Command.EVAL).arg(script).arg(keys.size());
        keys.forEach(request::arg);
        for (Object argument : arguments) {
            request.arg(argument.toString());
        }
        return request;
    }

    private static Place place(String text) {
        String[] parts = text.split("\\|");
        return new Place(parts[0], Long.parseLong(parts[1]), LiveService.Kind.valueOf(parts[2]));
    }

    private static String text(Place place) {
        return place.instance() + '|' + place.epoch() + '|' + place.kind();
    }

    /** A connection that hangs is closed for sure only with its client. */
    private Future<Response> send(Request request) {
        if (client == null) {
            client = Redis.createClient(vertx, options);
        }
        Redis used = client;
        return used.send(request)
                .timeout(LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .recover(error -> {
                    if (!(error instanceof ErrorType)) {
                        drop(used);
                    }
                    // Its text may contain the address with the password.
                    LOG.debug(
                            "the registry of channels does not answer: {}",
                            error.getClass().getSimpleName());
                    return Future.failedFuture(new Failure(
                            Kind.UNAVAILABLE, "the registry of channels does not answer, please try again"));
                });
    }

    private void drop(Redis used) {
        if (client == used) {
            client = null;
            used.close().onFailure(error -> LOG.debug("a lost connection was not closed", error));
        }
    }
}
