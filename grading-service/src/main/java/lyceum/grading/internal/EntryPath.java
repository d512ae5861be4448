package lyceum.grading.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Names of entries of an archive as paths below a directory (contracts/grading.md, section 5.6; decision 4). */
final class EntryPath {

    static final int MAX_CHARS = 1024;

    /** What file systems take for one part. */
    private static final int MAX_PART_BYTES = 255;

    private static final String MAC_NOISE = "__MACOSX";

    private EntryPath() {}

    /**
     * @param name as the archive has it, with either slash
     * @return the path without {@code .} and {@code ..}; empty for the root itself
     * @throws ArchiveRefusal where it is absolute, leaves the root, or is no path that a file system takes
     */
    static String of(String name, int maxDepth) throws ArchiveRefusal {
        String path = name.replace('\\', '/');
        if (path.length() > MAX_CHARS) {
            throw ArchiveRefusal.forbidden(name, "the path has more than " + MAX_CHARS + " characters");
        }
        if (path.startsWith("/")) {
            throw ArchiveRefusal.forbidden(name, "the path is absolute");
        }
        if (path.matches("(?s)[A-Za-z]:.*")) {
            throw ArchiveRefusal.forbidden(name, "the path begins with a drive letter");
        }
        if (path.codePoints().anyMatch(EntryPath::isRefused)) {
            throw ArchiveRefusal.forbidden(name, "the path has a character that is none of a file name");
        }
        List<String> parts = new ArrayList<>();
        for (String part : path.split("/")) {
            if (part.equals("..")) {
                if (parts.isEmpty()) {
                    throw ArchiveRefusal.forbidden(name, "the path leaves the archive");
                }
                parts.remove(parts.size() - 1);
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
            if (part.getBytes(StandardCharsets.UTF_8).length > MAX_PART_BYTES) {
                throw ArchiveRefusal.forbidden(name, "a part of the path has more than " + MAX_PART_BYTES + " bytes");
            }
        }
        if (parts.size() > maxDepth) {
            throw ArchiveRefusal.forbidden(name, "the path is deeper than " + maxDepth);
        }
        return String.join("/", parts);
    }

    private static boolean isRefused(int character) {
        return Character.isISOControl(character)
                || character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE;
    }

    /**
     * Removes the first part from all paths that have more than one, where all but those below {@code __MACOSX} share it.
     *
     * @param files by path, in the order of the archive
     */
    static <T> Map<String, T> withoutSingleTop(Map<String, T> files) {
        Set<String> tops = files.keySet().stream().map(EntryPath::top).collect(Collectors.toSet());
        if (tops.size() > 1) {
            tops.remove(MAC_NOISE);
        }
        if (tops.size() != 1) {
            return files;
        }
        Map<String, T> moved = new LinkedHashMap<>();
        files.forEach((path, file) -> moved.put(path.substring(path.indexOf('/') + 1), file));
        return Collections.unmodifiableMap(moved);
    }

    private static String top(String path) {
        int slash = path.indexOf('/');
        return slash < 0 ? path : path.substring(0, slash);
    }
}
