package lyceum.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** Disturbs one process or store after the other, by a seed; waits until it serves again, and a while longer. */
final class Chaos {

    private static final long PAUSE_SECONDS = 8;
    private static final long DOWN_SECONDS = 2;
    /** So that what follows from one is not counted to the next. */
    private static final int LEAST_REST_SECONDS = 5;

    private static final int MOST_REST_SECONDS = 12;

    private final Fleet fleet;
    private final RestartableStore redis;
    private final RestartableStore postgres;
    private final Random random;
    private final List<Strike> strikes = new ArrayList<>();

    /**
     * One of them.
     *
     * @param from by {@link System#nanoTime()}
     * @param to when the next one may come
     * @param backSeconds until what was struck served again
     */
    record Strike(Disturbance disturbance, String target, long from, long to, double backSeconds) {}

    Chaos(Fleet fleet, RestartableStore redis, RestartableStore postgres, long seed) {
        this.fleet = fleet;
        this.redis = redis;
        this.postgres = postgres;
        this.random = new Random(seed);
    }

    /** @return all that was done, once the time is over */
    List<Strike> rage(long minutes) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
        while (System.nanoTime() < end) {
            Disturbance disturbance = Disturbance.values()[random.nextInt(Disturbance.values().length)];
            Member member = fleet.members().get(random.nextInt(fleet.members().size()));
            long from = System.nanoTime();
            String target = strike(disturbance, member);
            double backSeconds = (System.nanoTime() - from) / 1e9;
            TimeUnit.SECONDS.sleep(random.nextInt(LEAST_REST_SECONDS, MOST_REST_SECONDS));
            Strike strike = new Strike(disturbance, target, from, System.nanoTime(), backSeconds);
            strikes.add(strike);
            System.err.printf("%s of %s, back after %.1f s%n", disturbance.title(), target, backSeconds);
        }
        return strikes;
    }

    private String strike(Disturbance disturbance, Member member) throws IOException, InterruptedException {
        switch (disturbance) {
            case KILL -> {
                member.kill();
                member.start();
                member.awaitReady();
            }
            case TERMINATE -> {
                if (!member.terminate()) {
                    throw new IOException(member + " did not end when it was told to");
                }
                member.start();
                member.awaitReady();
            }
            case PAUSE -> {
                member.signal("STOP");
                TimeUnit.SECONDS.sleep(PAUSE_SECONDS);
                member.signal("CONT");
            }
            case REDIS -> restart(redis);
            case POSTGRES -> restart(postgres);
        }
        return disturbance == Disturbance.REDIS || disturbance == Disturbance.POSTGRES ? "store" : member.toString();
    }

    private static void restart(RestartableStore store) throws InterruptedException {
        store.kill();
        TimeUnit.SECONDS.sleep(DOWN_SECONDS);
        store.start();
    }
}
