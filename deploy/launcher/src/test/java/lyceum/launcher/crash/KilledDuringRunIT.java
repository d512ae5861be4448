package lyceum.launcher.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import lyceum.launcher.crash.Visitor.Answer;
import lyceum.launcher.wire.ChildProgram;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of a submitted run when the program is killed in the middle of it. */
class KilledDuringRunIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** So long is a run kept for a program that gives no sign. */
    private static final Map<String, String> SETTINGS = Map.of("LYCEUM_SANDBOX_LEASE", "2s");

    private static final JsonObject THREE_SECONDS =
            new JsonObject().put("language", "python3").put("source", """
                            import time
                            print("begun")
                            time.sleep(3)
                            print("done")""");

    @TempDir
    Path data;

    private final Vertx vertx = Vertx.vertx();
    private final Visitor visitor = new Visitor(vertx);

    private ChildProgram program;

    @BeforeEach
    void start() throws IOException {
        program = ChildProgram.start(data, SETTINGS);
    }

    @AfterEach
    void stop() throws InterruptedException {
        program.kill();
        vertx.close().await();
    }

    @Test
    void runsAgainWhatWasSubmitted() throws Exception {
        String token = token();
        Answer accepted = visitor.postAsBearer(token, program.httpPort(), "/sandbox/runs?wait=false", THREE_SECONDS)
                .await();
        assertThat(accepted.status()).as(accepted.text()).isEqualTo(202);
        String place = "/sandbox/runs/" + accepted.json().getString("id");
        awaitState(token, place, "running");

        program.kill();
        program = ChildProgram.start(data, SETTINGS);

        awaitState(token, place, "ended");
        JsonObject outcome = submission(token, place).getJsonObject("outcome");
        assertThat(outcome.getString("verdict")).isEqualTo("accepted");
        assertThat(outcome.getString("stdout")).isEqualTo("begun\ndone\n");
        assertThat(tries(accepted.json().getString("id"))).isEqualTo(2);
    }

    private String token() {
        return visitor.post(program.httpPort(), "/token", Map.of("username", "ada", "password", "ada"))
                .await()
                .json()
                .getString("access_token");
    }

    private void awaitState(String token, String place, String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() ->
                        assertThat(submission(token, place).getString("state")).isEqualTo(state));
    }

    private JsonObject submission(String token, String place) {
        Answer found = visitor.asBearer(token, HttpMethod.GET, program.httpPort(), place)
                .await();
        assertThat(found.status()).as(found.text()).isEqualTo(200);
        return found.json();
    }

    /** @return how often the run was begun */
    private int tries(String id) throws IOException {
        String url = Files.readString(data.resolve("postgres/url"));
        return PgConnection.connect(vertx, PgConnectOptions.fromUri(url))
                .compose(connection -> connection
                        .preparedQuery("SELECT tries FROM sandbox.submission WHERE token = $1")
                        .execute(Tuple.of(id))
                        .eventually(connection::close))
                .await()
                .iterator()
                .next()
                .getInteger(0);
    }
}
