package lyceum.launcher.elicast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Rows that a fixture saw in the old server's database, against ours. A cell counts as equal when it holds the same value:
 * numbers as numbers, JSON that may be written anew as JSON, output without what depends on the interpreter.
 */
final class StoredRows {

    private StoredRows() {}

    /** @throws AssertionError where the rows differ */
    static void check(Step step, Pool ours) {
        RowQuery query = RowQuery.of(step.json().required("reference_sql").asText());
        List<List<Object>> actual = new ArrayList<>();
        ours.query(query.ours()).execute().await().forEach(row -> actual.add(cells(row, query)));
        assertThat(actual).isEqualTo(expected(step, query));
    }

    private static List<List<Object>> expected(Step step, RowQuery query) {
        Set<Long> absent = Decisions.absentRows(step);
        List<List<Object>> rows = new ArrayList<>();
        for (JsonNode recorded : step.json().required("rows")) {
            if (!absent.contains(recorded.get(0).asLong())) {
                List<Object> row = cells(recorded, query);
                row.set(0, absent.isEmpty() ? row.get(0) : Long.valueOf(rows.size() + 1L));
                rows.add(row);
            }
        }
        return rows;
    }

    private static List<Object> cells(JsonNode recorded, RowQuery query) {
        List<Object> cells = new ArrayList<>();
        for (JsonNode cell : recorded) {
            Object value = cell.isIntegralNumber() ? (Object) cell.asLong() : cell.textValue();
            cells.add(query.comparable(cells.size(), value));
        }
        return cells;
    }

    private static List<Object> cells(Row row, RowQuery query) {
        List<Object> cells = new ArrayList<>();
        for (int column = 0; column < row.size(); column++) {
            cells.add(query.comparable(column, plain(row.getValue(column))));
        }
        return cells;
    }

    private static Object plain(Object value) {
        if (value instanceof Number number) {
            return number.longValue();
        }
        return value instanceof Buffer bytes ? bytes.toString(StandardCharsets.UTF_8) : value;
    }
}
