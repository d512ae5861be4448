package lyceum.sandbox.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lyceum.platform.Failure;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Program;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Run;
import lyceum.sandbox.SandboxService.Window;
import lyceum.sandbox.SandboxSession.Stage;
import lyceum.sandbox.SourceFile;
import lyceum.sandbox.internal.Command.Values;
import lyceum.sandbox.internal.Task.Step;

/** Makes one run in one language into a task. Its methods fail with INVALID where the run cannot be meant. */
final class Translation {

    /** MAX_ARG_STRLEN of Linux, which counts the NUL behind it. */
    private static final int LONGEST_ARGUMENT_BYTES = 131_071;
    /**
     * For arguments, environment, and a pointer to each. With a stack of 8 MiB Linux has room for 2 MiB (execve(2)), and
     * 200 names of sources may take 0.8 of them.
     */
    private static final long MOST_ARGUMENT_BYTES = 1 << 20;

    private static final int POINTER_AND_END_BYTES = 9;

    /** What terminals in browsers are, xterm.js among them. */
    private static final String KIND_OF_TERMINAL = "xterm-256color";

    private final LanguageDefinition language;
    private final Run run;
    private final Program program;
    private final Ceilings ceilings;
    private final Limits compileLimits;

    Translation(LanguageDefinition language, Run run, Ceilings ceilings) {
        this.language = language;
        this.run = run;
        this.program = run.program();
        this.ceilings = ceilings;
        this.compileLimits =
                language.isCompiled() ? ceilings.resolve(run.compileLimits(), language.compileLimits()) : null;
    }

    /**
     * @param terminal the window of the terminal that the program gets, or null for pipes
     * @param isOpen whether more input may come than the run has
     */
    Task task(Window terminal, boolean isOpen) {
        checkArguments();
        FileNames.ofCollected(run.collect());
        List<SourceFile> files = files();
        FileNames.ofProgram(files.stream().map(SourceFile::name).toList(), program.directory());
        Limits limits = limits(isOpen);
        return new Task(
                run.id(),
                language.name(),
                files,
                program.directory(),
                environment(terminal),
                files.isEmpty() ? List.of(withoutFile(limits, isOpen)) : steps(files, limits),
                run.streams(),
                terminal,
                run.stdin(),
                isOpen,
                run.collect());
    }

    /** A program that is talked to waits for people, whose time is no measure of it. */
    private Limits limits(boolean isOpen) {
        Limits asked = isOpen ? ceilings.withWallTime(run.limits()) : run.limits();
        return ceilings.resolve(asked, language.limits());
    }

    private void checkArguments() {
        long bytes = 0;
        for (int i = 0; i < program.arguments().size(); i++) {
            bytes += argumentBytes(
                    "arguments[%d]".formatted(i), program.arguments().get(i));
        }
        for (Map.Entry<String, String> entry : program.environment().entrySet()) {
            String name = entry.getKey();
            if (name.isEmpty() || name.contains("=") || name.contains("\0")) {
                throw Failure.invalid("environment has a name that is empty, or has '=' or NUL in it");
            }
            bytes += argumentBytes("environment." + FileNames.shown(name), name + "=" + entry.getValue());
        }
        if (bytes > MOST_ARGUMENT_BYTES) {
            throw Failure.invalid("arguments and environment are longer than %d bytes".formatted(MOST_ARGUMENT_BYTES));
        }
    }

    private static long argumentBytes(String path, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        if (!new String(utf8, StandardCharsets.UTF_8).equals(text)) {
            throw Failure.invalid(path + " is not Unicode");
        }
        if (text.indexOf('\0') >= 0 || utf8.length > LONGEST_ARGUMENT_BYTES) {
            throw Failure.invalid("%s has a NUL in it, or more than %d bytes".formatted(path, LONGEST_ARGUMENT_BYTES));
        }
        return utf8.length + POINTER_AND_END_BYTES;
    }

    private Map<String, String> environment(Window terminal) {
        Map<String, String> environment = new TreeMap<>(language.environment());
        if (terminal != null) {
            environment.put("TERM", KIND_OF_TERMINAL);
        }
        environment.putAll(program.environment());
        return environment;
    }

    /** @return the files of the program, each with a name */
    private List<SourceFile> files() {
        List<SourceFile> files = new ArrayList<>(program.files());
        if (!files.isEmpty()) {
            SourceFile first = files.get(0);
            files.set(0, new SourceFile(mainName(first), first.content()));
        }
        int nameless = files.stream().map(SourceFile::name).toList().indexOf("");
        if (nameless >= 0) {
            throw Failure.invalid("files[%d].name is empty, as only that of the first may be".formatted(nameless));
        }
        return files;
    }

    private String mainName(SourceFile first) {
        String name = first.name().isEmpty() ? language.sources().mainFile() : first.name();
        if (!language.hasClasses()) {
            return name;
        }
        String better = new JavaSource(first.content()).fileName(name);
        Set<String> others =
                program.files().stream().skip(1).map(SourceFile::name).collect(Collectors.toSet());
        return others.contains(better) ? name : better;
    }

    private Step withoutFile(Limits limits, boolean isTalkedTo) {
        Command command = language.commands().withoutFile(isTalkedTo);
        if (command == null) {
            throw Failure.invalid("files is empty, and %s has no prompt".formatted(language.name()));
        }
        if (!program.arguments().isEmpty()) {
            throw Failure.invalid("arguments is there without files");
        }
        return new Step(Stage.RUN, command.fill(Values.ofMemory(limits.memoryBytes())), false, limits);
    }

    private List<Step> steps(List<SourceFile> files, Limits limits) {
        Step program =
                new Step(Stage.RUN, language.commands().run().fill(values(files, limits)), language.isPython(), limits);
        if (!language.isCompiled()) {
            return List.of(program);
        }
        List<String> compile = language.commands().compile().fill(values(files, compileLimits));
        return List.of(new Step(Stage.COMPILE, compile, false, compileLimits), program);
    }

    private Values values(List<SourceFile> files, Limits limits) {
        SourceFile first = files.get(0);
        List<String> sources = Stream.concat(
                        Stream.of(first.name()),
                        files.stream().skip(1).map(SourceFile::name).filter(language::isSource))
                .map(this::path)
                .toList();
        String mainClass = language.hasClasses() ? new JavaSource(first.content()).mainClass(first.name()) : "";
        return new Values(path(first.name()), sources, mainClass, limits.memoryBytes(), program.arguments());
    }

    /** @return how a command names a file: from the root where elicast's programs know themselves so, and never as an option */
    private String path(String name) {
        if (program.directory() == Directory.ROOT) {
            return "/" + name;
        }
        return name.startsWith("-") || name.startsWith("@") ? "./" + name : name;
    }
}
