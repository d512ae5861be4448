package lyceum.launcher.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Body;
import lyceum.launcher.wire.Request;
import lyceum.launcher.wire.RunningSuite;
import org.junit.jupiter.api.Test;

/** Every example of the OpenAPI document against the whole house, in the order of the document. */
class DocumentedExamplesIT {

    private static final Path HOMEWORK = Path.of("../../grading-service/src/test/resources/grading/homework");

    /** Pictures without an end. */
    private static final Set<String> ENDLESS = Set.of("/mjpeg/{ids}");

    /** Of all examples so many do what they are for; others ask for what is not there, or miss a file that no example has. */
    private static final double LEAST_SUCCESSFUL = 0.5;

    @Test
    void areAnsweredAsTheDocumentSays() {
        try (RunningSuite suite = RunningSuite.start(Map.of(
                "LYCEUM_GRADING_HOMEWORK_DIR",
                HOMEWORK.toAbsolutePath().normalize().toString()))) {
            // A name that no example has: some of them give ada another password.
            String token = ask(
                            suite,
                            Request.form("POST", "/token", "username=examiner&password=examiner&roles=teacher,admin"))
                    .json()
                    .get("access_token")
                    .asText();
            seed(suite, token);
            JsonObject document = new JsonObject(
                    ask(suite, Request.of("GET", "/openapi.json")).text());
            List<String> undocumented = new ArrayList<>();
            int successful = 0;
            int all = 0;
            for (DocumentedOperation operation : DocumentedOperation.all(document)) {
                boolean isASocket = operation.statuses().contains("101");
                if (isASocket || ENDLESS.contains(operation.path())) {
                    continue;
                }
                for (Request request : operation.requests()) {
                    Answer answer = ask(suite, request.with("Authorization", "Bearer " + token));
                    all++;
                    successful += answer.status() < 400 ? 1 : 0;
                    if (!operation.statuses().contains(Integer.toString(answer.status()))) {
                        undocumented.add("%s: %s".formatted(operation, answer));
                    }
                }
            }
            assertThat(undocumented).isEmpty();
            assertThat((double) successful / all)
                    .as("%d of %d", successful, all)
                    .isGreaterThan(LEAST_SUCCESSFUL);
        }
    }

    /** What examples take for granted: a lesson and a stream. */
    private static void seed(RunningSuite suite, String token) {
        ask(suite, Request.form("PUT", "/elicast", "title=Loops&ots=[]&voice_blobs=[]"));
        String entry =
                "--b\r\nContent-Disposition: form-data; name=\"entries\"; filename=\"e\"\r\n\r\nhello\r\n--b--\r\n";
        Answer stored = ask(
                suite,
                Request.of("POST", "/data/main")
                        .with("Authorization", "Bearer " + token)
                        .with("Content-Type", "multipart/form-data; boundary=b")
                        .with(Body.of(entry)));
        assertThat(stored.status()).isEqualTo(200);
    }

    private static Answer ask(RunningSuite suite, Request request) {
        return suite.client().send(request).await();
    }
}
