package lyceum.grading.internal;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;

/**
 * How a homework is handed in and judged in one of its languages (contracts/grading.md, sections 5.3 and 5.4).
 *
 * @param name of its folder
 * @param attachment whether students may fetch it
 * @param url what a handed-in address must match, or null
 * @param ip what the IP address of its host must match, or null
 * @param entry the judge's script, one of the files
 * @param timeout of judging
 * @param reportCompile whether students see the compile error
 * @param reportRuntime whether students see the output and, unless a scorer's setting says otherwise, details
 * @param scorers by name, whether students see its details; empty means like {@code reportRuntime}
 * @param rules for its files
 * @param files by path below its folder, without {@code code.xml}
 */
record CodePackage(
        String name,
        boolean attachment,
        AnchoredPattern url,
        AnchoredPattern ip,
        String entry,
        Duration timeout,
        boolean reportCompile,
        boolean reportRuntime,
        Map<String, Optional<Boolean>> scorers,
        FileRules rules,
        SortedMap<String, Buffer> files) {

    /** What is handed in. */
    enum Form {
        ARCHIVE,
        ADDRESS,
        CSV
    }

    private static final Map<String, Form> FORMS =
            Map.of("python", Form.ARCHIVE, "java", Form.ARCHIVE, "netapi", Form.ADDRESS, "input", Form.CSV);

    /** @return what is handed in for a package of that name, or nothing where there is no such kind of package */
    static Optional<Form> form(String name) {
        return Optional.ofNullable(FORMS.get(name));
    }

    /** @return what is handed in */
    Form form() {
        return FORMS.get(name);
    }

    /** @return whether students see details of a scorer: by its name, or what of its name stands behind the last dot */
    boolean showsDetails(String typeName) {
        Optional<Boolean> setting = typeName == null ? null : scorers.get(typeName);
        if (setting == null && typeName != null) {
            setting = scorers.get(typeName.substring(typeName.lastIndexOf('.') + 1));
        }
        return setting == null ? reportRuntime : setting.orElse(reportRuntime);
    }

    /** @return the files that are no secret of the judge */
    Set<String> sharedFiles() {
        return files.keySet().stream().filter(rules::shows).collect(Collectors.toUnmodifiableSet());
    }
}
