package lyceum.gateway.rate;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Buckets that all gateways share, in Redis: {@code lyceum:rate:<key>} is when the bucket would be full again, in
 * microseconds of Redis' own clock, so that no two gateways need to agree on the time. A key is gone when its bucket is full.
 */
final class SharedBuckets {

    private static final String PREFIX = "lyceum:rate:";

    /** The generic cell rate algorithm for several permits at once; numbers stay below 2^53, where Lua's are exact. */
    private static final String SCRIPT = """
            local time = redis.call('TIME')
            local now = time[1] * 1000000 + time[2]
            local interval, burst, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
            local full = math.max(now, tonumber(redis.call('GET', KEYS[1]) or now))
            local permits = math.min(wanted, math.floor((now + burst * interval - full) / interval))
            if permits < 1 then
                return {0, math.ceil((full + interval - burst * interval - now) / 1000)}
            end
            full = full + permits * interval
            redis.call('SET', KEYS[1], string.format('%.0f', full), 'PX', math.ceil((full - now) / 1000))
            return {permits, 0}
            """;

    private static final String DIGEST = digest();

    private final RedisLink redis;

    SharedBuckets(RedisLink redis) {
        this.redis = redis;
    }

    /** @return as many permits as there are, up to those wanted; fails where Redis does not answer */
    Future<Lease> lease(String key, Rate rate, int wanted) {
        return redis.send(command(Command.EVALSHA, DIGEST, key, rate, wanted))
                // After Redis was started anew it has forgotten its scripts.
                .recover(error -> isUnknownScript(error)
                        ? redis.send(command(Command.EVAL, SCRIPT, key, rate, wanted))
                        : Future.failedFuture(error))
                .map(SharedBuckets::lease);
    }

    private static Request command(Command command, String script, String key, Rate rate, int wanted) {
        return Request.cmd(command)
                .arg(script)
                .arg(1)
                .arg(PREFIX + key)
                .arg(rate.intervalMicros())
                .arg(rate.burst())
                .arg(wanted);
    }

    private static Lease lease(Response answer) {
        return new Lease(answer.get(0).toInteger(), answer.get(1).toLong());
    }

    private static boolean isUnknownScript(Throwable error) {
        return error.getMessage() != null && error.getMessage().startsWith("NOSCRIPT");
    }

    private static String digest() {
        try {
            MessageDigest sha1 = MessageDigest.getInstance("SHA-1");
            return HexFormat.of().formatHex(sha1.digest(SCRIPT.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
