package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import lyceum.platform.ImportReport;
import lyceum.platform.Settings;
import lyceum.platform.TestPostgres;
import lyceum.platform.TestRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the PTG data store has left behind. */
class PtgImportTest {

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();

    private String originalUrl;
    private Redis original;
    private Redis ours;
    private StreamConfig config;
    private Path recordings;

    @BeforeEach
    void fill() throws IOException {
        originalUrl = TestRedis.freshDatabase(vertx);
        original = Redis.createClient(vertx, originalUrl);
        String ourUrl = TestRedis.freshDatabase(vertx);
        ours = Redis.createClient(vertx, ourUrl);
        recordings = directory.resolve("ours");
        config = StreamConfig.from(
                new Settings(Map.of("LYCEUM_RECORDINGS_DIR", recordings.toString())),
                ourUrl,
                TestPostgres.freshDatabase(vertx));
        for (int i = 1; i <= 20; i++) {
            ask(original, "XADD", "main", "1700000000000-" + i, "d", "frame " + i);
        }
        ask(original, "XADD", "event:recipe:id", "1700000000000-0", "d", "");
        ask(original, "SET", "XMETA:main", "{\"desc\":\"camera\"}");
        ask(original, "SET", "recipe:id", "tea");
        ask(original, "SET", "recording:info:old", "{}");
        zip("recordings/raw/lecture/main/1700000000000-1_1700000000000-9.zip");
        zip("recordings/raw/older/mic0.zip");
        file("recordings/post/lecture/main.mp4", "mp4");
        zip("recordings/raw_hidden/secret/main/1-1_1-2.zip");
        file("recipes.json", """
                {"_id":{"$oid":"5f43a1b2c3d4e5f6a7b8c9d0"},"name":"Tea","ingredients":["water","tea"],"tools":null}
                {"_id":"soup","name":"Soup","steps":[{"a":1}]}
                """);
        file("sessions.json", """
                [{"_id":"r5t1k2","recipe":"tea","step":{"$numberLong":"3"},"prefix":"x:","created_at":"2023-11-14T22:13:20"}]
                """);
    }

    @AfterEach
    void close() {
        original.close().eventually(ours::close).eventually(vertx::close).await();
    }

    @Test
    void keepsIdsAndNames() throws Exception {
        ImportReport report = take(false);

        assertThat(report.lines())
                .containsExactlyInAnyOrder(
                        "entry: read 21, imported 21, already there 0, refused 0",
                        "metadata: read 1, imported 1, already there 0, refused 0",
                        "state: read 1, imported 1, already there 0, refused 0",
                        "recording file: read 4, imported 4, already there 0, refused 0",
                        "recipe: read 2, imported 2, already there 0, refused 0",
                        "session: read 1, imported 1, already there 0, refused 0");
        assertThat(ask(ours, "XRANGE", "main", "-", "+")).isEqualTo(ask(original, "XRANGE", "main", "-", "+"));
        assertThat(ask(ours, "GET", "XMETA:main")).isEqualTo("{\"desc\":\"camera\"}");
        assertThat(ask(ours, "GET", "recipe:id")).isEqualTo("tea");
        assertThat(recordings.resolve("raw/lecture/main/1700000000000-1_1700000000000-9.zip"))
                .hasSameBinaryContentAs(
                        directory.resolve("recordings/raw/lecture/main/1700000000000-1_1700000000000-9.zip"));
        assertThat(recordings.resolve("post/lecture/main.mp4")).hasContent("mp4");
        assertThat(recordings.resolve("raw_hidden/secret/main/1-1_1-2.zip")).exists();
        assertThat(rows("SELECT id || ' ' || name FROM recipe ORDER BY position"))
                .containsExactly("5f43a1b2c3d4e5f6a7b8c9d0 Tea", "soup Soup");
        assertThat(rows("SELECT ingredients::text FROM recipe WHERE name = 'Tea'"))
                .containsExactly("[\"water\", \"tea\"]");
        assertThat(rows("SELECT concat_ws(' ', id, recipe, step, prefix, created_at) FROM recipe_session"))
                .containsExactly("r5t1k2 tea 3 x: 2023-11-14T22:13:20");
    }

    @Test
    void takesNothingTwiceAndGoesOnWhereTheOriginalHas() throws Exception {
        take(false);
        ask(original, "XADD", "main", "1700000000001-0", "d", "later");

        assertThat(take(false).lines())
                .contains(
                        "entry: read 22, imported 1, already there 21, refused 0",
                        "metadata: read 1, imported 0, already there 1, refused 0",
                        "recording file: read 4, imported 0, already there 4, refused 0",
                        "recipe: read 2, imported 0, already there 2, refused 0",
                        "session: read 1, imported 0, already there 1, refused 0");
    }

    @Test
    void writesNothingWhenItIsDryAndTellsTheSame() throws Exception {
        ImportReport dry = take(true);

        assertThat(ask(ours, "DBSIZE")).isEqualTo("0");
        assertThat(recordings).doesNotExist();
        assertThat(rows("SELECT id FROM recipe")).isEmpty();
        assertThat(take(false).lines()).containsExactlyInAnyOrderElementsOf(dry.lines());
    }

    @Test
    void refusesWhatIsSomethingElseHereOrNothingItKnows() throws Exception {
        ask(ours, "XADD", "main", "1700000000000-10", "d", "ours");
        ask(ours, "SET", "XMETA:main", "ours");
        ask(original, "LPUSH", "celery", "job");
        ask(original, "XADD", "other", "1-1", "x", "no payload");
        ask(original, "SET", "recording:id", "lecture");
        file("ours/post/lecture/main.mp4", "ours, longer");
        file("recordings/raw/lecture/main/notes.txt", "");
        file("recordings/raw/lecture/main/1-1_1-3.zip", "no zip");
        file("recordings/post/.hidden/x", "");
        file("recipes.json", """
                {"_id":"a/b"}
                {"_id":"c","ingredients":"water"}
                {"_id":"d","name":
                """);

        List<String> lines = take(false).lines();

        assertThat(lines)
                .contains(
                        "refused entry main 1700000000000-1: the stream has gone on here",
                        "refused metadata XMETA:main: something else is here",
                        "refused key celery: nothing that the data store keeps",
                        "refused entry other 1-1: has no payload",
                        "a recording was running, which does not go on: lecture")
                .anyMatch(line -> line.startsWith("recording file: read 7, imported 3, already there 0, refused 4"))
                .anyMatch(line -> line.startsWith("recipe: read 3, imported 0, already there 0, refused 3"));
        assertThat(recordings.resolve("post/lecture/main.mp4")).hasContent("ours, longer");
    }

    @Test
    void copiesFilesWithTheirTimesAndNotWithTheirPermissions() throws Exception {
        Path original = directory.resolve("recordings/post/lecture/main.mp4");
        Files.setLastModifiedTime(original, FileTime.fromMillis(1_400_000_000_000L));
        Files.setPosixFilePermissions(original, PosixFilePermissions.fromString("r--r--r--"));

        take(false);

        Path copy = recordings.resolve("post/lecture/main.mp4");
        assertThat(Files.getLastModifiedTime(copy).toMillis()).isEqualTo(1_400_000_000_000L);
        assertThat(Files.getPosixFilePermissions(copy)).contains(PosixFilePermission.OWNER_WRITE);
    }

    @Test
    void refusesAFileThatCannotBeCopiedAndTakesTheOthers() throws Exception {
        file("ours/post/lecture", "a file, where a directory must be");

        assertThat(take(false).lines())
                .contains("recording file: read 4, imported 3, already there 0, refused 1")
                .anyMatch(line -> line.startsWith("refused recording file post/lecture/main.mp4: cannot be copied: "));
    }

    @Test
    void takesWhatThereIsOfADirectory() throws Exception {
        Path empty = Files.createDirectory(directory.resolve("empty"));

        ImportReport report = PtgImport.take(vertx, config, Optional.empty(), Optional.of(empty), false);

        assertThat(report.lines()).containsExactly("no recordings: there is neither raw nor post in " + empty);
    }

    private ImportReport take(boolean isDry) throws Exception {
        return PtgImport.take(vertx, config, Optional.of(originalUrl), Optional.of(directory), isDry);
    }

    private static String ask(Redis redis, String... words) {
        Request request = Request.cmd(Command.create(words[0]));
        for (int i = 1; i < words.length; i++) {
            request.arg(words[i]);
        }
        return String.valueOf(redis.send(request).await());
    }

    private List<String> rows(String sql) {
        Pool pool = config.documents().database().open(vertx);
        try {
            List<String> rows = new ArrayList<>();
            for (Row row : pool.query(sql).execute().await()) {
                rows.add(row.getString(0));
            }
            return rows;
        } finally {
            pool.close().await();
        }
    }

    private void zip(String name) throws IOException {
        file(name, "");
        try (OutputStream file = Files.newOutputStream(directory.resolve(name));
                ZipOutputStream zip = new ZipOutputStream(file)) {
            zip.putNextEntry(new ZipEntry("1700000000000-1"));
            zip.write(1);
        }
    }

    private void file(String name, String text) throws IOException {
        Files.createDirectories(directory.resolve(name).getParent());
        Files.writeString(directory.resolve(name), text);
    }
}
