package lyceum.launcher.social;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Objects;
import java.util.TreeSet;

/** Compares values with recorded ones, where what varies is {@code {"$any": kind}} or {@code "@TS"}. */
final class Likeness {

    private static final long CLOCK_SECONDS = 120;
    private static final long HOUR_SECONDS = 3600;

    private Likeness() {}

    /** @throws AssertionError that tells where they differ */
    static void check(String where, JsonNode recorded, JsonNode ours) {
        if (recorded.path("$any").isTextual()) {
            checkTime(where, recorded.get("$any").asText(), ours);
        } else if (recorded.asText().equals("@TS")) {
            checkTime(where, "seconds", ours);
        } else if (recorded.isObject()) {
            TreeSet<String> names = new TreeSet<>();
            recorded.fieldNames().forEachRemaining(names::add);
            TreeSet<String> ourNames = new TreeSet<>();
            ours.fieldNames().forEachRemaining(ourNames::add);
            require(where, names, ourNames);
            names.forEach(name -> check(where + "." + name, recorded.get(name), ours.get(name)));
        } else if (recorded.isArray()) {
            require(where + " (size)", recorded.size(), ours.isArray() ? ours.size() : -1);
            for (int i = 0; i < recorded.size(); i++) {
                check(where + "[" + i + "]", recorded.get(i), ours.get(i));
            }
        } else {
            require(where, recorded, ours);
        }
    }

    private static void checkTime(String where, String kind, JsonNode ours) {
        long now = Instant.now().getEpochSecond();
        boolean isHour = kind.endsWith("hour_start");
        long from = isHour ? now - HOUR_SECONDS : now - CLOCK_SECONDS;
        boolean isRight = kind.equals("seconds") || ours.asLong() >= from && ours.asLong() <= now + CLOCK_SECONDS;
        require(where + " is " + kind, true, ours.isIntegralNumber() && isRight);
        require(where + " is a full hour", true, !isHour || ours.asLong() % HOUR_SECONDS == 0);
    }

    private static void require(String where, Object recorded, Object ours) {
        if (!Objects.equals(recorded, ours)) {
            throw new AssertionError("%s: recorded %s, but ours is %s".formatted(where, recorded, ours));
        }
    }
}
