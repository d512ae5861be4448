package lyceum.platform;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came of taking over the data of an original server: for each of its tables, and what was not taken, with the reason. */
public final class ImportReport {

    /** So many refusals of each table are told one by one; the others are counted. */
    static final int MOST_NAMED = 20;

    private final Map<String, Counts> tables = new LinkedHashMap<>();
    private final List<String> named = new ArrayList<>();
    private final List<String> remarks = new ArrayList<>();

    private static final class Counts {
        private long imported;
        private long present;
        private long refused;
    }

    /** A row, key or file has been written, or would be. */
    public void imported(String table) {
        imported(table, 1);
    }

    /** So many rows have been written, or would be. */
    public void imported(String table, long rows) {
        counts(table).imported += rows;
    }

    /** A row, key or file was there already. */
    public void present(String table) {
        present(table, 1);
    }

    /** So many rows were there already. */
    public void present(String table, long rows) {
        counts(table).present += rows;
    }

    /** @param row which one it is, for people */
    public void refused(String table, String row, String reason) {
        Counts counts = counts(table);
        counts.refused++;
        if (counts.refused <= MOST_NAMED) {
            named.add("refused %s %s: %s".formatted(table, row, reason));
        }
    }

    /** @param text what the operator should know beside the numbers */
    public void remark(String text) {
        if (remarks.size() < MOST_NAMED) {
            remarks.add(text);
        }
    }

    /** @return how many rows of a table were taken over */
    public long importedOf(String table) {
        return counts(table).imported;
    }

    /** @return how many rows of a table were there already */
    public long presentOf(String table) {
        return counts(table).present;
    }

    /** @return how many rows of a table were not taken */
    public long refusedOf(String table) {
        return counts(table).refused;
    }

    private Counts counts(String table) {
        return tables.computeIfAbsent(table, name -> new Counts());
    }

    /** @return all of it, for the operator */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        tables.forEach((table, counts) -> lines.add("%s: read %d, imported %d, already there %d, refused %d"
                .formatted(
                        table,
                        counts.imported + counts.present + counts.refused,
                        counts.imported,
                        counts.present,
                        counts.refused)));
        lines.addAll(named);
        long refused =
                tables.values().stream().mapToLong(counts -> counts.refused).sum();
        if (refused > named.size()) {
            lines.add("and %d more refused".formatted(refused - named.size()));
        }
        lines.addAll(remarks);
        return lines;
    }
}
