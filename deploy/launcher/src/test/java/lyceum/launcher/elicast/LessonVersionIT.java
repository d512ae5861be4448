package lyceum.launcher.elicast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Request;
import lyceum.launcher.wire.RunningSuite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Versions of a lesson: ETag, If-Match and what is kept of a version that was replaced. */
class LessonVersionIT {

    private static RunningSuite suite;
    private static LessonCalls lessons;

    private long id;

    @BeforeAll
    static void start() {
        suite = RunningSuite.start(Map.of());
        lessons = new LessonCalls(suite.client());
    }

    @AfterAll
    static void stop() {
        suite.close();
    }

    @BeforeEach
    void createALesson() {
        id = lessons.id(lessons.put("title=one&ots=[1]&voice_blobs=[]&teacher=ada"));
    }

    @Test
    void givesEachVersionATagOfItsOwn() {
        String first = lessons.read(id).header("ETag");
        modify("two", null);

        assertThat(first).matches("\"[^\"]+\"");
        assertThat(lessons.read(id).header("ETag")).isNotEqualTo(first).matches("\"[^\"]+\"");
    }

    @Test
    void takesAModifyOfTheVersionThatIsThere() {
        Answer answer = modify("two", lessons.read(id).header("ETag"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(lesson().path("title").asText()).isEqualTo("two");
    }

    @Test
    void takesAModifyOfWhateverIsThere() {
        assertThat(modify("two", "*").status()).isEqualTo(200);
    }

    @Test
    void takesAModifyOfAnyVersionThatIsListed() {
        String first = lessons.read(id).header("ETag");

        assertThat(modify("two", "\"99\", \"x\", " + first).status()).isEqualTo(200);
        assertThat(lesson().path("title").asText()).isEqualTo("two");
        assertThat(modify("three", "\"99\", " + first).status()).isEqualTo(412);
    }

    @Test
    void refusesAModifyOfAStaleVersionAndChangesNothing() {
        String stale = lessons.read(id).header("ETag");
        modify("two", null);
        Answer before = lessons.read(id);

        Answer refusal = modify("three", stale);

        Expectation.status(412).check(refusal);
        Answer after = lessons.read(id);
        assertThat(after.json()).isEqualTo(before.json());
        assertThat(after.header("ETag")).isEqualTo(before.header("ETag"));
        assertThat(history()).containsExactly("one ada");
    }

    @Test
    void validatesBeforeItLooksAtTheVersion() {
        Request request = Request.form("POST", "/elicast/" + id, "title=&ots=[]&voice_blobs=[]")
                .with("If-Match", "\"stale\"");

        Expectation.plainText(400, "title -- Invalid str format (length 1~128)").check(lessons.send(request));
    }

    @Test
    void keepsEachVersionThatWasReplaced() {
        modify("two", null);
        modify("three", null);

        assertThat(history()).containsExactly("one ada", "two null");
        assertThat(lesson().path("title").asText()).isEqualTo("three");
    }

    private Answer modify(String title, String ifMatch) {
        Request request = Request.form("POST", "/elicast/" + id, "title=%s&ots=[2]&voice_blobs=[]".formatted(title));
        return lessons.send(ifMatch == null ? request : request.with("If-Match", ifMatch));
    }

    private JsonNode lesson() {
        return lessons.read(id).json().required("elicast");
    }

    private List<String> history() {
        List<String> versions = new ArrayList<>();
        for (Row row : suite.rows("elicast")
                .preparedQuery("SELECT title, teacher FROM lesson_history WHERE lesson_id = $1 ORDER BY version")
                .execute(Tuple.of(id))
                .await()) {
            versions.add(row.getString("title") + " " + row.getString("teacher"));
        }
        return versions;
    }
}
