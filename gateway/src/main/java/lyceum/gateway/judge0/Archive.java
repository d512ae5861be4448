package lyceum.gateway.judge0;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import lyceum.sandbox.SourceFile;

/**
 * A zip archive of files that are to lie beside a program. Every bound is checked while it is read, against what is read
 * and not against what the archive says of itself.
 */
final class Archive {

    static final int MOST_FILES = 1_000;

    /** How many times longer the files may be than the archive; texts reach 20, repeated bytes 1000. */
    static final int MOST_RATIO = 100;

    /** Below this, any ratio is harmless. */
    private static final int SMALL_BYTES = 1_024 * 1_024;

    private final int mostBytes;
    private final List<SourceFile> files = new ArrayList<>();
    private final Set<String> names = new HashSet<>();

    private int readBytes;

    private Archive(int archiveBytes) {
        long byRatio = Math.max(SMALL_BYTES, (long) MOST_RATIO * archiveBytes);
        mostBytes = (int) Math.min(Configuration.MOST_EXTRACTED_BYTES, byRatio);
    }

    /** An archive that is not unpacked; its text says why. */
    static final class Refused extends Exception {
        private static final long serialVersionUID = 1L;

        Refused(String message) {
            super(message);
        }
    }

    /**
     * @return its files, in its order; directories come with the files in them
     * @throws Refused where it is none, is too much, or a name leaves its directory or is there twice
     */
    static List<SourceFile> unpack(Buffer zip) throws Refused {
        Archive archive = new Archive(zip.length());
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip.getBytes()))) {
            archive.read(in);
        } catch (IOException | IllegalArgumentException e) {
            throw new Refused("is not a readable zip archive");
        }
        return archive.files;
    }

    private void read(ZipInputStream in) throws IOException, Refused {
        ZipEntry entry = in.getNextEntry();
        if (entry == null) {
            throw new Refused("is not a readable zip archive");
        }
        while (entry != null) {
            if (!entry.isDirectory()) {
                files.add(new SourceFile(name(entry), content(in)));
            }
            entry = in.getNextEntry();
        }
    }

    private String name(ZipEntry entry) throws Refused {
        String name = entry.getName();
        if (files.size() == MOST_FILES) {
            throw new Refused("has more than %d files".formatted(MOST_FILES));
        }
        if (isOutside(name)) {
            throw new Refused("has a file outside of its directory");
        }
        if (!names.add(name)) {
            throw new Refused("has two files of one name");
        }
        return name;
    }

    private static boolean isOutside(String name) {
        return name.indexOf('\\') >= 0
                || name.indexOf('\0') >= 0
                || List.of(name.split("/", -1)).stream()
                        .anyMatch(part -> Set.of("", ".", "..").contains(part));
    }

    private Buffer content(ZipInputStream in) throws IOException, Refused {
        byte[] bytes = in.readNBytes(mostBytes - readBytes + 1);
        readBytes += bytes.length;
        if (readBytes > mostBytes) {
            throw new Refused("is longer than %d bytes when it is unpacked".formatted(mostBytes));
        }
        return Buffer.buffer(bytes);
    }
}
