package lyceum.media.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import lyceum.media.LiveService.Kind;
import lyceum.media.LiveService.OpenPublish;
import lyceum.media.LiveService.Place;
import lyceum.platform.Bus;
import lyceum.platform.Settings;
import lyceum.platform.TestRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Names that an instance holds, and those that it loses to another one. */
class HeldChannelsTest {

    private static final OpenPublish CAM1 = new OpenPublish("cam1", Kind.FLV, TestLive.ADA);

    @TempDir
    Path data;

    private final Vertx vertx = Vertx.vertx();
    private final String url = TestRedis.freshDatabase(vertx);
    private final ChannelRegistry registry = new ChannelRegistry(vertx, url, "one");
    private final ChannelRegistry others = new ChannelRegistry(vertx, url, "two");
    private final LiveMetrics metrics = new LiveMetrics(new SimpleMeterRegistry());

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void claimsWhatNoOtherInstanceHas() {
        HeldChannels channels = channels();
        Place place = channels.claim(CAM1).await();
        others.claim("cam2", Kind.FLV, Optional.empty()).await();

        assertThat(channels.isHere(place)).isTrue();
        Place another =
                channels.claim(new OpenPublish("cam2", Kind.FLV, TestLive.ADA)).await();
        assertThat(channels.isHere(another)).isFalse();
        channels.giveBack("cam1", place);
        await().untilAsserted(() -> assertThat(
                        others.claim("cam1", Kind.FLV, Optional.empty()).await().instance())
                .isEqualTo("two"));
    }

    @Test
    void losesWhatAnotherInstanceHasByNowUnlessSomebodyOpensIt() {
        HeldChannels channels = channels();
        Place place = channels.claim(CAM1).await();
        Channel channel = channels.add("cam1", place);
        channels.prepare(channel).await();
        registry.release("cam1", place).await();
        others.claim("cam1", Kind.FLV, Optional.empty()).await();

        assertThat(channels.lock("cam1")).isTrue();
        assertThat(channels.lock("cam1")).as("one opens it already").isFalse();
        channels.renew().await();
        assertThat(channels.find("cam1")).contains(channel);

        channels.unlock("cam1");
        channels.renew().await();
        assertThat(channels.find("cam1")).isEmpty();
        assertThat(channels.count()).isZero();
        assertThat(metrics.lost.count()).isEqualTo(1);
        await().untilAsserted(() -> assertThat(data.resolve("files")).isEmptyDirectory());
    }

    /** After a flush, or an outage that outlasted the lease. */
    @Test
    void keepsItsPlaceWhenTheRegistryHasLostIt() {
        HeldChannels channels = channels();
        Place place = channels.claim(CAM1).await();
        Channel channel = channels.add("cam1", place);
        registry.release("cam1", place).await();

        assertThat(channels.claim(CAM1).await()).isEqualTo(place);
        channels.renew().await();
        assertThat(channels.find("cam1")).contains(channel);
        assertThat(metrics.lost.count()).isZero();
    }

    @Test
    void letsOthersHaveItsNamesWhenItStops() {
        HeldChannels channels = channels();
        channels.add("cam1", channels.claim(CAM1).await());
        channels.release().await();

        assertThat(others.claim("cam1", Kind.FLV, Optional.empty()).await().instance())
                .isEqualTo("two");
    }

    private HeldChannels channels() {
        Workshop shop = new Workshop(
                vertx,
                new Bus(vertx, Duration.ofSeconds(1)),
                vertx.createSharedWorkerExecutor("channels", 1),
                LiveConfig.from(new Settings(Map.of("LYCEUM_DATA_DIR", data.toString())), url),
                new Studio(false, work -> Future.failedFuture("no ffmpeg")),
                "one",
                data.resolve("files"),
                InstantSource.system(),
                metrics);
        return new HeldChannels(shop, registry);
    }
}
