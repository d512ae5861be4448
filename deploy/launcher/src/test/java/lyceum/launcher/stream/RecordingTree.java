package lyceum.launcher.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** The recordings that are there before {@code recordings.json} begins. */
record RecordingTree(JsonNode json) {

    private static final int BYTE_VALUES = 256;

    /** @return what a suite needs to find them in that folder; nothing where there are none */
    Map<String, String> settings(Path root) {
        return json.isMissingNode() ? Map.of() : Map.of("LYCEUM_RECORDINGS_DIR", root.toString());
    }

    /** Writes files and folders below a folder. */
    void write(Path root) {
        for (JsonNode entry : json.path("entries")) {
            try {
                write(entry, root.resolve(entry.required("path").asText()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void write(JsonNode entry, Path path) throws IOException {
        if (entry.required("path").asText().endsWith("/")) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.getParent());
        if (entry.has("zip_stored_members")) {
            writeZip(entry.get("zip_stored_members"), path);
        } else if (entry.has("text")) {
            Files.writeString(path, entry.get("text").asText());
        } else {
            Files.write(path, allByteValues(entry.required("size").asInt()));
        }
        if (entry.has("size")) {
            assertThat(path).hasSize(entry.get("size").asLong());
        }
    }

    private static byte[] allByteValues(int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = (byte) (i % BYTE_VALUES);
        }
        return bytes;
    }

    private static void writeZip(JsonNode members, Path path) throws IOException {
        try (OutputStream file = Files.newOutputStream(path);
                ZipOutputStream zip = new ZipOutputStream(file)) {
            for (JsonNode member : members) {
                writeMember(
                        member.required("name").asText(), RecordedRequest.decoded(member.required("data_b64")), zip);
            }
        }
    }

    /** Stored, its size and sum known before its bytes, so that nothing else is written. */
    private static void writeMember(String name, byte[] bytes, ZipOutputStream zip) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
