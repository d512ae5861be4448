package lyceum.grading.internal;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Makes a homework of the files of its folder (contracts/grading.md, sections 5.1 and 5.2). */
final class HomeworkReader {

    private static final Pattern SLUG = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
    private static final Pattern UUID = Pattern.compile("[0-9a-fA-F]{32}");
    private static final Pattern LANGUAGE = Pattern.compile("[A-Za-z]{1,8}([-_][A-Za-z0-9]{1,8}){0,4}");

    /** Names of IANA's that Python has and Java has not. */
    private static final Map<String, String> ZONES_OF_PYTHON =
            Map.of("EST", "-05:00", "MST", "-07:00", "HST", "-10:00", "ROC", "Asia/Taipei");

    private final ZoneId zone;

    /** @param zone of due dates that name none */
    HomeworkReader(ZoneId zone) {
        this.zone = zone;
    }

    /**
     * @param slug name of the folder
     * @param files all of it by path, {@code hw.xml} among them
     */
    Homework read(String slug, Map<String, Buffer> files) throws BrokenHomework {
        if (!SLUG.matcher(slug).matches()) {
            throw new BrokenHomework("the name is not 1 to 64 letters, digits, dots, dashes and underscores");
        }
        SortedMap<String, Buffer> sorted = Collections.unmodifiableSortedMap(new TreeMap<>(files));
        XmlElement root = XmlElement.parse(file(sorted, "hw.xml"), "hw.xml");
        String uuid = root.required("uuid").text();
        if (!UUID.matcher(uuid).matches()) {
            throw new BrokenHomework("uuid is not 32 hexadecimal digits");
        }
        return new Homework(
                slug,
                uuid,
                wordings(root, sorted),
                deadlines(root),
                FileRules.ofHomework(rules(root.required("files"))),
                packages(sorted),
                sorted);
    }

    private static List<Homework.Wording> wordings(XmlElement root, SortedMap<String, Buffer> files)
            throws BrokenHomework {
        List<Homework.Wording> wordings = new ArrayList<>();
        for (XmlElement name : root.required("names").children("name")) {
            String tag = name.attribute("lang").orElse("").strip();
            if (!LANGUAGE.matcher(tag).matches()) {
                throw new BrokenHomework("lang=\"" + tag + "\" of a name is no language");
            }
            String solution = "solve/" + tag + ".md";
            wordings.add(new Homework.Wording(
                    tag,
                    name.text(),
                    markdown(files, "desc/" + tag + ".md"),
                    files.containsKey(solution) ? markdown(files, solution) : null));
        }
        if (wordings.isEmpty()) {
            throw new BrokenHomework("there is no name in names");
        }
        return List.copyOf(wordings);
    }

    private static String markdown(SortedMap<String, Buffer> files, String path) throws BrokenHomework {
        try {
            String markdown = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file(files, path).getBytes()))
                    .toString();
            Descriptions.check(markdown);
            return markdown;
        } catch (CharacterCodingException e) {
            throw new BrokenHomework(path + " is not UTF-8");
        } catch (IllegalArgumentException e) {
            throw new BrokenHomework(path + ": " + e.getMessage());
        }
    }

    private List<Deadline> deadlines(XmlElement root) throws BrokenHomework {
        List<Deadline> deadlines = new ArrayList<>();
        for (XmlElement due : root.required("deadlines").children("due")) {
            String name = due.child("timezone").map(XmlElement::text).orElse("");
            try {
                deadlines.add(Deadline.of(
                        due.required("date").text(),
                        due.required("scale").text(),
                        name.isEmpty() ? zone : ZoneId.of(name, ZONES_OF_PYTHON)));
            } catch (DateTimeException e) {
                throw new BrokenHomework("there is no time zone \"" + name + "\"");
            } catch (IllegalArgumentException e) {
                throw new BrokenHomework(e.getMessage());
            }
        }
        return List.copyOf(deadlines);
    }

    private static SortedMap<String, CodePackage> packages(SortedMap<String, Buffer> files) throws BrokenHomework {
        SortedMap<String, SortedMap<String, Buffer>> folders = new TreeMap<>();
        for (Map.Entry<String, Buffer> file : files.entrySet()) {
            String[] path = file.getKey().split("/", 3);
            if (path.length == 3 && path[0].equals("code")) {
                folders.computeIfAbsent(path[1], name -> new TreeMap<>()).put(path[2], file.getValue());
            }
        }
        SortedMap<String, CodePackage> packages = new TreeMap<>();
        for (Map.Entry<String, SortedMap<String, Buffer>> folder : folders.entrySet()) {
            packages.put(folder.getKey(), CodePackageReader.read(folder.getKey(), folder.getValue()));
        }
        return Collections.unmodifiableSortedMap(packages);
    }

    /** @return the rules in a {@code files} element */
    static List<FileRules.Rule> rules(XmlElement files) throws BrokenHomework {
        List<FileRules.Rule> rules = new ArrayList<>();
        for (XmlElement rule : files.children()) {
            try {
                rules.add(new FileRules.Rule(
                        FileRules.Action.valueOf(rule.name().toUpperCase(Locale.ROOT)),
                        AnchoredPattern.of(rule.text())));
            } catch (IllegalArgumentException e) {
                boolean isRule = List.of("accept", "lock", "hide", "deny")
                        .contains(rule.name().toLowerCase(Locale.ROOT));
                throw new BrokenHomework(isRule ? e.getMessage() : rule.name() + " is no rule for files");
            }
        }
        return List.copyOf(rules);
    }

    /** @return a file that must be there */
    static Buffer file(Map<String, Buffer> files, String path) throws BrokenHomework {
        Buffer file = files.get(path);
        if (file == null) {
            throw new BrokenHomework("there is no " + path);
        }
        return file;
    }
}
