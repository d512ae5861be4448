package lyceum.sandbox.internal;

import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lyceum.sandbox.Limits;

/**
 * A language, as its directory describes it ({@link LanguageFile}); nothing in it depends on this machine.
 *
 * @param environment what its programs, and its tools, find set
 * @param limits what a program has that asks for nothing else; no part is zero
 * @param compileLimits what the compiler has, or null where there is none
 * @param paths what its tools need to see of this machine beside {@code /usr}, {@code /bin} and {@code /lib*}, read-only;
 *     those that are not there are left out
 */
record LanguageDefinition(
        Names names,
        Sources sources,
        Commands commands,
        Map<String, String> environment,
        Limits limits,
        Limits compileLimits,
        List<String> paths) {

    /**
     * @param name unique
     * @param title for people
     * @param aliases other names; where they are another language's name, that one has it
     */
    record Names(String name, String title, List<String> aliases) {}

    /**
     * @param mainFile the name of the first file where it has none
     * @param extensions which files are sources, each with its dot
     * @param sample a program that writes {@code hello}
     */
    record Sources(String mainFile, List<String> extensions, Buffer sample) {}

    /**
     * @param detect prints the version of the tools
     * @param version finds it, as its first group
     * @param compile what comes before {@code run}, or null
     * @param run runs the program
     * @param stdin runs the program that comes by the standard input, or null
     * @param repl talks with somebody who has no file, or null
     */
    record Commands(Command detect, Pattern version, Command compile, Command run, Command stdin, Command repl) {

        /** @return what is run where there is no file, or null */
        Command withoutFile(boolean isTalkedTo) {
            return isTalkedTo || stdin == null ? repl : stdin;
        }
    }

    String name() {
        return names.name();
    }

    boolean isCompiled() {
        return commands.compile() != null;
    }

    /** @return whether programs run as {@code python3 -u <first file> …}, which a cell may have started in advance */
    boolean isPython() {
        return commands.run().startsWith("python3", "-u", "{main}", Command.ARGUMENTS);
    }

    /** @return whether its files and its programs are named by Java classes */
    boolean hasClasses() {
        return Stream.of(commands.compile(), commands.run())
                .anyMatch(command -> command != null && command.mentions("class"));
    }

    /** @return whether a file of that name is a source of it */
    boolean isSource(String file) {
        return sources.extensions().stream().anyMatch(file::endsWith);
    }
}
