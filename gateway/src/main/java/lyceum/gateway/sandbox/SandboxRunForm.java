package lyceum.gateway.sandbox;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import lyceum.gateway.route.StrictObject;
import lyceum.sandbox.Program;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.Run.Streams;
import lyceum.sandbox.SourceFile;

/**
 * A run as clients write it. Whoever reads one asks for what else may stand in the same object, and then ends it.
 *
 * @param form the object that has its members
 */
record SandboxRunForm(StrictObject form) {

    /**
     * @param id that nobody can guess
     * @param caller who sent it
     * @param usual how urgent it is where it does not say so
     */
    Run read(String id, String caller, Priority usual) {
        return new Run(
                id,
                caller,
                form.choiceOr("priority", usual),
                program(),
                stdin(),
                form.choiceOr("streams", Streams.APART),
                SandboxLimits.read(form.object("limits")),
                SandboxLimits.read(form.object("compileLimits")),
                form.texts("collect"));
    }

    private Program program() {
        return new Program(
                form.text("language"),
                files(),
                form.texts("arguments"),
                form.textsByName("environment"),
                Directory.OWN);
    }

    private List<SourceFile> files() {
        if (!form.has("source")) {
            return listedFiles();
        }
        if (form.has("files")) {
            throw form.wrong("source", "is there beside files");
        }
        return List.of(new SourceFile("", SandboxEncoding.UTF8.read(form, "source")));
    }

    private List<SourceFile> listedFiles() {
        List<SourceFile> files = new ArrayList<>();
        for (StrictObject file : form.objects("files")) {
            // Only the first one can get its name from the language.
            String name = files.isEmpty() ? file.textOr("name", "") : file.text("name");
            files.add(new SourceFile(name, SandboxEncoding.read(file, "content", "encoding")));
            file.end();
        }
        return files;
    }

    private Buffer stdin() {
        if (form.has("stdin")) {
            return SandboxEncoding.read(form, "stdin", "stdinEncoding");
        }
        if (form.has("stdinEncoding")) {
            throw form.wrong("stdinEncoding", "is there without stdin");
        }
        return Buffer.buffer();
    }
}
