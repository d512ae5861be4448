package lyceum.launcher.elicast;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a program wrote, without that in a traceback which differs from one Python to the next. What stays is what contract
 * section 6 compares: printed lines, {@code File "/codefile.py", line N}, and a traceback's last line (of a wrong syntax
 * only its kind: each release words it anew).
 */
final class ProgramOutput {

    private static final String HEADING = "Traceback (most recent call last):";
    private static final Pattern OWN_FRAME = Pattern.compile("  File \"/codefile\\.py\", line \\d+");
    private static final Pattern WRONG_SYNTAX = Pattern.compile("(SyntaxError|IndentationError|TabError): .*");

    private final List<String> kept = new ArrayList<>();
    private boolean inTraceback;

    private ProgramOutput() {}

    static String comparable(String output) {
        ProgramOutput lines = new ProgramOutput();
        for (String line : output.split("\n", -1)) {
            lines.take(line);
        }
        return String.join("\n", lines.kept);
    }

    private void take(String line) {
        Matcher frame = OWN_FRAME.matcher(line);
        if (frame.lookingAt()) {
            inTraceback = true;
            kept.add(frame.group());
        } else if (line.endsWith(HEADING)) {
            inTraceback = true;
            kept.add(line);
        } else if (!inTraceback) {
            kept.add(line);
        } else if (!line.startsWith(" ")) {
            inTraceback = false;
            kept.add(WRONG_SYNTAX.matcher(line).replaceFirst("$1"));
        }
    }
}
