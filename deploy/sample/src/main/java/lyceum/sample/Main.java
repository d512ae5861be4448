package lyceum.sample;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.util.Map;
import java.util.function.Consumer;
import lyceum.platform.Settings;
import lyceum.platform.cluster.Cluster;
import lyceum.platform.cluster.ClusterConfig;

/** Joins the cluster that {@code LYCEUM_CLUSTER_*} names, and prints news of lessons until it is ended. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) throws Exception {
        Vertx vertx = start(System.getenv(), System.out::println).await();
        Runtime.getRuntime().addShutdownHook(new Thread(() -> vertx.close().await()));
    }

    /** @return a member of the cluster that hears of lessons; nothing is left where that fails */
    static Future<Vertx> start(Map<String, String> environment, Consumer<String> teller) {
        ClusterConfig config = ClusterConfig.from(new Settings(environment));
        return Cluster.join(Vertx.builder(), new VertxOptions(), config)
                .compose(vertx -> vertx.deployVerticle(new LessonNews(teller))
                        .map(vertx)
                        .recover(error -> vertx.close().transform(closed -> Future.failedFuture(error))));
    }
}
