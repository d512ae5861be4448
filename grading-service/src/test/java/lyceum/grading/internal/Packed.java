package lyceum.grading.internal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;

/** Packs entries of any name, as no honest program would. A name that ends with a slash is a directory. */
final class Packed {

    /** That two archives of the same files are the same. */
    private static final long TIME_MILLIS = 1_700_000_000_000L;

    private record Entry(String name, byte[] content, int unixMode) {}

    private final List<Entry> entries = new ArrayList<>();

    Packed add(String name, String content) {
        return add(name, content, 0);
    }

    Packed add(String name, String content, int unixMode) {
        entries.add(new Entry(name, content.getBytes(StandardCharsets.UTF_8), unixMode));
        return this;
    }

    /** Bytes as characters. */
    Packed latin(String name, String content) {
        entries.add(new Entry(name, content.getBytes(StandardCharsets.ISO_8859_1), 0));
        return this;
    }

    byte[] as(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        if (name.endsWith("zip")) {
            return zip();
        }
        if (name.endsWith(".tar")) {
            return tar();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = name.endsWith("gz")
                ? new GzipCompressorOutputStream(bytes)
                : name.endsWith("xz") ? new XZCompressorOutputStream(bytes) : new BZip2CompressorOutputStream(bytes)) {
            out.write(tar());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    byte[] zip() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            for (Entry entry : entries) {
                ZipArchiveEntry header = new ZipArchiveEntry(entry.name());
                header.setTime(TIME_MILLIS);
                if (entry.unixMode() != 0) {
                    header.setUnixMode(entry.unixMode());
                }
                zip.putArchiveEntry(header);
                zip.write(entry.content());
                zip.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    byte[] tar() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, "UTF-8")) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            for (Entry entry : entries) {
                TarArchiveEntry header = new TarArchiveEntry(entry.name(), true);
                // The constructor makes some names honest.
                header.setName(entry.name());
                header.setSize(entry.content().length);
                tar.putArchiveEntry(header);
                tar.write(entry.content());
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
