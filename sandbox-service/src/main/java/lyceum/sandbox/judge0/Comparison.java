package lyceum.sandbox.judge0;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Whether an output is the expected one, as Judge0 has it (app/jobs/isolate_job.rb, strip): white space and NUL at the end
 * of a line do not count, nor do empty lines at the end. Bytes are compared, not characters.
 */
final class Comparison {

    private static final String WHITE = "\0\t\n\u000B\f\r ";

    private Comparison() {}

    static boolean agree(Buffer expected, Buffer output) {
        return stripped(expected).equals(stripped(output));
    }

    private static String stripped(Buffer bytes) {
        String text = new String(bytes.getBytes(), StandardCharsets.ISO_8859_1);
        return rightStripped(
                Arrays.stream(text.split("\n")).map(Comparison::rightStripped).collect(Collectors.joining("\n")));
    }

    private static String rightStripped(String text) {
        int end = text.length();
        while (end > 0 && WHITE.indexOf(text.charAt(end - 1)) >= 0) {
            end--;
        }
        return text.substring(0, end);
    }
}
