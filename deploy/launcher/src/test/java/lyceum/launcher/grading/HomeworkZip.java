package lyceum.launcher.grading;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** A homework as a teacher packs it: open for years and without rules, unless told otherwise. */
final class HomeworkZip {

    private final String slug;
    private final Map<String, byte[]> files = new TreeMap<>();
    private String deadlines = due("2099-01-01 00:00:00", "1.0", null);
    private String rules = "<files/>";

    HomeworkZip(String slug) {
        this.slug = slug;
        with("desc/en.md", "Do it.");
    }

    /** @param zone null for the one of the service */
    static String due(String date, String scale, String zone) {
        String timezone = zone == null ? "" : "<timezone>" + zone + "</timezone>";
        return "<due><date>%s</date><scale>%s</scale>%s</due>".formatted(date, scale, timezone);
    }

    String slug() {
        return slug;
    }

    HomeworkZip with(String path, String content) {
        files.put(path, content.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** @param dues elements of deadlines */
    HomeworkZip deadlines(String dues) {
        deadlines = dues;
        return this;
    }

    /** @param element with the rules for files of the homework */
    HomeworkZip rules(String element) {
        rules = element;
        return this;
    }

    /**
     * Adds a package.
     *
     * @param timeoutSeconds of its judge
     * @param element with its rules for files
     */
    HomeworkZip judged(String codePackage, int timeoutSeconds, String element, String judge) {
        return with("code/" + codePackage + "/code.xml", """
                        <code><runner entry="judge.py" timeout="%d"/><reportCompile>true</reportCompile>
                        <reportRuntime>true</reportRuntime>%s</code>""".formatted(timeoutSeconds, element))
                .with("code/" + codePackage + "/judge.py", judge);
    }

    byte[] bytes() {
        String uuid = UUID.nameUUIDFromBytes(slug.getBytes(StandardCharsets.UTF_8))
                .toString()
                .replace("-", "");
        with("hw.xml", """
                <homework><uuid>%s</uuid><names><name lang="en">%s</name></names><deadlines>%s</deadlines>%s</homework>""".formatted(uuid, slug, deadlines, rules));
        return Zip.of(files);
    }
}
