package lyceum.launcher.backup;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lyceum.launcher.backup.Schemas.Migration;

/**
 * {@code manifest.json}: what a backup consists of.
 *
 * @param program version of the program that made it
 * @param made when, as ISO 8601
 * @param schemas migrations of each schema, in their order
 * @param sequences {@code schema.sequence} and the number given out last
 * @param parts in the order in which they were written
 */
record Manifest(
        String program,
        String made,
        Map<String, List<Migration>> schemas,
        Map<String, Long> sequences,
        List<Part> parts) {

    /** Grows when an older program would misread a backup. */
    static final int FORMAT = 2;
    /** In it a stream of Redis was one piece. */
    private static final int OLDEST_FORMAT = 1;

    /** What a part holds. */
    enum Kind {
        TABLE,
        KEYS,
        FILES
    }

    /**
     * One file of a backup.
     *
     * @param of {@code schema.table}, or the name of a file store
     * @param items rows, keys or files in it
     */
    record Part(String name, Kind kind, String of, long items, long bytes, String sha256) {}

    String text() {
        JsonObject migrations = new JsonObject();
        schemas.forEach((schema, names) -> migrations.put(schema, migrations(names)));
        JsonObject numbers = new JsonObject();
        sequences.forEach(numbers::put);
        JsonArray all = new JsonArray();
        parts.forEach(part -> all.add(new JsonObject()
                .put("name", part.name())
                .put("kind", part.kind().name())
                .put("of", part.of())
                .put("items", part.items())
                .put("bytes", part.bytes())
                .put("sha256", part.sha256())));
        return new JsonObject()
                .put("format", FORMAT)
                .put("program", program)
                .put("made", made)
                .put("schemas", migrations)
                .put("sequences", numbers)
                .put("parts", all)
                .encodePrettily();
    }

    /** @throws Refused where it is none, or one of a newer program */
    static Manifest read(String text) {
        try {
            JsonObject json = new JsonObject(text);
            int format = json.getInteger("format");
            if (format < OLDEST_FORMAT || format > FORMAT) {
                throw new Refused("the backup has format %d, this program reads %d to %d"
                        .formatted(format, OLDEST_FORMAT, FORMAT));
            }
            Map<String, List<Migration>> schemas = new LinkedHashMap<>();
            JsonObject migrations = json.getJsonObject("schemas");
            migrations.forEach(schema -> schemas.put(schema.getKey(), migrations((JsonArray) schema.getValue())));
            Map<String, Long> sequences = new LinkedHashMap<>();
            json.getJsonObject("sequences")
                    .forEach(number -> sequences.put(number.getKey(), ((Number) number.getValue()).longValue()));
            return new Manifest(
                    json.getString("program"),
                    json.getString("made"),
                    schemas,
                    sequences,
                    json.getJsonArray("parts").stream()
                            .map(part -> part((JsonObject) part))
                            .toList());
        } catch (DecodeException | ClassCastException | NullPointerException | IllegalArgumentException e) {
            throw new Refused("manifest.json is not one of a backup: " + e.getMessage());
        }
    }

    private static JsonArray migrations(List<Migration> names) {
        JsonArray array = new JsonArray();
        names.forEach(migration ->
                array.add(new JsonObject().put("name", migration.name()).put("crc", migration.crc())));
        return array;
    }

    private static List<Migration> migrations(JsonArray array) {
        return array.stream()
                .map(JsonObject.class::cast)
                .map(json -> new Migration(json.getString("name"), json.getLong("crc")))
                .toList();
    }

    private static Part part(JsonObject json) {
        return new Part(
                json.getString("name"),
                Kind.valueOf(json.getString("kind")),
                json.getString("of"),
                json.getLong("items"),
                json.getLong("bytes"),
                json.getString("sha256"));
    }
}
