package lyceum.platform.cluster;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.eventbus.DeliveryOptions;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.internal.VertxInternal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import lyceum.platform.Settings;

/**
 * A member of a cluster in a process of its own, that does what it is told line by line: {@code nodes}, {@code serve ADDRESS},
 * {@code ask ADDRESS}, {@code publish TEXT}, {@code heard}. Each gets one line for an answer, which begins with
 * {@value #MARK}, for the log has lines, too.
 */
final class ChildNode {

    static final String MARK = "> ";

    private static final long PATIENCE_MILLIS = 2_000;

    private final Vertx vertx;
    private final List<String> heard = new CopyOnWriteArrayList<>();

    private ChildNode(Vertx vertx) {
        this.vertx = vertx;
    }

    /** @param words its name */
    public static void main(String[] words) throws IOException {
        ClusterConfig config = ClusterConfig.from(new Settings(System.getenv()));
        ChildNode node = new ChildNode(
                Cluster.join(Vertx.builder(), new VertxOptions(), config).await());
        node.vertx
                .eventBus()
                .<String>consumer("news", fact -> node.heard.add(fact.body()))
                .completion()
                .await();
        node.serve(words[0]);
        System.out.println(MARK + "joined");
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(MARK + node.answer(line.split(" ", 2)));
        }
        // Nobody is there any more who could tell it anything.
        Runtime.getRuntime().halt(0);
    }

    private String answer(String[] order) {
        return switch (order[0]) {
            case "nodes" ->
                Integer.toString(
                        ((VertxInternal) vertx).clusterManager().getNodes().size());
            case "serve" -> serve(order[1]);
            case "ask" -> ask(order[1]);
            case "publish" -> {
                vertx.eventBus().publish("news", order[1]);
                yield "published";
            }
            case "heard" -> heard.toString();
            default -> "not understood";
        };
    }

    private String serve(String address) {
        vertx.eventBus()
                .<String>consumer(address, question -> question.reply("here is " + address))
                .completion()
                .await();
        return "serving";
    }

    private String ask(String address) {
        try {
            DeliveryOptions options = new DeliveryOptions().setSendTimeout(PATIENCE_MILLIS);
            return vertx.eventBus()
                    .<String>request(address, "?", options)
                    .await()
                    .body();
        } catch (Exception e) {
            return e instanceof ReplyException reply ? reply.failureType().toString() : e.toString();
        }
    }
}
