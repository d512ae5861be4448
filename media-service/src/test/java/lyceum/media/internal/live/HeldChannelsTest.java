package lyceum.media.internal.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import lyceum.media.LiveChannel.PushMedia;
import lyceum.media.LiveService.Kind;
import lyceum.media.LiveService.OpenPublish;
import lyceum.media.LiveService.Place;
import lyceum.media.LiveService.Publish;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
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
    private final Context context = vertx.getOrCreateContext();
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
    void isOpenedAnewWhileThePublishThatLostItStillEnds() {
        Promise<Studio.Scene> scene = Promise.promise();
        Workshop shop = shop(new Studio(true, work -> scene.future()));
        HeldChannels channels = new HeldChannels(shop, registry);
        LiveRecordings recordings =
                new LiveRecordings(vertx, shop.workers(), shop.config(), shop.studio(), "one", shop.clock());
        PublishSessions sessions = new PublishSessions(shop, channels, new LiveProcesses(shop), recordings);

        Publish first = on(() -> channels.claim(CAM1).compose(place -> sessions.open(CAM1, place)));
        Future<Void> pushed = get(() -> sessions.find(first.id()).orElseThrow().push(begin(first)));
        on(() -> registry.release("cam1", channels.find("cam1").orElseThrow().place()));
        Place another = others.claim("cam1", Kind.FLV, Optional.empty()).await();
        on(channels::renew);
        others.release("cam1", another).await();
        Future<Publish> second = get(() -> channels.claim(CAM1).compose(place -> sessions.open(CAM1, place)));
        assertThat(sessions.find(first.id())).as("its ffmpeg is being started").isPresent();
        scene.fail("no ffmpeg");
        second.await();
        await().untilAsserted(
                        () -> assertThat(data.resolve("files").toFile().list()).hasSize(1));

        Channel channel = get(() -> channels.find("cam1").orElseThrow());
        assertThat(channel.dash()).exists();
        assertThat(channel.publishing().id()).isEqualTo(second.result().id());
        on(() -> channel.end(Failure.notFound("the publisher has left")));
        await().untilAsserted(() -> assertThat(data.resolve("files")).isEmptyDirectory());
        assertThat(pushed).matches(Future::failed);
    }

    /** Takes a step where a verticle takes it. @return what it has answered */
    private <T> T on(Supplier<Future<T>> step) {
        return get(step).await();
    }

    private <T> T get(Supplier<T> step) {
        return Future.<T>future(done -> context.runOnContext(
                        turn -> Future.succeededFuture().map(now -> step.get()).onComplete(done)))
                .await();
    }

    private static PushMedia begin(Publish publish) {
        return new PushMedia(publish.id(), 0, TestLive.usualFilm(1));
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
        return new HeldChannels(shop(new Studio(false, work -> Future.failedFuture("no ffmpeg"))), registry);
    }

    private Workshop shop(Studio studio) {
        Map<String, String> settings = Map.of(
                "LYCEUM_DATA_DIR", data.toString(), "LYCEUM_LIVE_PLAYLIST", "300ms", "LYCEUM_LIVE_FRAGMENT", "100ms");
        return new Workshop(
                vertx,
                new Bus(vertx, Duration.ofSeconds(1)),
                vertx.createSharedWorkerExecutor("channels", 1),
                LiveConfig.from(new Settings(settings), url),
                studio,
                "one",
                data.resolve("files"),
                InstantSource.system(),
                metrics);
    }
}
