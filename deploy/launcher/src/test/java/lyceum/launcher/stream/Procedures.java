package lyceum.launcher.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lyceum.launcher.wire.RunningSuite;
import lyceum.launcher.wire.Socket;

/** What recordings describe in words. */
record Procedures(RunningSuite suite, Visitors visitors) {

    private static final int BATCHES = 13;
    private static final int ENTRIES = 100;
    private static final int LEAST_LEFT = 1000;
    private static final int MOST_LEFT = 1099;

    private static final int READERS = 5;

    private static final Pattern PULLING =
            Pattern.compile("lyceum_gateway_stream_sockets\\{[^}]*kind=\"pull\"[^}]*} (\\S+)");

    private static final Pattern BLOCKED = Pattern.compile("blocked_clients:(\\d+)");

    /** @throws AssertionError where the case does not end as it must */
    void follow(RecordedCase recorded) {
        switch (recorded.name()) {
            case "data_http/maxlen" -> trimsStreams();
            case "ws_pull/idle-close-leak" -> noticesReadersThatLeave();
            default -> throw new IllegalArgumentException("no such procedure: " + recorded.name());
        }
    }

    private void trimsStreams() {
        for (int batch = 0; batch < BATCHES; batch++) {
            visitors.push("ml", Collections.nCopies(ENTRIES, "four"));
        }
        assertThat(visitors.get("/streams/ml").required("length").asInt()).isBetween(LEAST_LEFT, MOST_LEFT);
    }

    /** One blocking read serves all readers of an instance, of which there are as many as gateways; those count their sockets. */
    private void noticesReadersThatLeave() {
        Redis redis = Redis.createClient(suite.vertx(), suite.redisUrl());
        long before = blockedClients(redis);
        List<Socket> readers = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            readers.add(visitors.open("/data/idle/pull"));
        }
        await().untilAsserted(() -> assertThat(pullingSockets()).isEqualTo(READERS));
        assertThat(blockedClients(redis))
                .isLessThanOrEqualTo(before + suite.doors().size());
        readers.forEach(Socket::close);
        await().untilAsserted(() -> assertThat(pullingSockets()).isZero());
        await().untilAsserted(() -> assertThat(blockedClients(redis)).isLessThanOrEqualTo(before));
        redis.close();
    }

    private long pullingSockets() {
        Matcher sockets = PULLING.matcher(suite.metrics());
        List<Double> counts = sockets.results()
                .map(count -> Double.parseDouble(count.group(1)))
                .toList();
        assertThat(counts).as("count of sockets that pull, of each gateway").isNotEmpty();
        return (long) counts.stream().mapToDouble(Double::doubleValue).sum();
    }

    private static long blockedClients(Redis redis) {
        String report =
                redis.send(Request.cmd(Command.INFO).arg("clients")).await().toString();
        Matcher blocked = BLOCKED.matcher(report);
        assertThat(blocked.find()).as(report).isTrue();
        return Long.parseLong(blocked.group(1));
    }
}
