package lyceum.chaos;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Teachers save lessons with voices. */
final class Lessons extends Activity {

    private static final int VOICE_BYTES = 200_000;

    private final Doors doors;
    private final Rows rows;
    private final AtomicInteger next = new AtomicInteger();
    private final Map<Integer, Long> idsByNumber = new ConcurrentHashMap<>();

    Lessons(Doors doors, Rows rows) {
        super("lesson saved");
        this.doors = doors;
        this.rows = rows;
    }

    @Override
    void once() throws IOException, InterruptedException {
        int number = next.getAndIncrement();
        String answer = doors.form(
                "PUT",
                "/elicast",
                "",
                Map.of(
                        "title",
                        "chaos " + number,
                        "ots",
                        "[]",
                        "voice_blobs",
                        voices(number).encode()));
        idsByNumber.put(number, new JsonObject(answer).getJsonObject("elicast").getLong("id"));
    }

    /** Follows from the number. */
    private static JsonArray voices(int number) {
        byte[] sound = new byte[VOICE_BYTES];
        new Random(number).nextBytes(sound);
        return new JsonArray()
                .add("data:audio/webm;base64," + Base64.getEncoder().encodeToString(sound));
    }

    @Override
    List<String> check() throws Exception {
        List<String> wrong = new ArrayList<>(
                rows.texts("SELECT title FROM elicast.lesson GROUP BY title HAVING count(*) > 1").stream()
                        .map(title -> title + " is there twice")
                        .toList());
        for (Map.Entry<Integer, Long> saved : idsByNumber.entrySet()) {
            JsonObject lesson = new JsonObject(doors.get("/elicast/" + saved.getValue())).getJsonObject("elicast");
            if (!lesson.getString("title").equals("chaos " + saved.getKey())
                    || !lesson.getJsonArray("voice_blobs").equals(voices(saved.getKey()))) {
                wrong.add("lesson %d is not what was saved".formatted(saved.getValue()));
            }
        }
        return wrong;
    }
}
