package lyceum.bench;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Prints rows as a table that Markdown understands. */
public final class Table {

    private Table() {}

    /** Prints the first line, and the one below it. */
    public static void head(String... columns) {
        print(List.of(columns));
        print(Stream.of(columns).map(column -> "---").toList());
    }

    /** Numbers get one decimal where they are small, none where they are large. */
    public static void row(Object... cells) {
        print(Stream.of(cells).map(Table::text).toList());
    }

    private static String text(Object cell) {
        if (cell instanceof Double number) {
            return String.format(Locale.ROOT, number < 10 ? "%.2f" : number < 100 ? "%.1f" : "%.0f", number);
        }
        return cell.toString();
    }

    private static void print(List<String> cells) {
        System.out.println(cells.stream().collect(Collectors.joining(" | ", "| ", " |")));
    }
}
