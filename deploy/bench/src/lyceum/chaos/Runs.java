package lyceum.chaos;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Students run programs, whose output only they expect. */
final class Runs extends Activity {

    private final Doors doors;
    private final String token;
    private final AtomicInteger next = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> wrong = new ConcurrentLinkedQueue<>();

    Runs(Doors doors, String token) {
        super("code run");
        this.doors = doors;
        this.token = token;
    }

    @Override
    void once() throws IOException, InterruptedException {
        int number = next.getAndIncrement();
        JsonObject run = new JsonObject().put("language", "python3").put("source", "print(%d * 2)".formatted(number));
        JsonObject outcome = new JsonObject(doors.json("/sandbox/runs", token, run.encode()));
        if (!outcome.getString("verdict").equalsIgnoreCase("accepted")) {
            throw new IOException(outcome.encode());
        }
        if (!outcome.getString("stdout").equals(number * 2 + "\n")) {
            wrong.add("run %d printed %s".formatted(number, outcome.getString("stdout")));
        }
    }

    @Override
    List<String> check() {
        return List.copyOf(wrong);
    }
}
