package lyceum.gateway.rate;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.internal.VertxInternal;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import lyceum.platform.LogLines;
import lyceum.platform.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Gateways that count together in a real Redis, and alone where it is away. */
class RatesTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** So slow that nothing comes while a test runs. */
    private static final Rate FORTY = new Rate(1, 40);

    private static final RateConfig CONFIG = new RateConfig(FORTY, new Rate(0, 1));

    private final Vertx vertx = Vertx.vertx();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    /** One gateway, on an event loop of its own. */
    private final class Gateway {
        private final Context context = ((VertxInternal) vertx).createEventLoopContext();
        private final Rates rates;

        Gateway(RateConfig config, String url) {
            rates = onContext(() -> Future.succeededFuture(new Rates(vertx, config, url, meters)));
        }

        private <T> T onContext(Supplier<Future<T>> work) {
            Promise<T> done = Promise.promise();
            context.runOnContext(turn ->
                    Future.succeededFuture().compose(begun -> work.get()).onComplete(done));
            return done.future().timeout(PATIENCE.toSeconds(), TimeUnit.SECONDS).await();
        }

        Verdict take(String caller) {
            return onContext(() -> rates.takeOfCaller(caller));
        }

        /** @return how many of some requests that come at once may */
        long admitted(String caller, int requests) {
            List<Future<Verdict>> all = onContext(() -> {
                List<Future<Verdict>> asked = IntStream.range(0, requests)
                        .mapToObj(i -> rates.takeOfCaller(caller))
                        .toList();
                return Future.join(asked).map(asked);
            });
            return all.stream().filter(verdict -> verdict.result().isAdmitted()).count();
        }
    }

    @Test
    void givesOneBucketToAllGateways() {
        String url = TestRedis.freshDatabase(vertx);
        Gateway one = new Gateway(CONFIG, url);
        Gateway two = new Gateway(CONFIG, url);

        assertThat(one.admitted("ada", 30)).isEqualTo(30);
        assertThat(two.admitted("ada", 30)).isBetween(10L, 10L + FORTY.lease());
        assertThat(one.admitted("ada", 30)).isLessThanOrEqualTo(FORTY.lease());
        assertThat(two.admitted("eve", 1)).isEqualTo(1);
        assertThat(meters.get("lyceum.gateway.rate.refused")
                        .tag("kind", "caller")
                        .counter()
                        .count())
                .isPositive();
        assertThat(meters.get("lyceum.gateway.rate.alone").counter().count()).isZero();
    }

    @Test
    void saysWhenToComeAgainAndKeepsItsWord() {
        Gateway gateway = new Gateway(new RateConfig(new Rate(5, 1), FORTY), TestRedis.freshDatabase(vertx));
        gateway.take("ada");

        long retryAfterMillis = gateway.take("ada").retryAfterMillis();

        assertThat(retryAfterMillis).isBetween(1L, 200L);
        Awaitility.await().atMost(PATIENCE).until(() -> gateway.take("ada").isAdmitted());
    }

    @Test
    void forgetsAFullBucket() {
        String url = TestRedis.freshDatabase(vertx);
        Gateway gateway = new Gateway(new RateConfig(new Rate(1, 20), FORTY), url);
        gateway.take("ada");
        Redis client = Redis.createClient(vertx, url);
        Request question = Request.cmd(Command.EXISTS).arg("lyceum:rate:caller:ada");
        assertThat(client.send(question).await().toInteger()).isEqualTo(1);

        Awaitility.await()
                .atMost(PATIENCE)
                .until(() -> client.send(question).await().toInteger() == 0);
    }

    @Test
    void goesOnAfterRedisHasForgottenItsScripts() {
        String url = TestRedis.freshDatabase(vertx);
        Gateway gateway = new Gateway(CONFIG, url);
        gateway.take("ada");
        Redis.createClient(vertx, url)
                .send(Request.cmd(Command.SCRIPT).arg("FLUSH"))
                .await();

        assertThat(gateway.take("eve").isAdmitted()).isTrue();
        assertThat(meters.get("lyceum.gateway.rate.alone").counter().count()).isZero();
    }

    @Test
    void countsAloneWhereRedisSaysNothingAndTogetherOnceItDoes() {
        String url = TestRedis.freshDatabase(vertx);
        List<NetSocket> silent = new CopyOnWriteArrayList<>();
        AtomicBoolean isSilent = new AtomicBoolean(true);
        NetServer between = vertx.createNetServer()
                .connectHandler(client -> {
                    client.pause();
                    if (isSilent.get()) {
                        silent.add(client);
                    } else {
                        forward(client, URI.create(url).getPort());
                    }
                })
                .listen(0, "127.0.0.1")
                .await();
        Gateway gateway = new Gateway(CONFIG, url.replaceFirst(":\\d+/", ":" + between.actualPort() + "/"));
        try (LogLines log = LogLines.of("lyceum.gateway.rate.RedisLink")) {
            assertThat(gateway.admitted("ada", 50)).isEqualTo(40);
            assertThat(gateway.take("ada").isAdmitted()).isFalse();
            assertThat(log.lines()).hasSize(1).first().asString().contains("each gateway counts its callers by itself");
        }
        assertThat(meters.get("lyceum.gateway.rate.alone").counter().count()).isPositive();

        isSilent.set(false);
        silent.forEach(NetSocket::close);
        Gateway other = new Gateway(CONFIG, url);
        assertThat(other.admitted("bob", 100)).isEqualTo(40);
        Awaitility.await().atMost(PATIENCE).until(() -> !gateway.take("bob").isAdmitted());
    }

    private void forward(NetSocket client, int to) {
        vertx.createNetClient().connect(to, "127.0.0.1").onSuccess(server -> {
            client.pipeTo(server);
            server.pipeTo(client);
            client.resume();
        });
    }

    @Test
    void remembersSoManyCallersAndNoMore() {
        long[] nowNanos = {0};
        CallerRates rates = new CallerRates(new Rate(1, 1), Optional.empty(), 2, () -> nowNanos[0], () -> {});
        assertThat(rates.take("ada").result().isAdmitted()).isTrue();
        assertThat(rates.take("ada").result()).isEqualTo(Verdict.refused(1_000 + 1));
        rates.take("bob");
        rates.take("eve");

        assertThat(rates.take("ada").result().isAdmitted()).isTrue();
        assertThat(rates.take("eve").result().isAdmitted()).isFalse();
    }

    @Test
    void countsNobodyWhereThereIsNoLimit() {
        Gateway gateway = new Gateway(new RateConfig(new Rate(0, 1), FORTY), "redis://127.0.0.1:1");

        assertThat(gateway.admitted("ada", 1_000)).isEqualTo(1_000);
        gateway.rates.close();
        assertThat(meters.getMeters()).isEmpty();
    }
}
