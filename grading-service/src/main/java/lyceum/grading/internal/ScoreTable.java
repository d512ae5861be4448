package lyceum.grading.internal;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The best scores of a homework as CSV (contracts/grading.md, section 7.4). */
final class ScoreTable {

    static final String CONTENT_TYPE = "text/csv; charset=utf-8";

    private static final String NO_SCORE = "-";

    /** By code points: in UTF-16 a few thousand of them stand out of order. */
    private static final Comparator<Row> BY_NAME = (one, other) -> {
        int[] a = one.name().codePoints().toArray();
        int[] b = other.name().codePoints().toArray();
        return Arrays.compare(a, b);
    };

    private ScoreTable() {}

    /**
     * @param name of the user
     * @param best score times scale of what was accepted, or null
     */
    record Row(String name, Double best) {}

    /** @return a header line and one line for each row, sorted by name; RFC 4180, UTF-8 */
    static Buffer csv(List<Row> rows) {
        StringBuilder csv = new StringBuilder("name,score\r\n");
        rows.stream()
                .sorted(BY_NAME)
                .forEach(row -> csv.append(cell(row.name()))
                        .append(',')
                        .append(row.best() == null ? NO_SCORE : Tenths.shown(row.best()))
                        .append("\r\n"));
        return Buffer.buffer(csv.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** A spreadsheet would take what begins so for a formula (D23); it takes what begins with ' for a text. */
    private static String cell(String text) {
        String inert = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return inert.matches("(?s).*[\",\r\n].*") ? '"' + inert.replace("\"", "\"\"") + '"' : inert;
    }
}
