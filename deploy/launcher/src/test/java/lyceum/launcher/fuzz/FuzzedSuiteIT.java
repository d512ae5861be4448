package lyceum.launcher.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import lyceum.launcher.wire.Request;
import lyceum.launcher.wire.RunningSuite;
import lyceum.platform.LogLines;
import org.junit.jupiter.api.Test;

/** A small part of what {@code deploy/bench/run fuzz} tries, always the same. */
class FuzzedSuiteIT {

    private static final int CASES = 1_000;
    private static final long SEED = 8;
    private static final int PATIENCE_MILLIS = 150;

    @Test
    void answersWhateverIsSaidAndGoesOnListening() throws Exception {
        try (LogLines faults = LogLines.of("lyceum.gateway.route.Refusal");
                LogLines defects = LogLines.of("lyceum.platform.Bus");
                RunningSuite suite = RunningSuite.start(Map.of("LYCEUM_CODE_TIME_LIMIT", "2s"))) {
            FuzzRun run = new FuzzRun(
                    suite.port(),
                    SEED,
                    PATIENCE_MILLIS,
                    get(suite, "/openapi.json"),
                    get(suite, "/asyncapi.yaml"),
                    List.of(token(suite, "student"), token(suite, "admin")));

            run.run(CASES);

            assertThat(run.findings()).isEmpty();
            assertThat(run.answers()).isNotEmpty();
            assertThat(faults.lines()).noneMatch(line -> line.startsWith("defect"));
            assertThat(defects.lines()).noneMatch(line -> line.startsWith("defect"));
        }
    }

    private static String get(RunningSuite suite, String path) {
        return suite.client().send(Request.of("GET", path)).await().text();
    }

    private static String token(RunningSuite suite, String role) {
        String form = "username=%1$s&password=%1$s&roles=%1$s".formatted(role);
        return suite.client()
                .send(Request.form("POST", "/token", form))
                .await()
                .json()
                .get("access_token")
                .asText();
    }
}
