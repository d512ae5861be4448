package lyceum.launcher.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A hand-in whose result the original recorded.
 *
 * @param name of the submission
 * @param expected what came of it
 */
record RecordedHandIn(String homework, String codePackage, String name, JsonNode expected) {

    private static final double TOLERANCE = 0.001;

    /** The original crashes on it; the note of the recording says what is right (D18). */
    private static final Set<String> DECIDED = Set.of("short-row");

    static Stream<RecordedHandIn> all() {
        JsonNode recorded = Classroom.fixture("homework/expected.json");
        return stream(recorded.path("expected"))
                .flatMap(homework -> stream(homework.getValue())
                        .map(each -> new RecordedHandIn(
                                homework.getKey(),
                                recorded.path("languages")
                                        .path(homework.getKey())
                                        .asText(),
                                each.getKey(),
                                each.getValue())));
    }

    private static Stream<Map.Entry<String, JsonNode>> stream(JsonNode object) {
        return object.properties().stream();
    }

    void assertCameTo(JsonNode handIn) {
        if (DECIDED.contains(name)) {
            assertThat(handIn.path("state").asText()).isEqualTo("Rejected");
            assertThat(handIn.path("result").asText()).isEqualTo("No test passed, submission rejected.");
            assertThat(handIn.path("partials")).hasSize(2);
            return;
        }
        assertThat(handIn.path("state").asText())
                .isEqualTo(expected.path("state").asText());
        assertThat(handIn.path("result").asText()).startsWith(unformatted(expected.path("result")));
        assertThat(handIn.path("exitCode")).isEqualTo(expected.path("exitcode"));
        assertThat(handIn.path("stdout").asText("").isEmpty())
                .isEqualTo(expected.path("stdout_empty").asBoolean());
        assertThat(handIn.path("stderr").asText("").isEmpty())
                .isEqualTo(expected.path("stderr_empty").asBoolean());
        if (expected.path("state").asText().equals("Accepted")) {
            assertThat(handIn.path("score").asDouble())
                    .isEqualTo(expected.path("base_score").asDouble(), within(TOLERANCE));
        }
        assertPartials(handIn.path("partials"), expected.path("partials"));
    }

    private static void assertPartials(JsonNode partials, JsonNode expected) {
        assertThat(partials).hasSameSizeAs(expected);
        for (int i = 0; i < expected.size(); i++) {
            JsonNode partial = partials.get(i);
            JsonNode recorded = expected.get(i);
            assertThat(partial.path("typeName")).isEqualTo(recorded.path("typeName"));
            assertThat(partial.path("score").asDouble())
                    .isEqualTo(recorded.path("score").asDouble(), within(TOLERANCE));
            assertThat(partial.path("weight").asDouble())
                    .isEqualTo(recorded.path("weight").asDouble(), within(TOLERANCE));
            assertThat(partial.path("brief").asText()).startsWith(unformatted(recorded.path("brief")));
            assertThat(partial.path("detail"))
                    .hasSize(recorded.path("detail_count").asInt());
            assertHeads(partial.path("detail"), recorded.path("detail_head"));
        }
    }

    private static void assertHeads(JsonNode details, JsonNode heads) {
        String[] texts = StreamSupport.stream(details.spliterator(), false)
                .map(JsonNode::asText)
                .toArray(String[]::new);
        for (int i = 0; i < heads.size(); i++) {
            assertThat(texts[i]).startsWith(head(heads.get(i).asText()));
        }
    }

    /** @return what stands before the first argument */
    private static String unformatted(JsonNode text) {
        return head(text.path("text").asText(text.asText("")));
    }

    private static String head(String text) {
        return text.contains("%") ? text.substring(0, text.indexOf('%')) : text;
    }

    @Override
    public String toString() {
        return homework + '/' + name;
    }
}
