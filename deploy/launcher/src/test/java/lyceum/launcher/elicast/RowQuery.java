package lyceum.launcher.elicast;

import java.util.List;
import lyceum.launcher.wire.Json;

/**
 * A question to the old tables and the same question to ours.
 *
 * @param reference as the fixture asked it
 * @param ours the same columns in the same order
 * @param jsonColumn which column may be written anew as long as it is the same JSON, -1 for none
 * @param outputColumn which column is what a program wrote, -1 for none
 */
record RowQuery(String reference, String ours, int jsonColumn, int outputColumn) {

    private static final List<RowQuery> ALL = List.of(
            new RowQuery(
                    "select id,title,ots,voice_blobs,teacher,is_protected,is_for_experiment,is_deleted from elicast order by id",
                    """
                    SELECT lesson.id, title,
                           (SELECT string_agg(bytes, ''::bytea ORDER BY position)
                              FROM piece WHERE piece.content_id = lesson.content_id AND part = 0),
                           CASE voices WHEN 0 THEN '[]' ELSE voices || ' recordings' END,
                           teacher, is_protected::int, is_for_experiment::int, is_deleted::int
                      FROM lesson JOIN content ON content.id = content_id
                     ORDER BY lesson.id""",
                    -1,
                    -1),
            new RowQuery(
                    "select id, elicast_id, ex_id, typeof(ex_id), solve_ots, exit_code, output from code_run_exercise order by id",
                    """
                    SELECT id, lesson_id, ex_id, 'integer', solve_ots, exit_code, output
                      FROM code_run_exercise ORDER BY id""",
                    4,
                    6),
            new RowQuery(
                    "select ex_id, solve_ots, code, output, exit_code from code_run_exercise",
                    "SELECT ex_id, solve_ots, code, output, exit_code FROM code_run_exercise",
                    1,
                    3),
            new RowQuery("select count(*) from code_run", "SELECT count(*) FROM code_run", -1, -1),
            new RowQuery(
                    "select count(*), min(id), max(id) from code_run",
                    "SELECT count(*), min(id), max(id) FROM code_run",
                    -1,
                    -1),
            new RowQuery(
                    "select id, code, output, exit_code from code_run where id=2",
                    "SELECT id, code, output, exit_code FROM code_run WHERE id = 2",
                    -1,
                    2),
            new RowQuery(
                    "select id, ip, user_agent, referer, length(name), length(ticket) from log_ticket order by id",
                    "SELECT id, ip, user_agent, referer, length(name), length(ticket) FROM log_ticket ORDER BY id",
                    -1,
                    -1),
            new RowQuery(
                    "select id, log_ticket_id, substr(data,1,60) from log_entry order by id",
                    "SELECT id, ticket_id, substr(data, 1, 60) FROM log_entry ORDER BY id",
                    -1,
                    -1));

    static RowQuery of(String reference) {
        return ALL.stream()
                .filter(query -> query.reference.equals(reference))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no question to our tables for: " + reference));
    }

    /** @return a cell in the form in which equal values are equal */
    Object comparable(int column, Object value) {
        if (column == jsonColumn) {
            return Json.parse((String) value);
        }
        return column == outputColumn ? ProgramOutput.comparable((String) value) : value;
    }
}
