package lyceum.grading.internal;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Program;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.Run.Streams;
import lyceum.sandbox.SourceFile;

/** The two runs of the sandbox that judge a hand-in. */
final class JudgeRuns {

    /** What the program prints, in its directory: its standard output are frames. */
    static final String STDOUT = "stdout";

    /** Where programs start ({@code Program.Directory.OWN}); scripts have always been told a root. */
    private static final String ROOT = "/w";

    /** A cell is a world of its own, in which nobody needs to become another user. */
    private static final String NO_ACCOUNT = "0";

    /** Interpreters begin, and end, in it; their clock is not the judge's. */
    private static final Duration CPU_MARGIN = Duration.ofSeconds(10);

    private final JudgeConfig config;
    private final JudgeLibrary library;

    JudgeRuns(JudgeConfig config, JudgeLibrary library) {
        this.config = config;
        this.library = library;
    }

    /** @return whether there is code of a student that needs a process */
    static boolean hasStudent(Assignment assignment) {
        return assignment.studentFiles().keySet().stream().anyMatch(name -> name.endsWith(".py"));
    }

    Run ofJudge(Assignment assignment) {
        JsonObject settings = settings(assignment)
                .put(
                        "package",
                        new JsonArray(List.copyOf(
                                new TreeSet<>(assignment.judgeFiles().keySet()))))
                .put("shared", new JsonArray(List.copyOf(JudgeLibrary.shared(assignment))))
                .put("entry", assignment.entry())
                .put("cells", hasStudent(assignment) ? 2 : 1)
                .put("network", network(assignment.remote()));
        Map<String, String> environment = environment(assignment);
        if (assignment.remote() != null) {
            environment.put("RAILGUN_REMOTE_ADDR", assignment.remote().url());
            putIfThere(environment, "RAILGUN_URLRULE", assignment.remote().urlRule());
            putIfThere(environment, "RAILGUN_IPRULE", assignment.remote().ipRule());
        }
        return run(assignment, Priority.BATCH, "judge", library.ofJudge(assignment, settings.toBuffer()), environment);
    }

    /**
     * The second of the two. The place that is kept for somebody who sits before a screen is its, too: judges that have all
     * other places get on one by one, and never wait for each other.
     */
    Run ofStudent(Assignment assignment) {
        JsonObject settings =
                settings(assignment).put("package", new JsonArray(List.copyOf(JudgeLibrary.shared(assignment))));
        return run(
                assignment,
                Priority.INTERACTIVE,
                "student",
                library.ofStudent(assignment, settings.toBuffer()),
                environment(assignment));
    }

    private JsonObject settings(Assignment assignment) {
        return new JsonObject()
                .put(
                        "student",
                        new JsonArray(List.copyOf(
                                new TreeSet<>(assignment.studentFiles().keySet()))))
                .put("output", config.outputBytes());
    }

    /**
     * Of contracts/grading.md, section 6: no key, and no address to report to, as verdicts go another way. {@code main.py}
     * adds {@code PYTHONPATH}, which an interpreter would take for a directory that is not there, before it has unpacked it.
     */
    private static Map<String, String> environment(Assignment assignment) {
        return new TreeMap<>(Map.of(
                "RAILGUN_ROOT",
                ROOT,
                "RAILGUN_HANDID",
                assignment.id(),
                "RAILGUN_HWID",
                assignment.homework(),
                "RAILGUN_USER_ID",
                NO_ACCOUNT,
                "RAILGUN_GROUP_ID",
                NO_ACCOUNT));
    }

    private static void putIfThere(Map<String, String> environment, String name, String value) {
        if (value != null) {
            environment.put(name, value);
        }
    }

    private static JsonArray network(Assignment.Remote remote) {
        return remote == null
                ? null
                : new JsonArray().add(RemoteAddress.host(remote.url())).add(remote.ip());
    }

    private Run run(
            Assignment assignment, Priority priority, String side, Buffer bundle, Map<String, String> environment) {
        Program program = new Program(
                "python3",
                List.of(new SourceFile(JudgeLibrary.MAIN, library.main()), new SourceFile("bundle", bundle)),
                List.of(side),
                environment,
                Directory.OWN);
        Limits limits = new Limits(
                Duration.ZERO,
                assignment.timeout().plus(CPU_MARGIN),
                config.memoryBytes(),
                config.processes(),
                // The bundle lies there, too, until it has been taken apart.
                config.fileBytes() + 2L * bundle.length(),
                0,
                0,
                -1);
        return new Run(
                UUID.randomUUID().toString(),
                "",
                priority,
                program,
                Buffer.buffer(),
                Streams.APART,
                limits,
                Limits.OF_LANGUAGE,
                List.of(STDOUT));
    }
}
