package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The score table, against the recorded one. */
class ScoreTableTest {

    private static Stream<JsonObject> rounding() {
        return Fixture.objects(Fixture.json("csv-export.json").getJsonArray("rounding"));
    }

    @ParameterizedTest
    @MethodSource("rounding")
    void roundsAsRecorded(JsonObject recorded) {
        String shown = Tenths.shown(recorded.getDouble("best_final_score"));
        assertThat(shown)
                .isEqualTo(recorded.getString("csv_cell_new_server"))
                .isEqualTo(recorded.getString("page_cell"));
    }

    @ParameterizedTest
    @CsvSource({"-0.05, -0.1", "-0.04, 0.0", "-20, -20.0", "1e15, 1000000000000000.0"})
    void roundsHalvesAwayFromZero(double score, String shown) {
        assertThat(Tenths.shown(score)).isEqualTo(shown);
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.MAX_VALUE, -1e308, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NaN})
    void showsWhateverWasStoredOnce(double score) {
        assertThat(Tenths.of(score)).isFinite();
        assertThat(Tenths.shown(score)).matches("-?\\d+\\.\\d");
    }

    @Test
    void sortsByCodePointAndShowsADashForNone() {
        List<ScoreTable.Row> rows = List.of(
                new ScoreTable.Row("stu", 50.0), new ScoreTable.Row("bob", null), new ScoreTable.Row("Zed", 8.6));
        assertThat(ScoreTable.csv(rows).toString())
                .isEqualTo(Fixture.json("csv-export.json").getString("example_document"));
        List<ScoreTable.Row> far = List.of(
                new ScoreTable.Row("\ud83d\ude00", null),
                new ScoreTable.Row("\uff21", null),
                new ScoreTable.Row("é", null));
        assertThat(ScoreTable.csv(far).toString()).isEqualTo("name,score\r\né,-\r\n\uff21,-\r\n\ud83d\ude00,-\r\n");
    }

    @Test
    void quotesAndNeutralisesNames() {
        List<ScoreTable.Row> rows = List.of(
                new ScoreTable.Row("b,ob", 7.5),
                new ScoreTable.Row("eve \"e\"", 100.0),
                new ScoreTable.Row("=1+1", 1.0),
                new ScoreTable.Row("@x,\ny", null),
                new ScoreTable.Row("", -3.0));
        assertThat(ScoreTable.csv(rows).toString())
                .isEqualTo(
                        "name,score\r\n,-3.0\r\n'=1+1,1.0\r\n\"'@x,\ny\",-\r\n\"b,ob\",7.5\r\n\"eve \"\"e\"\"\",100.0\r\n");
    }
}
