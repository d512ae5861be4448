package lyceum.launcher.elicast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Client;
import lyceum.launcher.wire.Request;

/** The same program so many times at once, each with its own number in the place of N. */
record OverlappingRuns(Step step) {

    /** One run takes 2 s: one after the other they would take 8. */
    private static final Duration TOGETHER = Duration.ofSeconds(6);

    void check(Client client) {
        Instant start = Instant.now();
        List<Answer> answers = Future.all(
                        IntStream.range(0, step.json().get("parallel").asInt())
                                .mapToObj(number -> client.send(request(number)))
                                .toList())
                .map(all -> all.<Answer>list())
                .await();
        Duration wallTime = Duration.between(start, Instant.now());
        assertThat(outcomes(answers.stream().map(Answer::json).toList()))
                .as("answers in the order of asking: " + answers)
                .isEqualTo(outcomes(recorded()));
        assertThat(answers.stream()
                        .map(answer -> answer.json().at("/code_run/id").asInt()))
                .as("ids")
                .containsExactlyInAnyOrder(1, 2, 3, 4);
        assertThat(wallTime).as("all together").isLessThan(TOGETHER);
    }

    private Request request(int number) {
        String code = step.request().at("/form/code").asText().replace("N", Integer.toString(number));
        return Request.form("POST", "/code/run", "code=" + RecordedRequest.percentEncoded(code));
    }

    private List<JsonNode> recorded() {
        return StreamSupport.stream(step.json().required("responses").spliterator(), false)
                .map(response -> response.required("json"))
                .toList();
    }

    private static List<String> outcomes(List<JsonNode> runs) {
        return runs.stream()
                .map(run -> run.path("exit_code").asText() + " "
                        + run.path("output").asText())
                .toList();
    }
}
