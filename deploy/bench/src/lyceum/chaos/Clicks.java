package lyceum.chaos;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A pupil clicks, each time with a comment of its own (socket.io over a WebSocket, Engine.IO 4). */
final class Clicks extends Activity {

    private final Doors doors;
    private final String pupil;
    private final Rows rows;
    private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();

    private int next;
    private Talk talk;

    Clicks(Doors doors, String pupil, Rows rows) {
        super("click");
        this.doors = doors;
        this.pupil = pupil;
        this.rows = rows;
    }

    @Override
    void once() throws IOException, InterruptedException {
        int number = next++;
        String comment = pupil + ":" + number;
        try {
            if (talk == null) {
                talk = enter();
            }
            JsonObject click =
                    new JsonObject().put("user", pupil).put("comment", comment).put("style", "");
            talk.say("42" + number + new JsonArray().add("click").add(click).encode());
            hear("43" + number + "[");
            acknowledged.add(comment);
        } catch (IOException e) {
            if (talk != null) {
                talk.abort();
                talk = null;
            }
            throw e;
        }
    }

    private Talk enter() throws IOException, InterruptedException {
        talk = Talk.open(doors, "/socket.io/?EIO=4&transport=websocket", "");
        hear("0");
        talk.say("40");
        hear("40");
        talk.say("42" + new JsonArray().add("auth").add(pupil).encode());
        return talk;
    }

    /** Passes by what others did, and answers pings. */
    private void hear(String beginning) throws IOException, InterruptedException {
        for (String packet = talk.hear(); !packet.startsWith(beginning); packet = talk.hear()) {
            if (packet.equals("2")) {
                talk.say("3");
            }
        }
    }

    @Override
    List<String> check() throws Exception {
        Map<String, Integer> kept = new HashMap<>();
        rows.texts("SELECT comment FROM social.click WHERE user_name = '%s'".formatted(pupil))
                .forEach(comment -> kept.merge(comment, 1, Integer::sum));
        List<String> wrong = new ArrayList<>();
        new HashSet<>(acknowledged)
                .stream()
                        .filter(comment -> !kept.containsKey(comment))
                        .forEach(comment -> wrong.add("click " + comment + " is lost"));
        kept.forEach((comment, count) -> {
            if (count > 1) {
                wrong.add("click %s is there %d times".formatted(comment, count));
            }
        });
        return wrong;
    }
}
