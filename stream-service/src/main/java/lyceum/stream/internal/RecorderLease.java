package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * Who records: of all instances the one that holds a key in Redis, which expires when it gives no sign. With the answer
 * to each sign comes what there is to be recorded.
 */
final class RecorderLease {

    static final String KEY = "lyceum:recorder";

    private static final String TERM = KEY + ":term";

    /** Signs are given so often that the key is set anew when a third of its time is over. */
    private static final double RENEWED_BELOW = 2.0 / 3;

    /** Clocks run differently, and a permission is used a moment after it was asked for. */
    private static final double TRUSTED = 0.8;

    /** KEYS: lease, term, running, events, unfinished; ARGV: instance, milliseconds of the lease, and when it is renewed. */
    private static final String SIGN = """
            local time = redis.call('TIME')
            local holder = redis.call('GET', KEYS[1])
            if not holder then redis.call('INCR', KEYS[2]) end
            if not holder or (holder == ARGV[1] and redis.call('PTTL', KEYS[1]) < tonumber(ARGV[3])) then
              redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
              holder = ARGV[1]
            end
            if holder ~= ARGV[1] then return {0} end
            local running = redis.pcall('GET', KEYS[3])
            if type(running) ~= 'string' then running = '' end
            local event, name = '', ''
            local last = redis.pcall('XREVRANGE', KEYS[4], '+', '-', 'COUNT', 1)
            if last[1] then
              event = last[1][1]
              for i = 1, #last[1][2], 2 do
                if last[1][2][i] == 'd' then name = last[1][2][i + 1] end
              end
            end
            return {1, redis.call('PTTL', KEYS[1]), redis.call('GET', KEYS[2]), time[1], time[2], running, event, name,
              redis.call('SMEMBERS', KEYS[5])}
            """;

    private static final String RELEASE = """
            if redis.call('GET', KEYS[1]) == ARGV[1] then return redis.call('DEL', KEYS[1]) end
            return 0
            """;

    private final RedisLines redis;
    private final String instance;
    private final Duration lease;

    private volatile long heldUntilNanos = System.nanoTime();

    /** @param instance unique in the cluster */
    RecorderLease(RedisLines redis, String instance, Duration lease) {
        this.redis = redis;
        this.instance = instance;
        this.lease = lease;
    }

    /**
     * What there is to do.
     *
     * @param isOurs whether this instance records; if not, the rest is empty
     * @param term grows by one each time that an instance begins to record
     * @param nowMillis by the clock of Redis
     * @param running name of the recording that runs, empty for none
     * @param event id of the last start or stop that was told, {@link EntryId#NONE} for none
     * @param eventName what was started then, empty for a stop
     * @param unfinished recordings that are not whole yet
     */
    record Duty(
            boolean isOurs,
            long term,
            long nowMillis,
            String running,
            EntryId event,
            String eventName,
            Set<String> unfinished) {

        private static final Duty OF_OTHERS = new Duty(false, 0, 0, "", EntryId.NONE, "", Set.of());

        /** @return when what runs was started */
        EntryId started() {
            return eventName.equals(running) ? event : new EntryId(nowMillis, 0);
        }
    }

    /** Gives a sign. @return what there is to do */
    Future<Duty> sign() {
        long sentNanos = System.nanoTime();
        return redis.send(Request.cmd(Command.EVAL)
                        .arg(SIGN)
                        .arg(5)
                        .arg(KEY)
                        .arg(TERM)
                        .arg(RecordingKeys.RUNNING)
                        .arg(RecordingKeys.EVENTS)
                        .arg(RecordingKeys.UNFINISHED)
                        .arg(instance)
                        .arg(lease.toMillis())
                        .arg((long) (lease.toMillis() * RENEWED_BELOW)))
                .map(reply -> duty(reply, sentNanos));
    }

    private Duty duty(Response reply, long sentNanos) {
        if (reply.get(0).toInteger() == 0) {
            heldUntilNanos = System.nanoTime();
            return Duty.OF_OTHERS;
        }
        heldUntilNanos =
                sentNanos + (long) (TimeUnit.MILLISECONDS.toNanos(reply.get(1).toLong()) * TRUSTED);
        Set<String> unfinished = new HashSet<>();
        reply.get(8).forEach(name -> unfinished.add(name.toString()));
        String event = reply.get(6).toString();
        return new Duty(
                true,
                reply.get(2).toLong(),
                reply.get(3).toLong() * 1000 + reply.get(4).toLong() / 1000,
                reply.get(5).toString(),
                event.isEmpty() ? EntryId.NONE : EntryId.of(event),
                reply.get(7).toString(),
                unfinished);
    }

    /** @return whether nobody else can be recording; may be asked on any thread */
    boolean isHeld() {
        return System.nanoTime() - heldUntilNanos < 0;
    }

    /** Lets others record at once. */
    Future<Void> release() {
        heldUntilNanos = System.nanoTime();
        return redis.send(Request.cmd(Command.EVAL).arg(RELEASE).arg(1).arg(KEY).arg(instance))
                .mapEmpty();
    }
}
