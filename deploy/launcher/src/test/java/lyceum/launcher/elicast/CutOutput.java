package lyceum.launcher.elicast;

import static org.assertj.core.api.Assertions.assertThat;

import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Excerpt;

/**
 * Output above 1 MiB (contract, section 13, 2): its first 256 KiB, one line that says how many bytes are missing, its last
 * 768 KiB.
 *
 * @param whole all that the program wrote, ASCII
 */
record CutOutput(String whole) implements Expectation {

    private static final int HEAD_BYTES = 256 * 1024;
    private static final int TAIL_BYTES = 768 * 1024;

    @Override
    public void check(Answer answer) {
        assertThat(answer.status()).as("status of " + answer).isEqualTo(200);
        assertThat(answer.json().path("exit_code").asInt(-99)).as("exit_code").isZero();
        String output = answer.json().required("output").asText();
        String head = whole.substring(0, HEAD_BYTES);
        String tail = whole.substring(whole.length() - TAIL_BYTES);
        assertThat(output.startsWith(head))
                .as("begins with the first 256 KiB: " + Excerpt.head(output))
                .isTrue();
        assertThat(output.endsWith(tail))
                .as("ends with the last 768 KiB: " + Excerpt.tail(output))
                .isTrue();
        String mark = output.substring(HEAD_BYTES, output.length() - TAIL_BYTES);
        int missing = whole.length() - HEAD_BYTES - TAIL_BYTES;
        assertThat(mark).as("mark of the cut").matches("\n[^\n]*\\b" + missing + "\\b[^\n]*\n");
    }
}
