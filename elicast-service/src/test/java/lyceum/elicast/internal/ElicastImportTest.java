package lyceum.elicast.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import lyceum.elicast.Lesson;
import lyceum.platform.ImportReport;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;
import lyceum.platform.TestPostgres;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What elicast-server has left behind. */
@TestInstance(Lifecycle.PER_CLASS)
class ElicastImportTest {

    /** As SQLAlchemy has made them for elicast-server (contract, section 3). */
    private static final List<String> TABLES = List.of(
            "CREATE TABLE elicast (id INTEGER NOT NULL, created BIGINT NOT NULL, title VARCHAR(128) NOT NULL,"
                    + " ots TEXT NOT NULL, voice_blobs TEXT NOT NULL, teacher VARCHAR(64), is_protected BOOLEAN NOT NULL,"
                    + " is_for_experiment BOOLEAN NOT NULL, is_deleted BOOLEAN NOT NULL, PRIMARY KEY (id))",
            "CREATE TABLE code_run (id INTEGER NOT NULL, created BIGINT NOT NULL, code TEXT NOT NULL,"
                    + " output TEXT NOT NULL, exit_code INTEGER NOT NULL, PRIMARY KEY (id))",
            "CREATE TABLE code_run_exercise (id INTEGER NOT NULL, created BIGINT NOT NULL, elicast_id INTEGER NOT NULL,"
                    + " ex_id INTEGER NOT NULL, solve_ots TEXT NOT NULL, code TEXT NOT NULL, output TEXT NOT NULL,"
                    + " exit_code INTEGER NOT NULL, PRIMARY KEY (id))",
            "CREATE TABLE log_ticket (id INTEGER NOT NULL, created BIGINT NOT NULL, ticket VARCHAR(36) NOT NULL,"
                    + " ip VARCHAR(16) NOT NULL, user_agent TEXT NOT NULL, referer TEXT NOT NULL, name VARCHAR(64) NOT NULL,"
                    + " PRIMARY KEY (id), UNIQUE (ticket))",
            "CREATE TABLE log_entry (id INTEGER NOT NULL, created BIGINT NOT NULL, log_ticket_id INTEGER NOT NULL,"
                    + " data TEXT NOT NULL, PRIMARY KEY (id))");

    private static final String SOUND = Base64.getEncoder().encodeToString(new byte[400_000]);

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private ElicastConfig config;
    private Path file;

    @BeforeEach
    void open() throws SQLException {
        config = ElicastConfig.from(new Settings(Map.of()), TestPostgres.freshDatabase(vertx));
        file = directory.resolve("elicast %s.sqlite".formatted(System.nanoTime()));
        sql(TABLES.toArray(String[]::new));
        sql(
                "INSERT INTO elicast VALUES (3, 1541000000123, 'Loops 🙂', ' [{\"a\": 1.0}, null]', "
                        + "'[\"data:audio/webm;base64,%s\", \"data:audio/webm;base64,not base64 \\u00e9\"]', NULL, 1, 0, 0)"
                                .formatted(SOUND),
                "INSERT INTO elicast VALUES (7, 1541000000456, 'Gone', '[]', '[]', 'Ada', 0, 1, 1)",
                "INSERT INTO code_run VALUES (5, 1541000000500, 'print(1)', '1' || char(0), 0)",
                "INSERT INTO code_run_exercise VALUES (2, 1541000000600, 7, 4, '[]', 'x', 'y', 1)",
                "INSERT INTO log_ticket VALUES (1, 1541000000700, '0b7f0a9e-0f5c-4c0e-9d60-0d7f0a9e0f5c', '127.0.0.1',"
                        + " 'Firefox', '', '\"\"')",
                "INSERT INTO log_entry VALUES (1, 1541000000800, 1, '{\"action\":\"get-ticket\"}')");
    }

    @AfterAll
    void close() {
        vertx.close().await();
    }

    @Test
    void keepsWhatClientsKnow() {
        ImportReport report = take(false);

        assertThat(report.lines())
                .containsExactly(
                        "lesson: read 2, imported 2, already there 0, refused 0",
                        "code_run: read 1, imported 1, already there 0, refused 0",
                        "code_run_exercise: read 1, imported 1, already there 0, refused 0",
                        "log_ticket: read 1, imported 1, already there 0, refused 0",
                        "log_entry: read 1, imported 1, already there 0, refused 0");
        Lesson lesson = withPool(pool -> new LessonStore(pool).find(3).await());
        assertThat(lesson)
                .extracting(Lesson::created, Lesson::title, Lesson::teacher, Lesson::isProtected, Lesson::voices)
                .containsExactly(Instant.ofEpochMilli(1541000000123L), "Loops 🙂", null, true, 2);
        assertThat(rows("SELECT part, is_text, sum(length(bytes))::int, max(length(bytes)) FROM piece p"
                        + " JOIN lesson l USING (content_id) WHERE l.id = 3 GROUP BY 1, 2 ORDER BY 1"))
                .extracting(row -> row.getInteger(0), row -> row.getBoolean(1), row -> row.getInteger(2))
                .containsExactly(
                        tuple(0, true, 19),
                        tuple(1, false, 400_000),
                        tuple(2, true, "not base64 é".getBytes(StandardCharsets.UTF_8).length));
        assertThat(rows("SELECT convert_from(bytes, 'UTF8') FROM piece WHERE part = 0 ORDER BY content_id"))
                .extracting(row -> row.getString(0))
                .containsExactly(" [{\"a\": 1.0}, null]", "[]");
        assertThat(rows("SELECT is_deleted, is_for_experiment, teacher FROM lesson WHERE id = 7"))
                .extracting(row -> row.getBoolean(0), row -> row.getBoolean(1), row -> row.getString(2))
                .containsExactly(tuple(true, true, "Ada"));
        assertThat(rows("SELECT output FROM code_run").get(0).getBuffer(0).getBytes())
                .containsExactly('1', 0);
        assertThat(rows("SELECT nextval('lesson_id_seq'), nextval('code_run_id_seq')")
                        .get(0)
                        .getLong(0))
                .isEqualTo(8);
    }

    @Test
    void takesNothingTwiceAndLeavesWhatWasChangedHere() throws SQLException {
        take(false);
        rows("UPDATE lesson SET title = 'Changed here' WHERE id = 3");
        sql("INSERT INTO code_run VALUES (6, 1541000000900, 'a', 'b', 0)");

        ImportReport second = take(false);

        assertThat(second.lines())
                .contains(
                        "lesson: read 2, imported 0, already there 2, refused 0",
                        "code_run: read 2, imported 1, already there 1, refused 0",
                        "log_entry: read 1, imported 0, already there 1, refused 0");
        assertThat(rows("SELECT title FROM lesson WHERE id = 3").get(0).getString(0))
                .isEqualTo("Changed here");
    }

    @Test
    void writesNothingWhenItIsDryAndTellsTheSame() {
        ImportReport dry = take(true);

        for (String table : List.of("lesson", "content", "piece", "code_run", "log_ticket", "log_entry")) {
            assertThat(rows("SELECT FROM " + table)).as(table).isEmpty();
        }
        assertThat(take(false).lines()).isEqualTo(dry.lines());
    }

    @Test
    void refusesRowsThatCannotBeAndTakesTheOthers() throws SQLException {
        sql(
                "INSERT INTO elicast VALUES (10, 1, 'No list', '{}', '[]', NULL, 0, 0, 0)",
                "INSERT INTO elicast VALUES (11, 1, 'No number', '[NaN]', '[]', NULL, 0, 0, 0)",
                "INSERT INTO elicast VALUES (12, 1, 'No URI', '[]', '[7]', NULL, 0, 0, 0)",
                "INSERT INTO elicast VALUES (13, 1, 'Other URI', '[]', '[\"data:audio/ogg;base64,\"]', NULL, 0, 0, 0)",
                "INSERT INTO elicast VALUES (14, 1, '', '[]', '[]', NULL, 0, 0, 0)",
                "INSERT INTO elicast VALUES (15, -1, 'Too early', '[]', '[]', NULL, 0, 0, 0)",
                "INSERT INTO code_run_exercise VALUES (3, 1, 10, 4, '[]', 'x', 'y', 1)",
                "INSERT INTO code_run_exercise VALUES (4, 1, 3, 'four', '[]', 'x', 'y', 1)",
                "INSERT INTO log_ticket VALUES (2, 1, 'short', '127.0.0.1', '', '', 'a')",
                "INSERT INTO log_entry VALUES (2, 1, 2, '1')");

        assertThat(take(false).lines())
                .contains(
                        "lesson: read 8, imported 2, already there 0, refused 6",
                        "refused lesson 10: ots is no JSON list",
                        "refused lesson 11: ots is no JSON",
                        "refused lesson 12: voice_blobs is no JSON list of texts",
                        "refused lesson 13: voice_blobs: recording 0 is no data URI of audio/webm",
                        "refused lesson 14: title -- Invalid str format (length 1~128)",
                        "refused lesson 15: no title, or no time",
                        "refused code_run_exercise 3: its lesson 10 was not taken",
                        "refused code_run_exercise 4: its ex_id is no number",
                        "refused log_ticket 2: ticket -- Invalid string format (36~36)",
                        "refused log_entry 2: its ticket 2 was not taken");
    }

    @Test
    void refusesWhatWouldTakeTheIdOfAnother() {
        take(true);
        rows("INSERT INTO content (created_at, saved) VALUES (now(), true)");
        rows("INSERT INTO lesson (id, created_at, title, content_id) OVERRIDING SYSTEM VALUE"
                + " SELECT 7, now(), 'Ours', max(id) FROM content");

        assertThat(take(false).lines())
                .contains(
                        "lesson: read 2, imported 1, already there 0, refused 1",
                        "refused lesson 7: another lesson has this id here",
                        "refused code_run_exercise 2: its lesson 7 was not taken");
    }

    @Test
    void refusesWhatIsNoSuchDatabase() throws SQLException, IOException {
        Path missing = directory.resolve("none.sqlite");
        assertThatThrownBy(() -> ElicastImport.take(vertx, config, missing, false))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("--import=elicast: '%s' is not a database of elicast-server: ", missing);
        assertThat(missing).doesNotExist();
        sql("DROP TABLE log_entry");
        assertThatThrownBy(() -> take(false)).isInstanceOf(WrongSetting.class).hasMessageContaining("no such table");
        assertThat(rows("SELECT FROM lesson")).isEmpty();
        Files.writeString(file, "no database at all, but long enough to be one: " + "x".repeat(10_000));
        assertThatThrownBy(() -> take(false)).isInstanceOf(WrongSetting.class);
    }

    private ImportReport take(boolean isDry) {
        return ElicastImport.take(vertx, config, file, isDry);
    }

    private interface Question<T> {
        T ask(Pool pool);
    }

    private <T> T withPool(Question<T> question) {
        Pool pool = config.database().open(vertx);
        try {
            return question.ask(pool);
        } finally {
            pool.close().await();
        }
    }

    private List<Row> rows(String sql) {
        return withPool(pool -> {
            List<Row> rows = new ArrayList<>();
            pool.query(sql).execute().await().forEach(rows::add);
            return rows;
        });
    }

    private void sql(String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file.toUri());
                Statement statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }
}
