package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lyceum.grading.internal.RailgunHandIns.OldHandIn;
import lyceum.platform.ImportReport;
import lyceum.platform.Settings;
import lyceum.platform.TestPostgres;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RailgunHandInsTest {

    private final Vertx vertx = Vertx.vertx();
    private GradingConfig config;

    @BeforeEach
    void open() {
        config = GradingConfig.from(new Settings(Map.of()), TestPostgres.freshDatabase(vertx));
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    private static OldHandIn handIn(int number, String state, String score, String student) {
        return new OldHandIn(
                Integer.toString(number),
                "%032x".formatted(number),
                "2014-10-12 08:00:00.250000",
                "hw1",
                "python",
                state,
                score,
                "0.5",
                "0",
                "out\0",
                null,
                student,
                false);
    }

    private static final List<OldHandIn> SOUND = List.of(
            handIn(1, "Accepted", "87.5", "ada"), handIn(2, "Rejected", "3", "ada"), handIn(3, "Running", "0", "bob"));

    @Test
    void keepTheirIdsVerdictsAndScores() throws IOException {
        assertThat(take(SOUND, false).lines())
                .containsExactly(
                        "hand-in: read 3, imported 3, already there 0, refused 0",
                        "1 hand-ins were still open and are rejected",
                        "files of hand-ins and partial scores are pickles of Python, and stay behind");
        assertThat(rows("""
                        SELECT concat_ws('|', number, id, student, homework, package, extract(epoch FROM created_at), state, score,
                                         scale, result->>'text', exit_code, stdout, stderr)
                          FROM hand_in
                         ORDER BY number"""))
                .containsExactly(
                        "1|%032x|ada|hw1|python|1413100800.250000|Accepted|87.5|0.5|Your submission is accepted.|0|out\uFFFD"
                                .formatted(1),
                        "2|%032x|ada|hw1|python|1413100800.250000|Rejected|3|0.5|0|out\uFFFD".formatted(2),
                        "3|%032x|bob|hw1|python|1413100800.250000|Rejected|0|0.5|Submission discarded by admin.|0|out\uFFFD"
                                .formatted(3));
    }

    /** Where rows of PostgreSQL were changed, they lie behind younger ones. */
    @Test
    void areNumberedInTheOrderOfTheirArrival() throws IOException {
        take(
                List.of(
                        handIn(10, "Accepted", "2", "ada"),
                        handIn(2, "Accepted", "1", "ada"),
                        handIn(3, "Accepted", "1", "ada")),
                false);

        assertThat(rows("SELECT id FROM hand_in ORDER BY number"))
                .containsExactly("%032x".formatted(2), "%032x".formatted(3), "%032x".formatted(10));
    }

    @Test
    void areTakenOnce() throws IOException {
        take(SOUND, false);
        List<OldHandIn> more = new ArrayList<>(SOUND);
        more.add(handIn(4, "Accepted", "1", "ada"));

        assertThat(take(more, false).lines()).contains("hand-in: read 4, imported 1, already there 3, refused 0");
    }

    @Test
    void areNotTakenWhenItIsDry() throws IOException {
        ImportReport dry = take(SOUND, true);

        assertThat(rows("SELECT id FROM hand_in")).isEmpty();
        assertThat(take(SOUND, false).lines()).isEqualTo(dry.lines());
    }

    @Test
    void areRefusedWhereTheyCannotBe() throws IOException {
        OldHandIn good = SOUND.get(0);
        List<OldHandIn> wrong = List.of(
                handIn(1, "Lost", "1", "ada"),
                handIn(2, "Accepted", "NaN", "ada"),
                handIn(3, "Accepted", null, "ada"),
                handIn(4, "Accepted", "1", null),
                new OldHandIn("5", "ABC", "", "", "", "", "", "", "", "", "", "ada", false),
                new OldHandIn(
                        "6",
                        "%032x".formatted(6),
                        "yesterday",
                        good.homework(),
                        "python",
                        "Accepted",
                        "1",
                        "1",
                        null,
                        null,
                        null,
                        "ada",
                        false));

        assertThat(take(wrong, false).lines())
                .contains(
                        "hand-in: read 6, imported 0, already there 0, refused 6",
                        "refused hand-in %032x: no such state: Lost".formatted(1),
                        "refused hand-in %032x: its score is no number".formatted(2),
                        "refused hand-in %032x: its score is no number".formatted(3),
                        "refused hand-in %032x: its user is not there".formatted(4),
                        "refused hand-in ABC: its uuid is none",
                        "refused hand-in %032x: no such time: yesterday".formatted(6));
    }

    private ImportReport take(List<OldHandIn> handIns, boolean isDry) throws IOException {
        ImportReport report = new ImportReport();
        RailgunHandIns.take(vertx, config, sink -> handIns.forEach(sink::take), isDry, report);
        return report;
    }

    private List<String> rows(String sql) {
        Pool pool = config.database().open(vertx);
        try {
            List<String> rows = new ArrayList<>();
            pool.query(sql).execute().await().forEach(row -> rows.add(row.getString(0)));
            return rows;
        } finally {
            pool.close().await();
        }
    }
}
