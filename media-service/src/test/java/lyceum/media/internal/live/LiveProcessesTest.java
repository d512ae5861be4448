package lyceum.media.internal.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import lyceum.media.LiveService.Kind;
import lyceum.media.LiveService.Place;
import lyceum.media.internal.live.LiveProgram.Encodes;
import lyceum.platform.Bus;
import lyceum.platform.Settings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Programs of live video that cannot be started. */
class LiveProcessesTest {

    @TempDir
    Path data;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void strikesTheSceneOfAProgramThatDoesNotStart() {
        AtomicInteger struck = new AtomicInteger();
        Studio.Scene scene = new Studio.Scene(List.of("true"), () -> {
            struck.incrementAndGet();
            return Future.succeededFuture();
        });
        Workshop shop = shop(new Studio(true, work -> Future.succeededFuture(scene)));
        Playlist playlist = new Playlist(3_000, 60_000, 1_000, Optional.empty());
        // Its directories are not there.
        Channel channel = new Channel(vertx, "cam1", new Place("one", 1, Kind.FLV), data.resolve("none"), playlist);
        LiveProcesses processes = new LiveProcesses(shop);

        Future<LiveProcess> started = processes.start(channel, Kind.FLV, new Encodes(true, false), true, "0");

        assertThat(started.otherwiseEmpty().await()).isNull();
        assertThat(started.failed()).isTrue();
        assertThat(struck).hasValue(1);
        assertThat(processes.encodes()).isZero();
    }

    private Workshop shop(Studio studio) {
        return new Workshop(
                vertx,
                new Bus(vertx, Duration.ofSeconds(5)),
                vertx.createSharedWorkerExecutor("processes", 1),
                LiveConfig.from(new Settings(Map.of("LYCEUM_DATA_DIR", data.toString())), "redis://nowhere"),
                studio,
                "one",
                data.resolve("files"),
                InstantSource.system(),
                new LiveMetrics(new SimpleMeterRegistry()));
    }
}
