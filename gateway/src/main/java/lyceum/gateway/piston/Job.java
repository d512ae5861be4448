package lyceum.gateway.piston;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Program;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.Run.Streams;
import lyceum.sandbox.SourceFile;

/**
 * What a client wants to be run, checked in Piston's order and words (api/src/api/v2.js).
 *
 * @param files the one that is run is the first
 * @param stdin with a line end behind it, always
 */
public record Job(
        PistonRuntime runtime,
        List<SourceFile> files,
        List<String> arguments,
        Buffer stdin,
        Limits limits,
        Limits compileLimits) {

    /** What a program that is not watched may write to each of its outputs; Piston's own default is 1024. */
    public static final int OUTPUT_BYTES = 256 * 1_024;

    private static final int OUTPUT_OF_LANGUAGE = 0;

    /** Of Piston where nothing is configured. */
    private static final Duration USUAL_COMPILE_TIME = Duration.ofSeconds(10);

    private static final Duration USUAL_RUN_TIME = Duration.ofSeconds(3);

    /** @throws JobRefused with what is wrong */
    public static Job read(JsonObject body, Runtimes runtimes) {
        String language = required(body, "language");
        String version = required(body, "version");
        if (!(body.getValue("files") instanceof JsonArray given)) {
            throw new JobRefused("files is required as an array");
        }
        List<JobFile> files = new ArrayList<>();
        for (Object file : given) {
            files.add(JobFile.read(files.size(), file));
        }
        PistonRuntime runtime = runtimes.find(language, version)
                .orElseThrow(() -> new JobRefused("%s-%s runtime is unknown".formatted(language, version)));
        return new Job(
                runtime,
                sources(files, runtime),
                arguments(body),
                stdin(body),
                new JobLimits("run", USUAL_RUN_TIME, runtime.language().limits()).read(body, OUTPUT_BYTES),
                new JobLimits("compile", USUAL_COMPILE_TIME, runtime.language().compileLimits())
                        .read(body, OUTPUT_OF_LANGUAGE));
    }

    /** @param id unguessable */
    public Run run(String id, String caller) {
        return run(id, caller, stdin, limits);
    }

    /** @return a run that somebody watches: its input comes later, and its outputs are read as they come */
    public Run watched(String id, String caller) {
        Limits unheard =
                new Limits(limits.wallTime(), limits.cpuTime(), limits.memoryBytes(), limits.processes(), 0, 0, 0, 0);
        return run(id, caller, Buffer.buffer(), unheard);
    }

    private Run run(String id, String caller, Buffer input, Limits runLimits) {
        Program program = new Program(
                runtime.language().name(), files, arguments, Map.of("PISTON_LANGUAGE", runtime.name()), Directory.OWN);
        return new Run(
                id, caller, Priority.INTERACTIVE, program, input, Streams.APART, runLimits, compileLimits, List.of());
    }

    private static String required(JsonObject body, String name) {
        if (body.getValue(name) instanceof String text && !text.isEmpty()) {
            return text;
        }
        throw new JobRefused(name + " is required as a string");
    }

    private static List<SourceFile> sources(List<JobFile> files, PistonRuntime runtime) {
        JobFile main = files.stream()
                .filter(JobFile::isText)
                .findFirst()
                .orElseThrow(() -> new JobRefused("files must include at least one utf8 encoded file"));
        // Piston writes one after the other, so the last of a name is the one that lies there.
        Map<String, Buffer> contents = new LinkedHashMap<>();
        contents.put(main.name(), main.content());
        for (int i = 0; i < files.size(); i++) {
            JobFile file = files.get(i);
            if (file != main) {
                contents.put(file.name().isEmpty() ? "file%d.code".formatted(i) : file.name(), file.content());
            }
        }
        List<SourceFile> sources = new ArrayList<>();
        contents.forEach((name, content) ->
                sources.add(new SourceFile(sources.isEmpty() ? mainName(name, runtime) : name, content)));
        return sources;
    }

    /** Piston gives the source of a compiler its extension, whatever the client called it. */
    private static String mainName(String name, PistonRuntime runtime) {
        String ours = runtime.language().mainFile();
        boolean isComplete = !runtime.language().compiled() || name.isEmpty() || name.contains(".");
        return isComplete ? name : name + ours.substring(Math.max(0, ours.lastIndexOf('.')));
    }

    private static List<String> arguments(JsonObject body) {
        Object given = Optional.ofNullable(body.getValue("args")).orElseGet(JsonArray::new);
        if (!(given instanceof JsonArray arguments) || arguments.stream().anyMatch(each -> !isScalar(each))) {
            throw new JobRefused("If specified, args must be an array of strings");
        }
        return arguments.stream().map(Object::toString).toList();
    }

    private static boolean isScalar(Object value) {
        return value instanceof String || value instanceof Number || value instanceof Boolean;
    }

    private static Buffer stdin(JsonObject body) {
        Object given = Optional.ofNullable(body.getValue("stdin")).orElse("");
        if (!(given instanceof String text)) {
            throw new JobRefused("If specified, stdin must be a string");
        }
        return Buffer.buffer(text.endsWith("\n") ? text : text + '\n');
    }
}
