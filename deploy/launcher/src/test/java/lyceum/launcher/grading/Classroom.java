package lyceum.launcher.grading;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Body;
import lyceum.launcher.wire.Client;
import lyceum.launcher.wire.Json;
import lyceum.launcher.wire.Request;
import org.awaitility.Awaitility;

/** Students and teachers of a running house, with tokens that in development anybody gets. */
final class Classroom {

    /** The test data of grading-service, of which there is no second copy. */
    private static final Path FIXTURES = Path.of("../../grading-service/src/test/resources/grading");

    private static final String BOUNDARY = "a-boundary-that-no-file-has";

    private final Client client;
    private final Map<String, String> tokens = new HashMap<>();

    Classroom(Client client) {
        this.client = client;
    }

    /** @return the homework of the fixtures */
    static Path homework() {
        return FIXTURES.resolve("homework").toAbsolutePath();
    }

    static JsonNode fixture(String name) {
        try {
            return Json.parse(Files.readAllBytes(FIXTURES.resolve(name)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stream<JsonNode> items(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** @return a script of the tests of grading-service */
    static String text(String name) {
        try {
            return Files.readString(FIXTURES.resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String token(String user, String roles) {
        return tokens.computeIfAbsent(
                user,
                name -> client.send(Request.form(
                                "POST",
                                "/token",
                                "username=%s&password=%s&roles=%s".formatted(encoded(name), encoded(name), roles)))
                        .await()
                        .json()
                        .path("access_token")
                        .asText());
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    Request as(String student, Request request) {
        return request.with("Authorization", "Bearer " + token(student, "student"));
    }

    Request asTeacher(Request request) {
        return request.with("Authorization", "Bearer " + token("teacher", "teacher"));
    }

    Answer send(Request request) {
        return client.send(request).await();
    }

    /** @return the answer, which may take a while */
    Future<Answer> begin(Request request) {
        return client.send(request);
    }

    /** Puts homework up. */
    void upload(HomeworkZip homework) {
        Answer answer = send(asTeacher(Request.of("PUT", "/api/grading/homework/" + homework.slug())
                .with("Content-Type", "application/zip")
                .with(Body.of(homework.bytes()))));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    /** @return the answer to a form with a file */
    Answer handIn(String student, String homework, String fileName, byte[] archive) {
        String head = part("package", "python")
                + "--%s\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n\r\n"
                        .formatted(BOUNDARY, fileName);
        Body body = Body.of(head).followedBy(Body.of(archive)).followedBy(Body.of("\r\n--" + BOUNDARY + "--\r\n"));
        return post(student, homework, body);
    }

    /** @return the answer to a form with a text */
    Answer handIn(String student, String homework, String codePackage, String kind, String text) {
        String form = part("package", codePackage) + part(kind, text) + "--" + BOUNDARY + "--\r\n";
        return post(student, homework, Body.of(form.getBytes(StandardCharsets.UTF_8)));
    }

    private Answer post(String student, String homework, Body form) {
        Request request = Request.of("POST", "/api/grading/homework/" + homework + "/hand-ins")
                .with("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .with(form);
        return send(as(student, request));
    }

    private static String part(String name, String value) {
        return "--%s\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n%s\r\n".formatted(BOUNDARY, name, value);
    }

    /** @return the hand-in with everything in it */
    JsonNode find(String id) {
        return send(asTeacher(Request.of("GET", "/api/grading/hand-ins/" + id))).json();
    }

    /** @return the same, once there is a verdict */
    JsonNode awaitVerdict(String id) {
        Awaitility.await(id)
                .atMost(Duration.ofSeconds(60))
                .until(() -> find(id).path("state").asText().matches("Accepted|Rejected"));
        return find(id);
    }
}
