package lyceum.launcher.elicast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Python 3.6 and 3.11 on the same programs, as both were recorded. */
class ProgramOutputTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "readme-example",
                "syntax-error",
                "indentation-error",
                "name-error-in-function",
                "assertion-message",
                "exception-chain",
                "traceback-through-stdlib",
                "code-file-read-only"
            })
    void isTheSameForTwoPythons(String step) {
        assertThat(ProgramOutput.comparable(recorded("code-run-python311", step)))
                .isEqualTo(ProgramOutput.comparable(recorded("code-run", step)));
    }

    @Test
    void keepsWhatWasPrintedAroundATraceback() {
        String output =
                "  a\nb Traceback (most recent call last):\n  File \"/codefile.py\", line 3, in f\n    x\n    ^\n"
                        + "KeyError: 1\n  c\n";

        assertThat(ProgramOutput.comparable(output))
                .isEqualTo(
                        "  a\nb Traceback (most recent call last):\n  File \"/codefile.py\", line 3\nKeyError: 1\n  c\n");
    }

    @Test
    void keepsAMissingNewlineAtTheEnd() {
        assertThat(ProgramOutput.comparable("a")).isEqualTo("a");
        assertThat(ProgramOutput.comparable("")).isEmpty();
    }

    private static String recorded(String fixture, String step) {
        return Fixture.read(fixture).steps().stream()
                .collect(Collectors.toMap(Step::name, Function.identity()))
                .get(fixture + "/" + step)
                .recordedJson()
                .required("output")
                .asText();
    }
}
