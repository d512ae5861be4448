package lyceum.grading.internal;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * What is put into the two cells. Everything travels as one bundle, for a homework may have more files than a run: one
 * line of JSON, names and sizes, and behind it the contents; {@code judge/main.py} takes it apart.
 */
final class JudgeLibrary {

    /** The program that begins either cell. */
    static final String MAIN = "main.py";

    /** The names that judges' scripts import; the student's side has none of them. */
    static final List<String> OF_JUDGE = List.of(
            "SafeRunner.py",
            "lyceum_judge/guard.py",
            "lyceum_judge/judge_cell.py",
            "lyceum_judge/network.py",
            "lyceum_judge/texts.py",
            "lyceum_judge/work.py",
            "lyceum_judge/coverage/branches.py",
            "lyceum_judge/coverage/results.py",
            "lyceum_judge/coverage/source.py",
            "lyceum_judge/scorers/__init__.py",
            "lyceum_judge/scorers/code_style.py",
            "lyceum_judge/scorers/coverage.py",
            "lyceum_judge/scorers/input_data.py",
            "lyceum_judge/scorers/structure.py",
            "lyceum_judge/scorers/unit_test.py",
            "lyceum_judge/style/__init__.py",
            "lyceum_judge/style/blank_lines.py",
            "lyceum_judge/style/continuation.py",
            "lyceum_judge/style/indentation.py",
            "lyceum_judge/style/logical.py",
            "lyceum_judge/style/operators.py",
            "lyceum_judge/style/physical.py",
            "lyceum_judge/style/reading.py",
            "lyceum_judge/style/statements.py",
            "lyceum_judge/style/whitespace.py",
            "pyhost/__init__.py",
            "pyhost/objschema.py",
            "pyhost/scorer.py",
            "railgun/__init__.py",
            "railgun/common/__init__.py",
            "railgun/common/csvdata.py",
            "railgun/common/lazy_i18n.py");

    /** What both sides need to talk to each other. */
    static final List<String> OF_BOTH = List.of(
            "lyceum_judge/__init__.py",
            "lyceum_judge/channel.py",
            "lyceum_judge/console.py",
            "lyceum_judge/exports.py",
            "lyceum_judge/handin.py",
            "lyceum_judge/mirrors.py",
            "lyceum_judge/output.py",
            "lyceum_judge/peer.py",
            "lyceum_judge/suites.py",
            "lyceum_judge/trees.py",
            "lyceum_judge/values.py",
            "lyceum_judge/coverage/__init__.py",
            "lyceum_judge/coverage/tracer.py");

    static final List<String> OF_STUDENT = List.of("lyceum_judge/student_cell.py");

    private static final String HAND_IN = "handin/";
    private static final String LIBRARY = "lib/";

    private final Buffer main = read(MAIN);
    private final Map<String, Buffer> judge = read(OF_BOTH, OF_JUDGE);
    private final Map<String, Buffer> student = read(OF_BOTH, OF_STUDENT);

    Buffer main() {
        return main;
    }

    /** @return the bundle of the judge's cell: all files, those of the student to be looked at */
    Buffer ofJudge(Assignment assignment, Buffer settings) {
        Map<String, Buffer> files = new LinkedHashMap<>(assignment.judgeFiles());
        files.putAll(assignment.studentFiles());
        if (assignment.data() != null) {
            files.put("data.csv", Buffer.buffer(assignment.data()));
        }
        return bundle(judge, files, settings);
    }

    /** @return the bundle of the student's cell: no secret of the judge is in it */
    Buffer ofStudent(Assignment assignment, Buffer settings) {
        Map<String, Buffer> files = new LinkedHashMap<>(assignment.judgeFiles());
        files.keySet().retainAll(shared(assignment));
        files.putAll(assignment.studentFiles());
        return bundle(student, files, settings);
    }

    /** @return the files of the package that the student's code may see; never the judge's script */
    static Set<String> shared(Assignment assignment) {
        Set<String> shared = new TreeSet<>(assignment.sharedFiles());
        shared.retainAll(assignment.judgeFiles().keySet());
        shared.remove(assignment.entry());
        return shared;
    }

    private static Buffer bundle(Map<String, Buffer> library, Map<String, Buffer> files, Buffer settings) {
        JsonArray head = new JsonArray();
        List<Buffer> contents = new ArrayList<>();
        library.forEach((name, content) -> add(head, contents, LIBRARY + name, content));
        files.forEach((name, content) -> add(head, contents, HAND_IN + name, content));
        add(head, contents, "assignment.json", settings);
        Buffer bundle = Buffer.buffer(head.encode()).appendByte((byte) '\n');
        contents.forEach(bundle::appendBuffer);
        return bundle;
    }

    private static void add(JsonArray head, List<Buffer> contents, String name, Buffer content) {
        head.add(new JsonArray().add(name).add(content.length()));
        contents.add(content);
    }

    @SafeVarargs
    private static Map<String, Buffer> read(List<String>... lists) {
        Map<String, Buffer> files = new LinkedHashMap<>();
        for (List<String> names : lists) {
            names.forEach(name -> files.put(name, read(name)));
        }
        return files;
    }

    private static Buffer read(String name) {
        try (InputStream file = JudgeLibrary.class.getResourceAsStream("judge/" + name)) {
            return Buffer.buffer(file.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
