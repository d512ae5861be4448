package lyceum.grading.internal;

import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes a package of the files of its folder (contracts/grading.md, section 5.3). */
final class CodePackageReader {

    static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(3);

    /** Longer would keep a judge from everybody else's hand-ins. */
    static final Duration MAX_TIMEOUT = Duration.ofHours(1);

    private static final Set<String> TRUE = Set.of("true", "on", "1", "yes");

    private CodePackageReader() {}

    /** @param files by path below the folder, {@code code.xml} among them */
    static CodePackage read(String name, SortedMap<String, Buffer> files) throws BrokenHomework {
        try {
            if (CodePackage.form(name).isEmpty()) {
                throw new BrokenHomework("there is no such kind of package");
            }
            return parse(name, XmlElement.parse(HomeworkReader.file(files, "code.xml"), "code.xml"), files);
        } catch (BrokenHomework e) {
            throw new BrokenHomework("code/" + name + ": " + e.getMessage());
        }
    }

    private static CodePackage parse(String name, XmlElement root, SortedMap<String, Buffer> files)
            throws BrokenHomework {
        SortedMap<String, Buffer> copied = new TreeMap<>(files);
        copied.remove("code.xml");
        XmlElement runner = root.required("runner");
        String entry = runner.attribute("entry")
                .map(String::strip)
                .orElseThrow(() -> new BrokenHomework("runner has no entry"));
        HomeworkReader.file(copied, entry);
        Optional<XmlElement> rules = root.child("files");
        return new CodePackage(
                name,
                root.child("attachment").map(CodePackageReader::isTrue).orElse(true),
                pattern(root, "url"),
                pattern(root, "ip"),
                entry,
                timeout(runner),
                isTrue(root.required("reportCompile")),
                isTrue(root.required("reportRuntime")),
                scorers(root),
                FileRules.ofPackage(rules.isPresent() ? HomeworkReader.rules(rules.get()) : List.of()),
                Collections.unmodifiableSortedMap(copied));
    }

    private static Duration timeout(XmlElement runner) throws BrokenHomework {
        String seconds =
                runner.attribute("timeout").map(String::strip).orElse(Long.toString(DEFAULT_TIMEOUT.toSeconds()));
        if (!seconds.matches("\\d{1,9}")) {
            throw new BrokenHomework("timeout=\"" + seconds + "\" is no number of whole seconds");
        }
        Duration timeout = Duration.ofSeconds(Long.parseLong(seconds));
        if (timeout.isZero() || timeout.compareTo(MAX_TIMEOUT) > 0) {
            throw new BrokenHomework("timeout is not 1 to " + MAX_TIMEOUT.toSeconds() + " seconds");
        }
        return timeout;
    }

    private static AnchoredPattern pattern(XmlElement root, String attribute) throws BrokenHomework {
        Optional<String> pattern = root.child("compiler").flatMap(compiler -> compiler.attribute(attribute));
        try {
            return pattern.map(AnchoredPattern::of).orElse(null);
        } catch (IllegalArgumentException e) {
            throw new BrokenHomework(e.getMessage());
        }
    }

    private static Map<String, Optional<Boolean>> scorers(XmlElement root) throws BrokenHomework {
        Map<String, Optional<Boolean>> scorers = new HashMap<>();
        Optional<XmlElement> element = root.child("scorers");
        for (XmlElement scorer : element.map(it -> it.children("scorer")).orElse(List.of())) {
            String name = scorer.attribute("name").orElseThrow(() -> new BrokenHomework("a scorer has no name"));
            scorers.put(name, scorer.attribute("detail").map(CodePackageReader::isTrue));
        }
        return Map.copyOf(scorers);
    }

    private static boolean isTrue(XmlElement element) {
        return isTrue(element.text());
    }

    private static boolean isTrue(String text) {
        return TRUE.contains(text.strip().toLowerCase(Locale.ROOT));
    }
}
