package lyceum.launcher.elicast;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Ids of the recording and what they are with us. Both count from one, each table by itself; but what we refuse and the old
 * server took has no number here.
 */
final class RecordedIds {

    private static final Pattern LESSON_PATH =
            Pattern.compile("(/elicast/|/code/answer/|/audio/download/|/audio/replace/)([1-9]\\d{0,17})");
    private static final List<String> SEQUENCES = List.of("elicast", "code_run", "code_run_exercise");

    private final Map<String, Map<Long, Long>> ours = new HashMap<>();

    RecordedIds() {
        SEQUENCES.forEach(sequence -> ours.put(sequence, new HashMap<>()));
    }

    /** @return the target with our id in it */
    String translateTarget(String target) {
        Matcher path = LESSON_PATH.matcher(target);
        return path.matches() ? path.group(1) + lesson(Long.parseLong(path.group(2))) : target;
    }

    /** @return our id of a recorded lesson */
    long lesson(long recorded) {
        return translate("elicast", recorded);
    }

    /** @return the recorded answer as we must give it */
    JsonNode translateAnswer(JsonNode recorded) {
        JsonNode translated = recorded.deepCopy();
        for (String sequence : SEQUENCES) {
            replaceIds(translated, sequence, "/" + sequence + "/id");
        }
        replaceIds(translated, "elicast", "/elicasts/*/id");
        return translated;
    }

    /** Takes note of a number that was given; it must be the next one. */
    void learn(JsonNode recorded, JsonNode answer) {
        for (String sequence : SEQUENCES) {
            JsonNode id = answer.at("/" + sequence + "/id");
            Map<Long, Long> known = ours.get(sequence);
            if (id.isNumber() && !known.containsValue(id.asLong())) {
                assertThat(id.asLong()).as("next id of " + sequence).isEqualTo(next(sequence));
                long theirs = recorded.at("/" + sequence + "/id").asLong(-id.asLong());
                known.put(theirs, id.asLong());
            }
        }
    }

    private void replaceIds(JsonNode answer, String sequence, String path) {
        new JsonPath(path).replace(answer, id -> IntNode.valueOf((int) translate(sequence, id.asLong())));
    }

    /** A number that was not given yet stays: it is that of an unknown lesson, or new (then {@link #learn} judges it). */
    private long translate(String sequence, long recorded) {
        return ours.get(sequence).getOrDefault(recorded, recorded);
    }

    private long next(String sequence) {
        return ours.get(sequence).values().stream().mapToLong(id -> id).max().orElse(0) + 1;
    }
}
