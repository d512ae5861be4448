package lyceum.grading.internal;

import io.vertx.core.buffer.Buffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import lyceum.grading.Text;

/**
 * What the rules take of an unpacked upload (contracts/grading.md, section 5.5).
 *
 * @param taken files by path, to be put over those of the package; empty where rejected
 * @param rejection why the hand-in is rejected, or null
 */
record HandInFiles(Map<String, Buffer> taken, Text rejection) {

    /**
     * Locked and hidden files are ignored; one that is denied rejects all. Patterns of teachers run here: not on an event
     * loop.
     *
     * @param files as {@link Archives#unpack} returned them
     */
    static HandInFiles take(Map<String, Buffer> files, Homework homework, CodePackage codePackage) {
        Map<String, Buffer> taken = new LinkedHashMap<>();
        for (Map.Entry<String, Buffer> file : files.entrySet()) {
            String path = file.getKey();
            switch (FileRules.ofHandIn(path, codePackage.rules(), homework.rules())) {
                case ACCEPT -> taken.put(path, file.getValue());
                case DENY -> {
                    return new HandInFiles(
                            Map.of(), new Text("Archive contains denied file %(filename)s.", Map.of("filename", path)));
                }
                default -> {
                    // LOCK, HIDE: the package's own stays.
                }
            }
        }
        taken.keySet().removeIf(path -> isInTheWay(path, codePackage.files()));
        return new HandInFiles(Collections.unmodifiableMap(taken), null);
    }

    /** A file cannot stand where the package has a directory, nor below where it has a file. */
    private static boolean isInTheWay(String path, Map<String, Buffer> files) {
        for (int slash = path.indexOf('/'); slash >= 0; slash = path.indexOf('/', slash + 1)) {
            if (files.containsKey(path.substring(0, slash))) {
                return true;
            }
        }
        return files.keySet().stream().anyMatch(file -> file.startsWith(path + "/"));
    }
}
