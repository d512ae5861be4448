package lyceum.launcher.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lyceum.platform.Database;
import lyceum.platform.Migrations;
import lyceum.platform.Settings;
import lyceum.platform.TestPostgres;
import lyceum.platform.TestRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Backup and restore between stores that no service uses. */
class RestoreTest {

    private static final Instant NOW = Instant.parse("2026-11-29T02:00:00Z");

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final List<String> report = new ArrayList<>();

    private House here;
    private House there;

    /** What one installation has. */
    private final class House {

        private final String postgres = TestPostgres.freshDatabase(vertx);
        private final String redisUrl = TestRedis.freshDatabase(vertx);
        private final Redis redis = Redis.createClient(vertx, redisUrl);
        private final Path data;
        private final Settings settings;

        House(String name) {
            data = directory.resolve(name);
            settings = new Settings(Map.of(
                    "LYCEUM_DATA_DIR", data.toString(),
                    "LYCEUM_GRADING_HOMEWORK_DIR", data.resolve("exercises").toString()));
        }

        void migrate(String schema, String... names) {
            new Migrations(new Database(postgres, schema, 1), List.of(names))
                    .run(vertx)
                    .await();
        }

        List<Row> rows(String schema, String sql) {
            Pool pool = new Database(postgres, schema, 1).open(vertx);
            try {
                List<Row> rows = new ArrayList<>();
                pool.query(sql).execute().await().forEach(rows::add);
                return rows;
            } finally {
                pool.close().await();
            }
        }

        String redis(String... words) {
            Request request = Request.cmd(Command.create(words[0]));
            for (int i = 1; i < words.length; i++) {
                request.arg(words[i]);
            }
            return String.valueOf(redis.send(request).await());
        }

        void file(String name, String text) throws Exception {
            Files.createDirectories(data.resolve(name).getParent());
            Files.writeString(data.resolve(name), text);
        }

        void restore(Path backup, boolean mayReplace) throws Exception {
            new Restore(backup, mayReplace, report::add).verify().restore(vertx, settings, postgres, redisUrl);
        }
    }

    @BeforeEach
    void open() throws Exception {
        here = new House("here");
        there = new House("there");
        here.migrate("elicast", "V1__lesson", "V2__run");
        here.rows("elicast", """
                INSERT INTO content (created_at, saved) VALUES (now(), true);
                INSERT INTO piece SELECT 1, 0, n, true, repeat('x', 1000)::bytea FROM generate_series(1, 500) n;
                INSERT INTO lesson (created_at, title, content_id) VALUES (now(), 'Loops', 1);
                DELETE FROM lesson WHERE id = (SELECT nextval('lesson_id_seq'))""");
        here.migrate("stream", "V1__recipe", "V2__sample_recipes");
        here.rows("stream", "DELETE FROM recipe WHERE id = 'coffee'");
        here.redis("XADD", "main", "1-1", "d", "frame");
        here.redis("SET", "XMETA:main", "{}");
        here.redis("SET", "soon", "over", "PX", "600000");
        here.redis("SET", "lyceum:recorder", "somebody");
        here.redis("SET", "lyceum:live:channel:x", "somewhere");
        here.file("jwt-secret", "a secret of 32 bytes or more than that");
        here.file("recordings/raw/rec/main/1-1_1-1.zip", "PK");
        here.file("recordings/.trash/old", "gone");
        here.file("recordings/lost+found/#1", "of the file system");
        here.file("live/lecture.mp4", "mp4");
        here.file("exercises/roman/hw.xml", "<homework/>");
        here.file("programs/ffmpeg", "not ours");
        Files.createSymbolicLink(here.data.resolve("live/link.mp4"), Path.of("lecture.mp4"));
    }

    @AfterEach
    void close() {
        Future.join(here.redis.close(), there.redis.close())
                .eventually(vertx::close)
                .await();
    }

    private Path backUp() throws Exception {
        return new Backup(directory.resolve("backups"), 0, "1.0", Clock.fixed(NOW, ZoneOffset.UTC), report::add)
                .make(vertx, here.settings, here.postgres, here.redisUrl);
    }

    @Test
    void bringsEverythingBackThatIsNoLease() throws Exception {
        Path backup = backUp();

        there.restore(backup, false);

        assertThat(backup.getFileName()).hasToString("lyceum-20261129T020000Z");
        assertThat(there.rows("elicast", "SELECT title FROM lesson").get(0).getString(0))
                .isEqualTo("Loops");
        assertThat(there.rows("elicast", "SELECT sum(length(bytes)) FROM piece")
                        .get(0)
                        .getLong(0))
                .isEqualTo(500_000);
        assertThat(there.rows("elicast", "SELECT nextval('lesson_id_seq')")
                        .get(0)
                        .getLong(0))
                .isEqualTo(3);
        assertThat(there.rows("stream", "SELECT id FROM recipe WHERE bytes > 0 ORDER BY position"))
                .extracting(row -> row.getString(0))
                .containsExactly("pinwheels", "mugcake");
        assertThat(there.redis("XRANGE", "main", "-", "+")).isEqualTo("[[1-1, [d, frame]]]");
        assertThat(there.redis("GET", "XMETA:main")).isEqualTo("{}");
        assertThat(Long.parseLong(there.redis("PTTL", "soon"))).isBetween(1L, 600_000L);
        assertThat(there.redis("DBSIZE")).isEqualTo("3");
        assertThat(there.data.resolve("jwt-secret")).hasSameTextualContentAs(here.data.resolve("jwt-secret"));
        assertThat(there.data.resolve("recordings/raw/rec/main/1-1_1-1.zip")).hasContent("PK");
        assertThat(there.data.resolve("live/lecture.mp4")).hasContent("mp4");
        assertThat(there.data.resolve("exercises/roman/hw.xml")).hasContent("<homework/>");
        assertThat(Files.getLastModifiedTime(there.data.resolve("live/lecture.mp4"))
                        .toMillis())
                .isEqualTo(Files.getLastModifiedTime(here.data.resolve("live/lecture.mp4"))
                        .toMillis());
        for (String none : List.of(
                "programs",
                "recordings/.trash",
                "recordings/lost+found",
                "live/link.mp4",
                ".restore",
                "live/.restore")) {
            assertThat(there.data.resolve(none)).as(none).doesNotExist();
        }
    }

    /** An operator may keep homework wherever it is checked out, and grading-service follows the links. */
    @Test
    void takesHomeworkThatIsALinkAndTellsOfEveryOtherOne() throws Exception {
        Path elsewhere = Files.createDirectories(directory.resolve("checkout/calendar"));
        Files.writeString(elsewhere.resolve("hw.xml"), "<homework/>");
        Files.createSymbolicLink(elsewhere.resolve("inner"), Path.of("hw.xml"));
        Files.createSymbolicLink(here.data.resolve("exercises/calendar"), elsewhere);
        Files.createSymbolicLink(here.data.resolve("exercises/lost"), directory.resolve("nowhere"));
        Path backup = backUp();

        there.restore(backup, false);
        here.restore(backup, true);

        for (Path data : List.of(there.data, here.data)) {
            assertThat(data.resolve("exercises/calendar")).isDirectory();
            assertThat(Files.isSymbolicLink(data.resolve("exercises/calendar"))).isFalse();
            assertThat(data.resolve("exercises/calendar/hw.xml")).hasContent("<homework/>");
        }
        assertThat(elsewhere.resolve("hw.xml")).exists();
        assertThat(report)
                .contains(
                        "left out: %s is a link".formatted(here.data.resolve("live/link.mp4")),
                        "left out: %s is a link".formatted(here.data.resolve("exercises/lost")),
                        "left out: %s is a link".formatted(elsewhere.resolve("inner")));
    }

    /** The backup knows two migrations of three; the service applies the third when it starts. */
    @Test
    void isMigratedWhenTheServicesStart() throws Exception {
        there.restore(backUp(), false);

        there.migrate("elicast", "V1__lesson", "V2__run", "V3__log");

        assertThat(there.rows("elicast", "SELECT FROM log_entry")).isEmpty();
        assertThat(there.rows("elicast", "SELECT FROM migration")).hasSize(3);
    }

    @Test
    void refusesToReplaceAnythingUnlessItMay() throws Exception {
        Path backup = backUp();
        here.rows("elicast", "UPDATE lesson SET title = 'changed since'");
        here.redis("SET", "since", "1");
        here.file("live/since.mp4", "mp4");

        assertThatThrownBy(() -> here.restore(backup, false))
                .isInstanceOf(Refused.class)
                .hasMessageStartingWith("there is something in PostgreSQL, Redis, ")
                .hasMessageEndingWith("; --replace removes it");
        assertThat(here.rows("elicast", "SELECT title FROM lesson").get(0).getString(0))
                .isEqualTo("changed since");

        here.restore(backup, true);

        assertThat(here.rows("elicast", "SELECT title FROM lesson").get(0).getString(0))
                .isEqualTo("Loops");
        assertThat(here.redis("EXISTS", "since")).isEqualTo("0");
        assertThat(here.data.resolve("live/since.mp4")).doesNotExist();
    }

    @Test
    void refusesWhileServicesAreConnected() throws Exception {
        Path backup = backUp();
        Pool service = new Database(there.postgres, "account", 1).open(vertx);
        service.query("SELECT 1").execute().await();

        assertThatThrownBy(() -> there.restore(backup, true))
                .isInstanceOf(Refused.class)
                .hasMessage("services of Lyceum run on this database; stop them first: lyceum-account");

        service.close().await();
    }

    /** One row less than the manifest says: PostgreSQL was filled, and forgets it; files and Redis were not touched. */
    @Test
    void leavesWhatThereWasWhereItFails() throws Exception {
        Path backup = backUp();
        there.migrate("account", "V1__account");
        there.file("live/old.mp4", "old");
        there.redis("SET", "old", "1");
        BackupDirectory parts = new BackupDirectory(backup);
        String wrong = parts.manifest().text().replaceFirst("\"items\" : 500", "\"items\" : 501");
        Files.delete(backup.resolve("manifest.json"));
        Files.delete(backup.resolve("manifest.json.sha256"));
        parts.seal(Manifest.read(wrong));

        assertThatThrownBy(() -> there.restore(backup, true)).hasMessage("elicast.piece: 500 rows instead of 501");

        there.migrate("account", "V1__account");
        assertThat(there.rows("account", "SELECT FROM pg_namespace WHERE nspname = 'elicast'"))
                .isEmpty();
        assertThat(there.data.resolve("live/old.mp4")).hasContent("old");
        assertThat(there.data.resolve("live/.restore")).doesNotExist();
        assertThat(there.redis("GET", "old")).isEqualTo("1");
    }

    @Test
    void keepsServicesFromHalfOfABackupUntilItIsRepeated() throws Exception {
        Path backup = backUp();
        try (DatabaseStore database = DatabaseStore.open(there.postgres)) {
            database.mark();
        }
        there.redis("SET", "half", "1");

        assertThatThrownBy(() -> there.migrate("account", "V1__account"))
                .hasMessageContaining("a restore was begun and not finished");

        there.restore(backup, false);

        there.migrate("account", "V1__account");
        assertThat(there.redis("EXISTS", "half")).isEqualTo("0");
    }

    @Test
    void refusesTheBackupOfANewerProgram() throws Exception {
        here.rows("elicast", "INSERT INTO migration (name, crc) VALUES ('V99__future', 1)");
        Path backup = backUp();

        assertThatThrownBy(() -> there.restore(backup, false))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("there is no db/elicast/V99__future here");
    }

    @Test
    void leavesOneBackupAtATimeAndAsManyAsAreWanted() throws Exception {
        Path place = directory.resolve("backups");
        Files.createDirectories(place.resolve("lyceum-20261101T000000Z.partial"));
        for (String day : List.of("01", "02", "03")) {
            Files.createDirectories(place.resolve("lyceum-202611%sT000000Z".formatted(day)));
        }
        Backup backup = new Backup(place, 2, "1.0", Clock.fixed(NOW, ZoneOffset.UTC), report::add);

        backup.make(vertx, here.settings, here.postgres, here.redisUrl);

        assertThat(place).isDirectoryNotContaining("glob:**.partial");
        assertThat(Files.list(place).map(path -> path.getFileName().toString()))
                .containsExactlyInAnyOrder(".lock", "lyceum-20261103T000000Z", "lyceum-20261129T020000Z");
        assertThatThrownBy(() -> backup.make(vertx, here.settings, here.postgres, here.redisUrl))
                .isInstanceOf(Refused.class)
                .hasMessageEndingWith("is there already");
    }
}
