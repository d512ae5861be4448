package lyceum.social.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import lyceum.platform.ImportReport;
import lyceum.social.Act;
import lyceum.social.SocialService;
import lyceum.social.SocialService.Click;
import lyceum.social.SocialService.Event;
import lyceum.social.SocialService.Hour;
import lyceum.social.SocialService.ListNewest;
import lyceum.social.SocialService.User;
import lyceum.social.Stats;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** What the original server has left behind. */
@TestInstance(Lifecycle.PER_CLASS)
class FrustImportTest {

    /** As SQLAlchemy has made them for frust-api. */
    private static final List<String> TABLES = List.of(
            "CREATE TABLE clicks (id INTEGER NOT NULL, user VARCHAR(15) NOT NULL, comment VARCHAR(75), style VARCHAR,"
                    + " timestamp INTEGER NOT NULL, PRIMARY KEY (id))",
            "CREATE TABLE events (id INTEGER NOT NULL, user VARCHAR(15) NOT NULL, name VARCHAR(75) NOT NULL,"
                    + " timestamp INTEGER NOT NULL, PRIMARY KEY (id))",
            "CREATE TABLE users (name VARCHAR(15) NOT NULL, clicks INTEGER NOT NULL, events INTEGER NOT NULL,"
                    + " PRIMARY KEY (name))",
            "CREATE TABLE hours (timestamp INTEGER NOT NULL, clicks INTEGER NOT NULL, events INTEGER NOT NULL,"
                    + " clicks_total INTEGER NOT NULL, events_total INTEGER NOT NULL, PRIMARY KEY (timestamp))");

    private static final long HOUR = 3600;
    private static final long NOON = Instant.parse("2026-11-24T12:00:00Z").getEpochSecond();

    @TempDir
    Path directory;

    private final TestSocial social = new TestSocial();
    private Path file;

    @BeforeEach
    void open() throws SQLException {
        file = directory.resolve("my db?1#ü%20.sqlite");
        sql(TABLES.toArray(String[]::new));
    }

    @AfterEach
    void reset() {
        social.reset();
    }

    @AfterAll
    void close() {
        social.close();
    }

    @Test
    void takesOverWhatThereIs() throws SQLException {
        sql(
                "INSERT INTO clicks VALUES (1, 'Zoe 🙂', 'yesterday', NULL, %d)".formatted(NOON - 24 * HOUR),
                "INSERT INTO clicks VALUES (2, 'Anna', NULL, 'big fire', %d)".formatted(NOON - 2 * HOUR),
                "INSERT INTO clicks VALUES (7, 'Zoe 🙂', 'a' || char(0) || 'b', '', %d)".formatted(NOON - HOUR),
                "INSERT INTO events VALUES (1, 'Anna', 'sas', %d)".formatted(NOON - HOUR),
                "INSERT INTO users VALUES ('Zoe 🙂', 2, 0), ('Anna', 1, 1)",
                "INSERT INTO hours VALUES (%d, 1, 0, 11, 5)".formatted(NOON - 24 * HOUR),
                "INSERT INTO hours VALUES (%d, 1, 0, 12, 5)".formatted(NOON - 2 * HOUR),
                "INSERT INTO hours VALUES (%d, 1, 2, 13, 7)".formatted(NOON - HOUR));

        social.deploy(file);

        assertThat(social.state().stats()).isEqualTo(new Stats(13, 2, 0, 7, 2, 0));
        assertThat(social.clicks())
                .extracting(Click::user, Click::comment, Click::style, Click::timestampSeconds)
                .containsExactly(
                        tuple("Zoe 🙂", "a\uFFFDb", "", NOON - HOUR), tuple("Anna", null, "big fire", NOON - 2 * HOUR));
        assertThat(social.events())
                .extracting(Event::user, Event::name, Event::timestampSeconds)
                .containsExactly(tuple("Anna", "sas", NOON - HOUR));
        assertThat(social.users())
                .extracting(User::name, User::clicks, User::events)
                .containsExactly(tuple("Zoe 🙂", 2L, 0L), tuple("Anna", 1L, 1L));
        assertThat(social.hours())
                .containsExactly(
                        new Hour(NOON - 24 * HOUR, 1, 0, 11, 5),
                        new Hour(NOON - 2 * HOUR, 1, 0, 12, 5),
                        new Hour(NOON - HOUR, 1, 2, 13, 7),
                        new Hour(NOON, 0, 0, 13, 7));
    }

    @Test
    void goesOnInTheRunningHour() throws SQLException {
        sql(
                "INSERT INTO hours VALUES (%d, 1, 1, 1, 1)".formatted(NOON - HOUR),
                "INSERT INTO hours VALUES (%d, 3, 2, 4, 3)".formatted(NOON),
                "INSERT INTO users VALUES ('Anna', 4, 3)");
        social.deploy(file);
        TestMember member = social.member("member");

        member.act(Act.connect(1), Act.click(1, "Anna", null, null));

        assertThat(social.state().stats()).isEqualTo(new Stats(5, 5, 4, 3, 3, 2));
        assertThat(social.hours()).containsExactly(new Hour(NOON - HOUR, 1, 1, 1, 1), new Hour(NOON, 4, 2, 5, 3));
        assertThat(social.users()).extracting(User::clicks).containsExactly(5L);
    }

    @Test
    void takesMoreThanOneBiteOver() throws SQLException {
        sql("INSERT INTO clicks WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500)"
                + " SELECT i, 'Anna', 'n' || i, NULL, %d FROM n".formatted(NOON));

        social.deploy(file);

        assertThat(social.rows("SELECT FROM click")).hasSize(2500);
        assertThat(social.clicks())
                .hasSize(500)
                .first()
                .extracting(Click::comment)
                .isEqualTo("n2500");
    }

    /** Ids that were not given in the order of time, and more rows than are listed ({@code lifecycle.json}, limits). */
    @Test
    void listsClicksAsTheOriginalDid() throws SQLException, IOException {
        JsonObject recorded = recordedLimits();
        long midnight = NOON - 12 * HOUR;
        sql(
                "INSERT INTO clicks WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10050)"
                        + " SELECT i, 'Anna', 'n' || i, NULL, %d FROM n".formatted(NOON),
                "INSERT INTO clicks VALUES (10051, 'Anna', 'yesterday', NULL, %d)".formatted(midnight - 1),
                "INSERT INTO clicks VALUES (10052, 'Anna', 'midnight', NULL, %d)".formatted(midnight),
                "INSERT INTO clicks VALUES (10053, 'Anna', 'late id, early time', NULL, %d)".formatted(midnight + 5));
        social.deploy(file);

        List<String> comments = new ArrayList<>();
        long last = Long.MAX_VALUE;
        while (comments.size() < SocialService.LISTED) {
            List<Click> page = social.service
                    .listClicks(new ListNewest(SocialService.MAIN_CLASS, last, SocialService.PAGE))
                    .await()
                    .clicks();
            page.forEach(click -> comments.add(click.comment()));
            last = page.get(page.size() - 1).id();
        }

        assertThat(comments).hasSize(recorded.getInteger("clicks_returned"));
        assertThat(new JsonArray(comments.subList(0, 4))).isEqualTo(recorded.getJsonArray("first_comments"));
        assertThat(comments).last().isEqualTo(recorded.getString("last_comment"));
    }

    private static JsonObject recordedLimits() throws IOException {
        try (var recorded =
                Objects.requireNonNull(FrustImportTest.class.getResourceAsStream("/social/lifecycle.json"))) {
            return new JsonObject(new String(recorded.readAllBytes(), StandardCharsets.UTF_8)).getJsonObject("limits");
        }
    }

    @Test
    void takesNothingOverTwiceOrIntoAClassInUse() throws SQLException {
        sql("INSERT INTO hours VALUES (%d, 3, 2, 4, 3)".formatted(NOON));
        social.deploy(file).undeploy();

        ImportReport second = social.take(file, false);

        assertThat(second.lines())
                .contains("hours: read 1, imported 0, already there 1, refused 0")
                .contains("the class is in use, or was taken over before: nothing was taken");
        assertThat(social.deploy().state().stats()).isEqualTo(new Stats(4, 3, 3, 3, 2, 2));
    }

    /** The original stores an hour when it is over: it may have been stopped before. */
    @Test
    void takesNothingOverTwiceWhereNoHourSaysThatAnythingWas() throws SQLException {
        sql(
                "INSERT INTO events VALUES (1, 'Anna', 'sas', %d)".formatted(NOON),
                "INSERT INTO users VALUES ('Anna', 0, 1)");
        social.take(file, false);

        ImportReport second = social.take(file, false);

        assertThat(second.lines()).contains("the class is in use, or was taken over before: nothing was taken");
        assertThat(social.rows("SELECT FROM event")).hasSize(1);
        assertThat(social.rows("SELECT FROM app_user WHERE events = 1")).hasSize(1);
    }

    @Test
    void takesNothingOverTwiceWhereThereAreOnlyUsers() throws SQLException {
        sql("INSERT INTO users VALUES ('Anna', 1, 1)");
        social.take(file, false);

        social.take(file, false);

        assertThat(social.rows("SELECT FROM app_user WHERE events = 1")).hasSize(1);
    }

    @Test
    void takesOverAfterHoursInWhichNobodyCame() throws SQLException {
        sql("INSERT INTO hours VALUES (%d, 3, 2, 4, 3)".formatted(NOON));
        social.deploy().undeploy();
        social.clock.pass(Duration.ofHours(2));
        social.deploy().undeploy();

        social.deploy(file);

        assertThat(social.hours()).containsExactly(new Hour(NOON, 3, 2, 4, 3), new Hour(NOON + 2 * HOUR, 0, 0, 4, 3));
    }

    @Test
    void takesAnEmptyDatabaseOver() {
        social.deploy(file);

        assertThat(social.state().stats()).isEqualTo(new Stats(0, 0, 0, 0, 0, 0));
        assertThat(social.hours()).containsExactly(new Hour(NOON, 0, 0, 0, 0));
    }

    @Test
    void refusesAFileThatIsNotThere() {
        Path missing = directory.resolve("none.sqlite");

        assertThatThrownBy(() -> social.deploy(missing))
                .hasMessageStartingWith("--import=frust: '%s' is not a database of frust-api: ".formatted(missing));
        assertThat(missing).doesNotExist();
    }

    @Test
    void refusesAFileThatIsBroken() throws IOException {
        Files.writeString(file, "no database at all, but long enough to be one: " + "x".repeat(10_000));

        assertThatThrownBy(() -> social.deploy(file)).hasMessageContaining("is not a database of frust-api: ");
    }

    @Test
    void tellsOfRowsThatCannotBeAndTakesTheOthers() throws SQLException {
        sql(
                "DROP TABLE users",
                "CREATE TABLE users (name VARCHAR(15), clicks INTEGER, events INTEGER)",
                "INSERT INTO users VALUES (NULL, 1, 1), ('Anna', 2, 3)");

        ImportReport report = social.take(file, false);

        assertThat(report.lines())
                .contains("users: read 2, imported 1, already there 0, refused 1", "refused users 1: no name");
        assertThat(social.rows("SELECT FROM app_user")).hasSize(1);
    }

    @Test
    void writesNothingWhenItIsDryAndTellsTheSame() throws SQLException {
        sql(
                "INSERT INTO clicks VALUES (1, 'Anna', NULL, NULL, %d)".formatted(NOON),
                "INSERT INTO hours VALUES (%d, 3, 2, 4, 3)".formatted(NOON));

        ImportReport dry = social.take(file, true);

        assertThat(social.rows("SELECT FROM click")).isEmpty();
        assertThat(social.rows("SELECT FROM class WHERE clicks_total > 0")).isEmpty();
        assertThat(social.take(file, false).lines()).isEqualTo(dry.lines());
        assertThat(social.rows("SELECT FROM click")).hasSize(1);
    }

    /** All or nothing. */
    @Test
    void refusesOtherTables() throws SQLException {
        sql("INSERT INTO clicks VALUES (1, 'Anna', NULL, NULL, %d)".formatted(NOON), "DROP TABLE hours");

        assertThatThrownBy(() -> social.deploy(file))
                .hasMessageStartingWith("--import=frust: '%s' is not a database of frust-api: ".formatted(file))
                .hasMessageContaining("no such table: hours");
        assertThat(social.rows("SELECT FROM click")).isEmpty();
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
