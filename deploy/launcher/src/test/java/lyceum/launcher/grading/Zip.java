package lyceum.launcher.grading;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Archives as students make them. */
final class Zip {

    private Zip() {}

    /** @return all files below a directory */
    static byte[] of(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            Map<String, byte[]> contents = new TreeMap<>();
            List<Path> plain = files.filter(Files::isRegularFile).toList();
            for (Path file : plain) {
                contents.put(directory.relativize(file).toString(), Files.readAllBytes(file));
            }
            return of(contents);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param files contents by path */
    static byte[] of(Map<String, byte[]> files) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
