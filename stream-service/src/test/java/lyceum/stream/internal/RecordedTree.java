package lyceum.stream.internal;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What the original has recorded, and what it answers about that: fixtures/stream/recordings.json and recorder.json. */
final class RecordedTree {

    private static final JsonObject FIXTURE = read("recordings");

    private RecordedTree() {}

    private static JsonObject read(String name) {
        try (InputStream file = RecordedTree.class.getResourceAsStream("/stream/" + name + ".json")) {
            return new JsonObject(new String(file.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Writes all of them to a directory. */
    static void write(Path root) throws IOException {
        for (JsonObject entry : objects(FIXTURE.getJsonObject("initial_tree").getJsonArray("entries"))) {
            Path path = root.resolve(entry.getString("path"));
            if (entry.getString("path").endsWith("/")) {
                Files.createDirectories(path);
                continue;
            }
            Files.createDirectories(path.getParent());
            if (entry.containsKey("zip_stored_members")) {
                writeZip(path, objects(entry.getJsonArray("zip_stored_members")));
            } else {
                Files.writeString(path, entry.getString("text", "x"));
            }
        }
    }

    private static void writeZip(Path path, List<JsonObject> members) throws IOException {
        try (OutputStream file = Files.newOutputStream(path);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (JsonObject member : members) {
                byte[] data = member.getBinary("data_b64");
                CRC32 sum = new CRC32();
                sum.update(data);
                ZipEntry entry = new ZipEntry(member.getString("name"));
                entry.setMethod(ZipEntry.STORED);
                entry.setSize(data.length);
                entry.setCrc(sum.getValue());
                zip.putNextEntry(entry);
                zip.write(data);
            }
        }
    }

    /** @return the body of an answer of the original */
    static Object answer(String name, int step) {
        return objects(FIXTURE.getJsonArray("cases")).stream()
                .filter(recorded -> recorded.getString("name").equals(name))
                .findFirst()
                .orElseThrow()
                .getJsonArray("steps")
                .getJsonObject(step)
                .getJsonObject("http")
                .getJsonObject("response")
                .getValue("body_json");
    }

    /** @return how many entries of which streams the original's recorder has written (fixtures/stream/recorder.json) */
    static Map<String, Integer> recorderFiles() {
        return objects(read("recorder").getJsonArray("result_files")).stream()
                .filter(file -> file.getString("path").startsWith("raw/"))
                .collect(Collectors.toMap(
                        file -> file.getString("path").split("/")[2], file -> file.getInteger("members")));
    }

    private static List<JsonObject> objects(JsonArray array) {
        return array.stream().map(JsonObject.class::cast).toList();
    }
}
