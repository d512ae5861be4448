package lyceum.launcher.elicast;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lyceum.launcher.wire.Answer;
import org.assertj.core.api.SoftAssertions;

/**
 * What a step's {@code new_server} demands in place of a defect or an accident of the old one.
 *
 * @param recorded holds where the status of the recording is allowed and comes
 */
record NewServerAnswer(Step step, Expectation recorded) implements Expectation {

    /** A meaning that is the very text of the answer, perhaps with an alternative behind it. */
    private static final Pattern TEXT = Pattern.compile("(?<text>\\w+ -- .+?)(?:; .*|, or .*)?");

    @Override
    public void check(Answer answer) {
        String allowed = step.newServer().orElseThrow().required("status").asText();
        boolean open = allowed.equals("either") || allowed.equals("skip");
        List<String> statuses = Arrays.asList(allowed.split(", | or "));
        if (!open && answer.status() == 200 && statuses.contains("200")) {
            checkSuccess(answer);
            return;
        }
        SoftAssertions soft = new SoftAssertions();
        if (open) {
            soft.assertThat(answer.status()).as("status of " + answer).isLessThan(500);
        } else {
            soft.assertThat(Integer.toString(answer.status()))
                    .as("status of " + answer)
                    .isIn(statuses);
            soft.assertThat(answer.header("Content-Type")).as("Content-Type").isEqualTo("text/plain; charset=utf-8");
            soft.assertThat(answer.text()).as("text").isNotBlank();
            checkText(answer, soft);
        }
        CorsHeaders.check(answer, soft);
        soft.assertAll();
    }

    private void checkSuccess(Answer answer) {
        if (step.response().required("status").asInt() == 200) {
            recorded.check(answer);
        }
    }

    private void checkText(Answer answer, SoftAssertions soft) {
        JsonNode meaning = step.newServer().orElseThrow().path("meaning");
        Matcher text = TEXT.matcher(meaning.asText());
        if (text.matches()) {
            soft.assertThat(answer.text()).as("text").isEqualTo(text.group("text"));
        }
    }
}
