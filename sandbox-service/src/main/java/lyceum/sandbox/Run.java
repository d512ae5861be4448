package lyceum.sandbox;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;

/**
 * One program to be run once.
 *
 * @param id the caller's name for it, unique
 * @param caller whose share of the machine it takes, somebody's name or {@link #ofNetwork}; empty for the house itself
 * @param stdin all that it can read from its standard input, may be empty; a session has it before what is written later
 * @param streams whether its two outputs are kept apart
 * @param limits of the program; a part that is zero is what the language has
 * @param compileLimits of the compiler, where there is one; a part that is zero is what the language has
 * @param collect names of files to bring back from its directory when it has ended, as far as they are there
 * @param note what the caller wants to find again in its {@link Submission}; nobody else reads it, but that a webhook
 *     of a run with {@link lyceum.sandbox.judge0.Attributes} is called as Judge0 does
 */
public record Run(
        String id,
        String caller,
        Priority priority,
        Program program,
        Buffer stdin,
        Streams streams,
        Limits limits,
        Limits compileLimits,
        List<String> collect,
        String note) {

    private static final String NETWORK = "network ";

    /** Stored by an older version, it has no note. */
    public Run {
        note = note == null ? "" : note;
    }

    /** A run without a note. */
    public Run(
            String id,
            String caller,
            Priority priority,
            Program program,
            Buffer stdin,
            Streams streams,
            Limits limits,
            Limits compileLimits,
            List<String> collect) {
        this(id, caller, priority, program, stdin, streams, limits, compileLimits, collect, "");
    }

    /** Which of those that wait goes first. */
    public enum Priority {
        /** Somebody sits before a screen. */
        INTERACTIVE,
        /** Grading, and whatever is fetched later. */
        BATCH
    }

    /** What becomes of standard output and standard error. */
    public enum Streams {
        /** One text in the order of writing, told as standard output. */
        JOINED,
        /** Two texts. */
        APART
    }

    /** @return who a caller is of whom only the network is known: one person, or a whole class behind one address */
    public static String ofNetwork(String network) {
        return NETWORK + network;
    }

    /** @return whether a caller may be many people */
    public static boolean mayBeMany(String caller) {
        return caller.startsWith(NETWORK);
    }

    /** As the other one, of the house itself. */
    public static Run ofLesson(String id, Buffer source, Limits limits) {
        return ofLesson(id, "", source, limits);
    }

    /** @return one Python program as elicast knows it: {@code /codefile.py}, its two outputs joined */
    public static Run ofLesson(String id, String caller, Buffer source, Limits limits) {
        Program program = new Program(
                "python3", List.of(new SourceFile("codefile.py", source)), List.of(), Map.of(), Program.Directory.ROOT);
        return new Run(
                id,
                caller,
                Priority.INTERACTIVE,
                program,
                Buffer.buffer(),
                Streams.JOINED,
                limits,
                Limits.OF_LANGUAGE,
                List.of());
    }
}
