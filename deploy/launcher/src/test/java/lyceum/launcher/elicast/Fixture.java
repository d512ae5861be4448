package lyceum.launcher.elicast;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import lyceum.launcher.wire.Json;

/**
 * One file of recorded traffic.
 *
 * @param config how the old server was set up: {@code IS_EDIT_BLOCKED}, {@code time_limit_s}, {@code ffmpeg_time_limit_s}
 * @param steps in the order in which they were recorded
 */
record Fixture(String name, JsonNode config, List<Step> steps) {

    /**
     * Not replayed: {@code ots-semantics} is no HTTP but how the clients read OTs, which the server never does (contract,
     * section 0, 1); {@code code-run-timeout-300s} would take its 300 s and tells nothing beyond {@code code-run-timeout} but
     * the default, which {@link FixtureReplayIT} asks for.
     */
    private static final Set<String> NOT_REPLAYED = Set.of("ots-semantics", "code-run-timeout-300s");

    /** @return all that can be replayed, by name */
    static List<Fixture> all() {
        return Recordings.names("json").stream()
                .filter(name -> !NOT_REPLAYED.contains(name))
                .map(Fixture::read)
                .toList();
    }

    /** @param name without folder and ending */
    static Fixture read(String name) {
        JsonNode json = Json.parse(Recordings.read(name + ".json"));
        List<Step> steps = StreamSupport.stream(json.required("steps").spliterator(), false)
                .map(step -> new Step(name, step))
                .toList();
        return new Fixture(name, json.required("config"), steps);
    }

    /** @return the same setup in settings of ours */
    Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        settings.put(
                "LYCEUM_ELICAST_EDIT_BLOCKED",
                config.required("IS_EDIT_BLOCKED").asText());
        if (config.has("time_limit_s")) {
            settings.put("LYCEUM_CODE_TIME_LIMIT", config.get("time_limit_s").asText() + "s");
        }
        if (config.has("ffmpeg_time_limit_s")) {
            long millis = Math.round(config.get("ffmpeg_time_limit_s").asDouble() * 1000);
            settings.put("LYCEUM_MEDIA_TIME_LIMIT", millis + "ms");
        }
        return settings;
    }
}
