package lyceum.sandbox.internal;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import lyceum.sandbox.internal.Command.Use;
import lyceum.sandbox.internal.LanguageDefinition.Commands;
import lyceum.sandbox.internal.LanguageDefinition.Names;
import lyceum.sandbox.internal.LanguageDefinition.Sources;

/**
 * Reads the directory of a language: {@code language.json}, and beside it the sample, named as its {@code mainFile}.
 *
 * <pre>
 * {
 *   "name": "c",                                     that of the directory
 *   "title": "C (GCC)",
 *   "aliases": ["gcc"],                              may be absent
 *   "mainFile": "main.c",
 *   "extensions": [".c"],
 *   "detect": {"command": ["gcc", "--version"], "version": "([0-9.]+)"},
 *   "compile": ["gcc", "-o", "a.out", "{sources}"],  may be absent
 *   "run": ["./a.out", "{arguments}"],
 *   "stdin": ["…"],                                  what runs a program from its standard input; may be absent
 *   "repl": ["…"],                                   what talks with somebody who has no file; may be absent
 *   "environment": {"LC_ALL": "C"},                  may be absent
 *   "limits": {"memory": "256MiB"},                  may be absent, as each of them
 *   "compileLimits": {},                             the same, beside "compile" only
 *   "paths": ["/etc/alternatives"]                   may be absent
 * }
 * </pre>
 *
 * <p>Places in commands are those of {@link Command}, limits those of {@link LanguageLimits}. What is not known is refused.
 */
final class LanguageFile {

    static final String NAME = "language.json";

    private static final int MOST_BYTES = 65_536;
    private static final Pattern LANGUAGE = Pattern.compile("[a-z0-9][a-z0-9+#._-]{0,63}");
    private static final Pattern FILE = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9._+-]{0,63}");
    private static final Pattern EXTENSION = Pattern.compile("\\.[A-Za-z0-9_+]{1,15}");
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,63}");

    /** Opens the files of a directory. */
    interface Content {

        /** @throws IOException also where there is no such file */
        InputStream open(String name) throws IOException;
    }

    private LanguageFile() {}

    /**
     * @param name of the directory
     * @throws IOException with one line that names the file, and the member, and says what is wrong
     */
    static LanguageDefinition read(String name, Content directory) throws IOException {
        Members json = new Members(object(content(directory, NAME)));
        try {
            Sources sources = sources(json, directory);
            LanguageDefinition definition = definition(json, sources);
            check(List.of(definition.name()), name::equals, "name: '%s' is not that of its directory");
            return definition;
        } catch (IllegalArgumentException e) {
            throw new IOException(NAME + ": " + e.getMessage(), e);
        }
    }

    private static LanguageDefinition definition(Members json, Sources sources) {
        Names names = new Names(
                json.text("name", LanguageFile::name),
                json.text("title", title -> title),
                json.texts("aliases", aliases -> check(aliases, isLike(LANGUAGE), "'%s' is not a name in lower case")));
        Commands commands = commands(json);
        boolean isCompiled = commands.compile() != null;
        LanguageDefinition definition = new LanguageDefinition(
                names,
                sources,
                commands,
                json.scalars("environment", LanguageFile::environment),
                json.scalars("limits", LanguageLimits::of),
                isCompiled ? json.scalars("compileLimits", LanguageLimits::of) : null,
                json.texts("paths", paths -> check(paths, LanguageFile::isAbsolute, "'%s' is not an absolute path")));
        json.end();
        return definition;
    }

    private static Sources sources(Members json, Content directory) throws IOException {
        String mainFile = json.text("mainFile", LanguageFile::fileName);
        List<String> extensions = json.texts("extensions", LanguageFile::extensions);
        return new Sources(mainFile, extensions, Buffer.buffer(content(directory, mainFile)));
    }

    private static Commands commands(Members json) {
        Members detect = json.members("detect");
        Commands commands = new Commands(
                command(detect, "command", Use.WITHOUT_FILES),
                detect.text("version", LanguageFile::version),
                json.has("compile") ? command(json, "compile", Use.COMPILE) : null,
                command(json, "run", Use.RUN),
                json.has("stdin") ? command(json, "stdin", Use.WITHOUT_FILES) : null,
                json.has("repl") ? command(json, "repl", Use.WITHOUT_FILES) : null);
        detect.end();
        return commands;
    }

    private static Command command(Members json, String name, Use use) {
        return json.texts(name, parts -> Command.parse(parts, use));
    }

    private static String name(String text) {
        return check(List.of(text), isLike(LANGUAGE), "'%s' is not a name in lower case")
                .get(0);
    }

    private static String fileName(String text) {
        return check(List.of(text), isLike(FILE), "'%s' is not the plain name of a file")
                .get(0);
    }

    private static List<String> extensions(List<String> texts) {
        if (texts.isEmpty()) {
            throw new IllegalArgumentException("is empty");
        }
        return check(texts, isLike(EXTENSION), "'%s' is not an extension with its dot");
    }

    private static Pattern version(String text) {
        Pattern pattern = Pattern.compile(text);
        if (pattern.matcher("").groupCount() != 1) {
            throw new IllegalArgumentException("has not one group");
        }
        return pattern;
    }

    private static Map<String, String> environment(Map<String, String> variables) {
        check(List.copyOf(variables.keySet()), isLike(VARIABLE), "'%s' is not the name of a variable");
        check(List.copyOf(variables.values()), value -> value.indexOf('\0') < 0, "has a NUL in it");
        return variables;
    }

    private static boolean isAbsolute(String text) {
        return text.startsWith("/")
                && text.length() > 1
                && text.equals(Path.of(text).normalize().toString());
    }

    private static Predicate<String> isLike(Pattern pattern) {
        return text -> pattern.matcher(text).matches();
    }

    private static List<String> check(List<String> texts, Predicate<String> isRight, String complaint) {
        texts.stream().filter(isRight.negate()).forEach(text -> {
            throw new IllegalArgumentException(complaint.formatted(text));
        });
        return texts;
    }

    private static JsonObject object(byte[] json) throws IOException {
        try {
            return new JsonObject(Buffer.buffer(json));
        } catch (DecodeException e) {
            throw new IOException(NAME + ": is not a JSON object", e);
        }
    }

    private static byte[] content(Content directory, String name) throws IOException {
        try (InputStream file = directory.open(name)) {
            byte[] bytes = file.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw new IOException("is longer than %d bytes".formatted(MOST_BYTES));
            }
            return bytes;
        } catch (NoSuchFileException e) {
            throw new IOException(name + ": is not there", e);
        } catch (IOException e) {
            throw new IOException(name + ": " + e.getMessage(), e);
        }
    }
}
