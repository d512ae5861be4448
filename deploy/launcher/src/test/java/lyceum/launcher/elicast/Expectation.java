package lyceum.launcher.elicast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import lyceum.launcher.wire.Answer;

/** What an answer must be. */
@FunctionalInterface
interface Expectation {

    /** @throws AssertionError that says what was expected and what came */
    void check(Answer answer);

    /** @return one of the two; where neither holds, a failure that shows what both missed */
    default Expectation or(Expectation other) {
        return answer -> {
            try {
                check(answer);
            } catch (AssertionError first) {
                other.afterFailure(first, answer);
            }
        };
    }

    private void afterFailure(AssertionError first, Answer answer) {
        try {
            check(answer);
        } catch (AssertionError second) {
            throw new AssertionError(first.getMessage() + "\nnor\n" + second.getMessage(), second);
        }
    }

    /** @return one of these statuses, with some plain text */
    static Expectation status(Integer... allowed) {
        return answer -> {
            assertThat(answer.status()).as("status of " + answer).isIn(Arrays.asList(allowed));
            assertThat(answer.header("Content-Type")).as("Content-Type").isEqualTo("text/plain; charset=utf-8");
            assertThat(answer.text()).as("text").isNotBlank();
        };
    }

    /** @return exactly this plain text */
    static Expectation plainText(int status, String text) {
        return answer -> {
            status(status).check(answer);
            assertThat(answer.text()).as("text").isEqualTo(text);
        };
    }

    /** @return what is told of a path that nobody has: the old text below {@code /api}, a problem at the root */
    static Expectation nowhere() {
        return answer -> {
            boolean isPlain = answer.header("Content-Type").startsWith("text/plain");
            assertThat(answer.status()).as("status of " + answer).isEqualTo(404);
            assertThat(answer.header("Content-Type"))
                    .as("Content-Type")
                    .isEqualTo(isPlain ? "text/plain; charset=utf-8" : "application/problem+json");
            assertThat(answer.text()).as("text").contains(isPlain ? "404: Not Found" : "\"detail\":\"Not Found\"");
        };
    }

    /** @return a run that ended so and wrote this, as far as all Pythons write it */
    static Expectation run(int exitCode, String output) {
        return answer -> assertThat(exitCodeOf(answer) + "\n" + ProgramOutput.comparable(outputOf(answer)))
                .as("exit code and output")
                .isEqualTo(exitCode + "\n" + ProgramOutput.comparable(output));
    }

    /** @return a run that ended so and wrote what this regular expression says */
    static Expectation output(int exitCode, String pattern) {
        return answer -> {
            assertThat(outputOf(answer)).as("output").matches(pattern);
            assertThat(exitCodeOf(answer)).as("exit code").isEqualTo(exitCode);
        };
    }

    /** @return a lesson whose recording of that number is exactly this */
    static Expectation voice(int number, String dataUri) {
        return answer -> assertThat(
                        answer.json().at("/elicast/voice_blobs/" + number).asText())
                .as("recording " + number)
                .isEqualTo(dataUri);
    }

    private static int exitCodeOf(Answer answer) {
        assertThat(answer.status()).as("status of " + answer).isEqualTo(200);
        return answer.json().required("exit_code").asInt();
    }

    private static String outputOf(Answer answer) {
        assertThat(answer.status()).as("status of " + answer).isEqualTo(200);
        return answer.json().required("output").asText();
    }
}
