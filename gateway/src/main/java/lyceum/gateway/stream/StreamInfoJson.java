package lyceum.gateway.stream;

import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import lyceum.stream.StreamService.StreamInfo;

/** What is known of a stream, as the contract tells it (section 2.4). */
public final class StreamInfoJson {

    /** What a stream that does not exist is told with. */
    public static final String NO_SUCH_KEY = "no such key";

    private static final String FIRST = "first-entry";
    private static final String LAST = "last-entry";

    /** In the order of Redis; what else it reports comes behind them. */
    private static final List<String> KNOWN = List.of(
            "length",
            "radix-tree-keys",
            "radix-tree-nodes",
            "last-generated-id",
            "max-deleted-entry-id",
            "entries-added",
            "recorded-first-entry-id",
            "groups");

    /** Later years have more than four digits. */
    private static final long LAST_MILLIS =
            Instant.parse("9999-12-30T00:00:00Z").toEpochMilli();

    private static final DateTimeFormatter SECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss");
    private static final DateTimeFormatter MICROSECONDS = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSSSSS");

    private final ZoneId zone;

    /** @param zone of the times that are told */
    public StreamInfoJson(ZoneId zone) {
        this.zone = zone;
    }

    /** @return what the contract tells of a stream, be it that it does not exist */
    public JsonObject of(StreamInfo info) {
        JsonObject json = new JsonObject().put("sid", info.stream());
        if (info.exists()) {
            report(info, json);
        } else {
            json.put("error", NO_SUCH_KEY);
        }
        return json.put("meta", info.metadata());
    }

    private void report(StreamInfo info, JsonObject json) {
        KNOWN.forEach(name -> put(info, name, json));
        info.figures().keySet().stream().sorted().forEach(name -> put(info, name, json));
        info.ids().keySet().stream().sorted().forEach(name -> put(info, name, json));
        for (String name : List.of(FIRST, LAST)) {
            json.remove(name);
            json.put(name, info.ids().get(name));
        }
        for (String name : List.of(FIRST, LAST)) {
            time(info.ids().get(name)).ifPresent(time -> json.put(name + "-time", time));
        }
    }

    private static void put(StreamInfo info, String name, JsonObject json) {
        if (info.figures().containsKey(name)) {
            json.put(name, info.figures().get(name));
        } else if (info.ids().containsKey(name)) {
            json.put(name, info.ids().get(name));
        }
    }

    /** @param id of an entry, null where there is none. @return empty also where no calendar has that time */
    private Optional<String> time(String id) {
        if (id == null) {
            return Optional.empty();
        }
        long millis = Long.parseUnsignedLong(id.substring(0, id.indexOf('-')));
        if (millis < 0 || millis > LAST_MILLIS) {
            return Optional.empty();
        }
        LocalDateTime time = LocalDateTime.ofInstant(Instant.ofEpochMilli(millis), zone);
        return Optional.of((time.getNano() == 0 ? SECONDS : MICROSECONDS).format(time));
    }
}
