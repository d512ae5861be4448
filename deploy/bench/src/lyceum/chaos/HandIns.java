package lyceum.chaos;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Students hand in homework, each once, which is graded when there is time. */
final class HandIns extends Activity {

    /** The first two classes, and no boundary, which gives 50 points. */
    private static final String CSV = "year,month-no\n2024,5\n1900,6\n";

    private final Doors doors;
    private final Rows rows;
    private final AtomicInteger next = new AtomicInteger();
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    HandIns(Doors doors, Rows rows) {
        super("hand-in");
        this.doors = doors;
        this.rows = rows;
    }

    @Override
    void once() throws IOException, InterruptedException {
        String token = doors.token("student" + next.getAndIncrement(), "student");
        String answer = doors.form(
                "POST", "/grading/homework/calendar/hand-ins", token, Map.of("package", "input", "csv", CSV));
        acknowledged.add(new JsonObject(answer).getString("id"));
        // Slower than they are graded, so that the last ones are soon done.
        Thread.sleep(900);
    }

    /** @return how many wait or are being graded */
    int waiting() throws Exception {
        return rows.texts("SELECT id FROM grading.hand_in WHERE state IN ('Pending', 'Running')")
                .size();
    }

    @Override
    List<String> check() throws Exception {
        List<String> wrong = new ArrayList<>();
        Set<String> right = Set.copyOf(
                rows.texts("SELECT id FROM grading.hand_in WHERE state = 'Accepted' AND score = 50 AND attempt = 1"));
        acknowledged.stream()
                .filter(id -> !right.contains(id))
                .forEach(id -> wrong.add("hand-in " + id + " is lost, or not graded as it should be"));
        rows.texts("SELECT student FROM grading.hand_in GROUP BY student HAVING count(*) > 1")
                .forEach(student -> wrong.add(student + " has handed in twice"));
        return wrong;
    }
}
