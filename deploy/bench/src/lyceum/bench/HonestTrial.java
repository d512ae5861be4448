package lyceum.bench;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/**
 * A program as it is meant to be, whose output is known.
 *
 * @param entry of the index
 */
record HonestTrial(JsonObject entry, String source) implements Trial {

    @Override
    public String name() {
        return entry.getString("name");
    }

    @Override
    public JsonObject order() {
        return new JsonObject()
                .put("language", "python3")
                .put("source", source)
                .put("stdin", entry.getString("stdin", ""));
    }

    @Override
    public List<String> faults(JsonObject outcome) {
        List<String> faults = new ArrayList<>();
        expect(entry.getString("stdout"), outcome.getString("stdout"), faults);
        expect("", outcome.getString("stderr"), faults);
        expect(entry.getString("verdict", "accepted"), outcome.getString("verdict"), faults);
        expect(entry.getInteger("exit_code", 0), outcome.getInteger("exitCode"), faults);
        return faults;
    }

    private static void expect(Object expected, Object found, List<String> faults) {
        if (!expected.equals(found)) {
            faults.add("'%s', not '%s'".formatted(found, expected));
        }
    }
}
