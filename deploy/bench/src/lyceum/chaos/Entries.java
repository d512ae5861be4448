package lyceum.chaos;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A sensor pushes entries, one after the other. */
final class Entries extends Activity {

    private final Doors doors;
    private final String token;
    private final String stream;
    private final StoredEntries stored;
    private final Map<String, String> textsById = new ConcurrentHashMap<>();

    private int next;
    private Talk talk;

    Entries(Doors doors, String token, String stream, StoredEntries stored) {
        super("entry pushed");
        this.doors = doors;
        this.token = token;
        this.stream = stream;
        this.stored = stored;
    }

    @Override
    void once() throws IOException, InterruptedException {
        String text = stream + ":" + next++;
        try {
            if (talk == null) {
                talk = Talk.open(doors, "/data/%s/push?ack=true".formatted(stream), token);
            }
            talk.say(text.getBytes(StandardCharsets.UTF_8));
            textsById.put(talk.hear(), text);
        } catch (IOException e) {
            if (talk != null) {
                talk.abort();
                talk = null;
            }
            throw e;
        }
    }

    @Override
    List<String> check() throws Exception {
        Map<String, String> there = stored.of(stream);
        List<String> wrong = new ArrayList<>();
        new HashMap<>(textsById).forEach((id, text) -> {
            if (!text.equals(there.get(id))) {
                wrong.add("entry %s (%s) is lost".formatted(id, text));
            }
        });
        Set<String> once = new HashSet<>();
        there.values().stream().filter(text -> !once.add(text)).forEach(text -> wrong.add(text + " is there twice"));
        return wrong;
    }
}
