package lyceum.bench;

import java.util.List;

/**
 * A figure as it was over time.
 *
 * @param values at equal distances, at least one
 */
record Curve(List<Double> values) {

    private static final int COLUMNS = 72;
    private static final int ROWS = 8;

    /** @return least, middle and greatest value */
    String summary() {
        List<Double> sorted = values.stream().sorted().toList();
        return "%.0f / %.0f / %.0f".formatted(sorted.get(0), sorted.get(sorted.size() / 2), max());
    }

    double max() {
        return values.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** Draws it from 0 to a limit; a column is the greatest of the values that fall into it. */
    void print(double limit) {
        int columns = Math.min(COLUMNS, values.size());
        for (int row = ROWS; row >= 1; row--) {
            StringBuilder line = new StringBuilder("%6.0f |".formatted(limit * row / ROWS));
            for (int column = 0; column < columns; column++) {
                line.append(column(column, columns) > limit * (row - 0.5) / ROWS ? '#' : ' ');
            }
            System.out.println(line.toString().stripTrailing());
        }
        System.out.println("       +" + "-".repeat(columns));
    }

    private double column(int column, int columns) {
        int from = values.size() * column / columns;
        int to = Math.max(from + 1, values.size() * (column + 1) / columns);
        return new Curve(values.subList(from, to)).max();
    }
}
