package lyceum.launcher.elicast;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;
import java.util.function.UnaryOperator;
import lyceum.launcher.wire.Answer;
import org.assertj.core.api.SoftAssertions;

/** The answer as it was recorded: status, the headers that were noted, and the body or its properties. */
record RecordedAnswer(Step step, RecordedIds ids) implements Expectation {

    private static final String ANY = "any";

    @Override
    public void check(Answer answer) {
        JsonNode recorded = step.response();
        SoftAssertions soft = new SoftAssertions();
        soft.assertThat(answer.status())
                .as("status of " + answer)
                .isEqualTo(recorded.required("status").asInt());
        recorded.required("headers")
                .fields()
                .forEachRemaining(header -> soft.assertThat(answer.header(header.getKey()))
                        .as(header.getKey())
                        .isEqualTo(header.getValue().asText()));
        CorsHeaders.check(answer, soft);
        if (recorded.has("text")) {
            checkText(answer, recorded.get("text").asText(), soft);
        }
        if (recorded.has("json")) {
            checkJson(answer, soft);
        }
        soft.assertAll();
        new Summary(step, ids).check(answer);
    }

    private void checkText(Answer answer, String recorded, SoftAssertions soft) {
        UnaryOperator<String> comparable = step.volatileIn("response/text").isEmpty()
                ? UnaryOperator.identity()
                : RecordedAnswer::withoutLastNumber;
        soft.assertThat(comparable.apply(answer.text())).as("text").isEqualTo(comparable.apply(recorded));
    }

    private void checkJson(Answer answer, SoftAssertions soft) {
        JsonNode expected = comparable(ids.translateAnswer(step.recordedJson()));
        JsonNode actual = comparable(answer.json().deepCopy());
        soft.assertThat(actual).as("json").isEqualTo(expected);
    }

    /** What is volatile keeps its kind, and output only what all Pythons write. */
    private JsonNode comparable(JsonNode json) {
        List<JsonPath> paths = step.volatileIn("response/json");
        paths.forEach(path -> path.replace(json, value -> TextNode.valueOf(ANY + " " + value.getNodeType())));
        new JsonPath("/output").replace(json, output -> TextNode.valueOf(ProgramOutput.comparable(output.asText())));
        return json;
    }

    private static String withoutLastNumber(String text) {
        return text.replaceFirst("\\d+$", ANY);
    }
}
