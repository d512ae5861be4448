package lyceum.launcher.elicast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Body;
import lyceum.launcher.wire.Json;
import lyceum.launcher.wire.Request;
import lyceum.launcher.wire.RunningSuite;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies of lessons that the recorded traffic does not have: odd bytes, odd pieces, odd order (contract, sections 1, 2.2). */
class LessonBodyIT {

    private static final String URLENCODED = "application/x-www-form-urlencoded";
    private static final String SOUND = "data:audio/webm;base64,";

    private static RunningSuite suite;
    private static LessonCalls lessons;

    @BeforeAll
    static void start() {
        suite = RunningSuite.start(Map.of());
        lessons = new LessonCalls(suite.client());
    }

    @AfterAll
    static void stop() {
        suite.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void takesTheSameLessonWhereverItsBodyIsCut(int chunkBytes) {
        String ots = "[{\"ts\":1,\"insertedText\":\"é🙂한\\u00e9\\ud83d\\ude42\\n\"}]";
        String voices = Json.write(List.of(Recordings.dataUri("audio/chrome-slice3.webm"), SOUND + "AAE="));
        // Half of it raw and half of it escaped: cuts fall into characters, into percent escapes and into JSON escapes.
        String fields = "title=%ED%95%9C+🙂%2B&ots=" + RecordedRequest.percentEncoded(ots) + "&teacher=김&voice_blobs="
                + voices.replace("+", "%2B");

        Answer created = suite.client()
                .sendChunked(Request.form("PUT", "/elicast", fields), chunkBytes)
                .await();

        JsonNode lesson = lessons.lesson(created);
        assertThat(lesson.path("title").asText()).isEqualTo("한 🙂+");
        assertThat(lesson.path("teacher").asText()).isEqualTo("김");
        assertThat(lesson.path("ots")).isEqualTo(Json.parse(ots));
        assertThat(lesson.path("voice_blobs")).isEqualTo(Json.parse(voices));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 1000})
    void takesTheSameMultipartLessonWhereverItsBodyIsCut(int chunkBytes) {
        String voices = Json.write(List.of(Recordings.dataUri("audio/chrome-slice3.webm")));
        JsonNode recorded = Json.parse("""
                {"method":"PUT","path":"/elicast","multipart":[
                  {"name":"voice_blobs","value":%s},{"name":"title","value":"한\\r\\n--🙂"},{"name":"ots","value":"[1]"}]}""".formatted(Json.write(voices)));
        Request request = new RecordedRequest(recorded, new Tickets()).prepare();

        JsonNode lesson =
                lessons.lesson(suite.client().sendChunked(request, chunkBytes).await());

        assertThat(lesson.path("title").asText()).isEqualTo("한\r\n--🙂");
        assertThat(lesson.path("ots")).isEqualTo(Json.parse("[1]"));
        assertThat(lesson.path("voice_blobs")).isEqualTo(Json.parse(voices));
    }

    @Test
    void takesEscapesThatAreNoUtf8AsReplacementCharacters() {
        assertThat(lessons.stored("title=%FFa%C3&ots=[]&voice_blobs=[]")
                        .path("title")
                        .asText())
                .isEqualTo("\uFFFDa\uFFFD");
    }

    @ParameterizedTest
    @CsvSource({
        "iso-8859-1, ISO-8859-1, %E9",
        "ISO-8859-1, ISO-8859-1, é",
        "\"utf-8\", UTF-8, é",
        "utf-8, UTF-8, %C3%A9",
        "windows-1252, windows-1252, é"
    })
    void readsTheBodyInTheCharsetThatItNames(String named, Charset charset, String title) {
        Request request = Request.of("PUT", "/elicast")
                .with("Content-Type", URLENCODED + "; charset=" + named)
                .with(Body.of(("title=" + title + "&ots=[]&voice_blobs=[]").getBytes(charset)));

        assertThat(lessons.lesson(lessons.send(request)).path("title").asText()).isEqualTo("é");
    }

    @Test
    void refusesACharsetThatNobodyKnows() {
        Request request = Request.of("PUT", "/elicast")
                .with("Content-Type", URLENCODED + "; charset=klingon")
                .with(Body.of("title=a&ots=[]&voice_blobs=[]"));

        Expectation.plainText(400, "400: Bad Request").check(lessons.send(request));
    }

    @Test
    void takesTheFirstOfRepeatedNamesAndIgnoresUnknownOnes() {
        JsonNode lesson = lessons.stored(
                "x=1&title=first&voice_blobs=[]&ots=[1]&title=second&ots=x&voice_blobs=x&teacher=a&teacher=b&=&y");

        assertThat(lesson.path("title").asText()).isEqualTo("first");
        assertThat(lesson.path("ots")).isEqualTo(Json.parse("[1]"));
        assertThat(lesson.path("voice_blobs")).isEqualTo(Json.parse("[]"));
        assertThat(lesson.path("teacher").asText()).isEqualTo("a");
    }

    @ParameterizedTest
    @CsvSource({
        "voice_blobs=x&ots=x&title=, title -- Invalid str format (length 1~128)",
        "teacher=TOO_LONG&voice_blobs=x&ots=x&title=a, ots -- Invliad json format",
        "teacher=TOO_LONG&voice_blobs=x&ots=[]&title=a, voice_blobs -- Invliad json format",
        "voice_blobs=[]&teacher=TOO_LONG&ots=[]&title=a, teacher -- should be null or str format (length 1~64)",
        "voice_blobs=x&title=, 400: Bad Request"
    })
    void checksInItsOwnOrderWhateverTheOrderOfFields(String fields, String text) {
        Answer answer = lessons.put(fields.replace("TOO_LONG", "t".repeat(65)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).isEqualTo(text);
    }

    @Test
    void dropsWhiteSpaceBehindTheWholeBody() {
        assertThat(lessons.stored("ots=[]&voice_blobs=[]&title=a b \t\r\n")
                        .path("title")
                        .asText())
                .isEqualTo("a b");
    }

    @Test
    void keepsFieldsOf12MegabytesWhole() {
        String ots = Json.write(List.of("é%\n".repeat(3_000_000)));
        String voices = Json.write(List.of(SOUND + "QUJD".repeat(3_000_000)));

        JsonNode lesson =
                lessons.stored("voice_blobs=" + voices + "&title=long&ots=" + RecordedRequest.percentEncoded(ots));

        // As booleans: nobody can read a difference of 12 MB.
        assertThat(lesson.path("ots").equals(Json.parse(ots))).as("same OTs").isTrue();
        assertThat(lesson.path("voice_blobs").equals(Json.parse(voices)))
                .as("same sound")
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "A",
                "AAA",
                "AB==",
                "AAB=",
                "AAAA=",
                "AA==AA==",
                "=",
                "!!not base64!!",
                "AA AA",
                "AA\\nAA",
                "_-_-",
                "é🙂",
                "\\u0000",
                "QU\\u0044D",
                "AAAA\\/+++"
            })
    void givesBackEachRecordingAsItWasSent(String data) {
        String voices = "[\"data:audio\\/webm;base64,%s\", \"%sQUJD\"]".formatted(data, SOUND);

        JsonNode lesson = lessons.stored("title=a&ots=[]&voice_blobs=" + RecordedRequest.percentEncoded(voices));

        assertThat(lesson.path("voice_blobs")).isEqualTo(Json.parse(voices));
    }

    @Test
    void givesBackNumbersAndNestingAsTheyWereSent() {
        String ots = "[1.0, 1e5, -0, 12345678901234567890, {\"_exId\": 1, \"n\": null, \"l\": [[{}]]}, \"\\u0000\"]";

        JsonNode lesson = lessons.stored("title=a&voice_blobs=[]&ots=" + RecordedRequest.percentEncoded(ots));

        assertThat(lesson.path("ots")).isEqualTo(Json.parse(ots));
    }

    @Test
    void neverAnswersADefectToATitleThatNoTableCanHold() {
        assertThat(lessons.put("title=a%00b&ots=[]&voice_blobs=[]").status()).isLessThan(500);
    }
}
