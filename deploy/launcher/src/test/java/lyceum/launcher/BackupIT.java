package lyceum.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import lyceum.launcher.Arguments.Action;
import lyceum.launcher.backup.Refused;
import lyceum.platform.Bus;
import lyceum.platform.TestDirectory;
import lyceum.platform.TestPostgres;
import lyceum.social.Act;
import lyceum.social.SocialService;
import lyceum.social.SocialService.Batch;
import lyceum.social.SocialService.EndMember;
import lyceum.social.SocialService.KeepMember;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A school that loses its data folder, and everything that its clients saw comes back. */
class BackupIT {

    /** The test data of grading-service, of which there is no second copy. */
    private static final Path HOMEWORK = Path.of("../../grading-service/src/test/resources/grading/homework");

    private static final String HAND_IN = String.join(
            "\r\n",
            "--b",
            "Content-Disposition: form-data; name=\"package\"",
            "",
            "input",
            "--b",
            "Content-Disposition: form-data; name=\"csv\"",
            "",
            "year",
            "2000",
            "--b--",
            "");

    private static final List<String> SEEN = List.of(
            "/elicast",
            "/elicast/1",
            "/accounts",
            "/recipes",
            "/sessions/recipe",
            "/data/main?last_entry_id=0",
            "/recordings",
            "/recordings/lecture",
            "/api/current_stats",
            "/api/latest_clicks",
            "/api/users",
            "/grading/homework",
            "/grading/hand-ins");

    @TempDir
    Path directory;

    private final HttpClient http = HttpClient.newHttpClient();
    private Suite suite;
    private String token;

    @Test
    void bringsBackWhatClientsSaw() throws Exception {
        copyHomework();
        suite = start();
        token = new JsonObject(post("/token", form("username", "ada", "password", "ada", "roles", "admin,teacher"))
                        .body())
                .getString("access_token");
        fill();
        Path backups = directory.resolve("backups");
        AtomicBoolean isOver = new AtomicBoolean();
        Thread writer = new Thread(() -> writeUntil(isOver));
        Map<String, String> seen = see();
        assertThat(seen.get("/grading/hand-ins")).contains("\"Pending\"");
        assertThat(seen.get("/api/latest_clicks")).contains("Anna");
        assertThat(seen.get("/data/main?last_entry_id=0")).contains("frame");
        writer.start();

        assertThat(run(Action.BACKUP, backups, false)).isTrue();

        isOver.set(true);
        writer.join();
        suite.close().await();
        TestDirectory.delete(data());
        TestDirectory.delete(homework());
        Path backup = only(backups);
        assertThat(run(Action.RESTORE, backup, false)).isTrue();
        suite = start();
        assertThat(see()).isEqualTo(seen);
        assertThatThrownBy(() -> run(Action.RESTORE, backup, true))
                .isInstanceOf(Refused.class)
                .hasMessage("Lyceum runs with this LYCEUM_DATA_DIR; stop it first");
        suite.close().await();
        assertThat(StoreProcesses.of(data())).isEmpty();
    }

    private Suite start() {
        return Suite.start(settings(), Set.of(), line -> {}).await();
    }

    private boolean run(Action action, Path operand, boolean isReplacing) {
        return new DataWork(settings(), line -> {})
                .run(new Arguments(action, Set.of(), operand.toString(), false, isReplacing));
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path homework() {
        return directory.resolve("homework");
    }

    private void copyHomework() throws Exception {
        try (Stream<Path> paths = Files.walk(HOMEWORK)) {
            for (Path path : paths.toList()) {
                Files.copy(path, homework().resolve(HOMEWORK.relativize(path).toString()));
            }
        }
    }

    private Map<String, String> settings() {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("LYCEUM_DATA_DIR", data().toString());
        settings.put("LYCEUM_PROGRAM_DIR", TestPostgres.programs().toString());
        settings.put("LYCEUM_GRADING_HOMEWORK_DIR", homework().toString());
        // Nobody grades, so that a hand-in stays what it is.
        settings.put("LYCEUM_GRADING_MODE", "runner");
        settings.put("LYCEUM_HTTP_PORT", "0");
        settings.put("LYCEUM_MANAGEMENT_PORT", "0");
        settings.put("LYCEUM_RTMP_PORT", "0");
        return settings;
    }

    private void fill() throws Exception {
        send("PUT", "/elicast", lesson("Loops"), "application/x-www-form-urlencoded");
        send("PUT", "/accounts/bob", "{\"password\": \"correct horse\", \"roles\": [\"student\"]}", "application/json");
        send("POST", "/recipes", "{\"_id\": \"tea\", \"name\": \"Tea\"}", "application/json");
        send("PUT", "/sessions/recipe/tea", "", "application/json");
        send("PUT", "/recordings/start?rec_id=lecture", "", "application/json");
        push("main");
        send("PUT", "/recordings/stop", "", "application/json");
        Awaitility.await().until(() -> get("/recordings").body().contains("lecture"));
        send("POST", "/grading/homework/calendar/hand-ins", HAND_IN, "multipart/form-data; boundary=b");
        SocialService social = new Bus(suite.vertx(), Duration.ofSeconds(10)).proxy(SocialService.class);
        social.keepMember(new KeepMember("gate")).await();
        social.act(new Batch("", "gate", 1, List.of(Act.connect(1), Act.click(1, "Anna", "fire", null), Act.leave(1))))
                .await();
        social.endMember(new EndMember("gate")).await();
    }

    private void push(String stream) throws Exception {
        String form =
                "--b\r\nContent-Disposition: form-data; name=\"entries\"; filename=\"a\"\r\n\r\nframe\r\n--b--\r\n";
        send("POST", "/data/" + stream, form, "multipart/form-data; boundary=b");
    }

    private void writeUntil(AtomicBoolean isOver) {
        try {
            while (!isOver.get()) {
                push("other");
                send("PUT", "/elicast", lesson("Meanwhile"), "application/x-www-form-urlencoded");
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Map<String, String> see() throws Exception {
        Map<String, String> seen = new LinkedHashMap<>();
        for (String path : SEEN) {
            HttpResponse<String> answer = get(path);
            assertThat(answer.statusCode()).as(path).isEqualTo(200);
            seen.put(path, answer.body());
        }
        return seen;
    }

    private static Path only(Path backups) throws Exception {
        try (Stream<Path> found = Files.list(backups)) {
            return found.filter(Files::isDirectory).findFirst().orElseThrow();
        }
    }

    private static String lesson(String title) {
        String teacher = title.equals("Loops") ? "" : "Bob";
        return form("title", title, "ots", "[1]", "voice_blobs", "[]", "teacher", teacher);
    }

    private static String form(String... pairs) {
        List<String> fields = new ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            fields.add(pairs[i] + "=" + URLEncoder.encode(pairs[i + 1], StandardCharsets.UTF_8));
        }
        return String.join("&", fields);
    }

    private HttpResponse<String> post(String path, String form) throws Exception {
        return http.send(
                request(path)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(BodyPublishers.ofString(form))
                        .build(),
                BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
        return http.send(authorized(path).build(), BodyHandlers.ofString());
    }

    private void send(String method, String path, String body, String type) throws Exception {
        HttpResponse<String> answer = http.send(
                authorized(path)
                        .header("Content-Type", type)
                        .method(method, BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
        assertThat(answer.statusCode())
                .as(method + " " + path + " " + answer.body())
                .isBetween(200, 299);
    }

    private HttpRequest.Builder authorized(String path) {
        return request(path).header("Authorization", "Bearer " + token);
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:%d%s".formatted(suite.httpPort(), path)));
    }
}
