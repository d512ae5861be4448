package lyceum.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import lyceum.launcher.Suite;
import lyceum.platform.FreePort;
import lyceum.platform.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sample beside a running part of the house, each a member of the cluster. */
class LessonNewsTest {

    private final Vertx vertx = Vertx.vertx();
    private final List<String> told = new CopyOnWriteArrayList<>();

    @TempDir
    Path data;

    private Suite suite;
    private Vertx member;

    @BeforeEach
    void start() {
        int houses = FreePort.next();
        int ours = FreePort.next();
        String members = "127.0.0.1:%d,127.0.0.1:%d".formatted(houses, ours);
        Map<String, String> settings = new HashMap<>(Map.of("LYCEUM_CLUSTER_MEMBERS", members));
        settings.put("LYCEUM_CLUSTER_PORT", Integer.toString(houses));
        settings.put("LYCEUM_DATA_DIR", data.toString());
        settings.put("LYCEUM_PROGRAM_DIR", TestPostgres.programs().toString());
        settings.put("LYCEUM_POSTGRES_URL", TestPostgres.freshDatabase(vertx));
        settings.put("LYCEUM_HTTP_PORT", "0");
        settings.put("LYCEUM_MANAGEMENT_PORT", "0");
        settings.put("LYCEUM_RTMP_PORT", "0");
        suite = Suite.start(settings, Set.of("elicast", "gateway"), line -> {}).await();
        member = Main.start(
                        Map.of("LYCEUM_CLUSTER_MEMBERS", members, "LYCEUM_CLUSTER_PORT", Integer.toString(ours)),
                        told::add)
                .await();
    }

    @AfterEach
    void stop() {
        if (member != null) {
            member.close().await();
        }
        if (suite != null) {
            suite.close().await();
        }
        vertx.close().await();
    }

    @Test
    void hearsOfALessonAndAsksWhatThereIsBesideIt() throws Exception {
        await().atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(500))
                .untilAsserted(() -> {
                    // Other nodes learn of a new listener a moment after it has been told so.
                    assertThat(createLesson().statusCode()).isEqualTo(200);
                    assertThat(told).isNotEmpty();
                });

        assertThat(told.get(0)).startsWith("new: Loops; newest first: Loops");
    }

    private HttpResponse<String> createLesson() throws Exception {
        URI place = URI.create("http://127.0.0.1:%d/elicast".formatted(suite.httpPort()));
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(place)
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .PUT(BodyPublishers.ofString("title=Loops&ots=[]&voice_blobs=[]"))
                                .build(),
                        BodyHandlers.ofString());
    }
}
