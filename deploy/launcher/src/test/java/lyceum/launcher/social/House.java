package lyceum.launcher.social;

import static org.awaitility.Awaitility.await;

import io.vertx.sqlclient.Pool;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lyceum.launcher.wire.Door;
import lyceum.launcher.wire.RunningSuite;
import lyceum.launcher.wire.Sockets;
import lyceum.platform.FreePort;

/** social-service behind one gateway, or behind two of one cluster, at which the clients of a conversation come in by turns. */
final class House implements AutoCloseable {

    /** As if nobody had ever come; but turns are counted on, as those who have heard the last one expect. */
    private static final String FORGET = """
            UPDATE class
               SET hour_clicks = 0, hour_events = 0, earlier_clicks = 0, earlier_events = 0,
                   clicks_total = 0, events_total = 0;
            TRUNCATE hour, click, event, app_user RESTART IDENTITY""";

    private final List<RunningSuite> parts;
    private final List<Door> doors;
    private final Sockets webSockets;
    private final Pool rows;

    private House(List<RunningSuite> parts) {
        this.parts = parts;
        doors = parts.stream().flatMap(part -> part.doors().stream()).toList();
        RunningSuite first = parts.get(0);
        webSockets = Sockets.of(first.vertx());
        rows = first.rows("social");
    }

    static House of(int gateways) {
        return gateways == 1
                ? new House(List.of(RunningSuite.start(Map.of(), "social", "gateway")))
                : new House(cluster(gateways));
    }

    /** The first has the service in it. */
    private static List<RunningSuite> cluster(int gateways) {
        List<Integer> ports =
                IntStream.range(0, gateways).map(i -> FreePort.next()).boxed().toList();
        Map<String, String> settings = new HashMap<>();
        settings.put(
                "LYCEUM_CLUSTER_MEMBERS",
                String.join(",", ports.stream().map(port -> "127.0.0.1:" + port).toList()));
        List<RunningSuite> parts = new ArrayList<>();
        for (int port : ports) {
            settings.put("LYCEUM_CLUSTER_PORT", Integer.toString(port));
            parts.add(
                    parts.isEmpty()
                            ? RunningSuite.join(settings, "social", "gateway")
                            : RunningSuite.join(settings, "gateway"));
        }
        return parts;
    }

    Sockets webSockets() {
        return webSockets;
    }

    /** @return all gateways */
    List<Door> doors() {
        return doors;
    }

    /** @return the gateway at which the client of that number comes in */
    Door door(int client) {
        return doors.get(client % doors.size());
    }

    /** Waits until all have left, and makes it as it was when it was new. */
    void forget() {
        await().until(() -> rows.query("SELECT FROM session").execute().await().rowCount() == 0);
        rows.query(FORGET).execute().await();
    }

    @Override
    public void close() {
        for (int last = parts.size() - 1; last >= 0; last--) {
            parts.get(last).close();
        }
    }
}
