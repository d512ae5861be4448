package lyceum.grading.internal;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** What students fetch of a package (contracts/grading.md, section 5.5). */
final class Attachment {

    /** 1980-01-01, the first that ZIP knows: the same files make the same bytes. */
    private static final long NO_TIME_MILLIS = 315_532_800_000L;

    private Attachment() {}

    /**
     * @return a ZIP archive: below a folder of the homework's name the files of the homework that its rules show, then those
     *     of the package that the package's show
     */
    static Buffer zip(Homework homework, CodePackage codePackage) {
        SortedMap<String, Buffer> entries = new TreeMap<>();
        entries.put(homework.slug() + "/", Buffer.buffer());
        add(homework.slug() + "/", homework.files(), homework.rules(), entries);
        add(homework.slug() + "/", codePackage.files(), codePackage.rules(), entries);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, Buffer> entry : entries.entrySet()) {
                ZipEntry header = new ZipEntry(entry.getKey());
                header.setTime(NO_TIME_MILLIS);
                zip.putNextEntry(header);
                zip.write(entry.getValue().getBytes());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    private static void add(String root, Map<String, Buffer> files, FileRules rules, Map<String, Buffer> entries) {
        files.forEach((path, content) -> {
            if (rules.shows(path)) {
                entries.put(root + path, content);
                for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
                    entries.putIfAbsent(root + path.substring(0, slash + 1), Buffer.buffer());
                }
            }
        });
    }
}
