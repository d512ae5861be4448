package lyceum.sandbox.internal;

import io.vertx.core.Future;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.sandbox.Language;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Run;
import lyceum.sandbox.SandboxService.LanguageList;
import lyceum.sandbox.SandboxService.Window;

/**
 * The languages of this machine. One that nobody has asked for has not been tried yet; the first who uses it waits for
 * that. Python needs no trial where there would be no cells without it. Lives on one context.
 */
final class LanguageCatalog implements Languages {

    private static final String PYTHON = "python3";
    private static final int SHOWN_CHARACTERS = 64;

    private final LanguageShelf shelf;
    private final Ceilings ceilings;
    private final Detections detections;
    private final String pythonVersion;

    /** @param pythonVersion of the interpreter that is inside of every cell; empty where that is not sure */
    LanguageCatalog(LanguageShelf shelf, Ceilings ceilings, Detections detections, String pythonVersion) {
        this.shelf = shelf;
        this.ceilings = ceilings;
        this.detections = detections;
        this.pythonVersion = pythonVersion;
    }

    @Override
    public Future<Task> translate(Run run, Window terminal, boolean isOpen) {
        try {
            LanguageDefinition language = find(run.program().language());
            Task task = new Translation(language, run, ceilings).task(terminal, isOpen);
            Future<Usability> found = isSure(language) ? python() : detections.ofWanted(language);
            return found.map(usability -> taskIfUsable(task, usability));
        } catch (Failure e) {
            return Future.failedFuture(e);
        }
    }

    @Override
    public Future<LanguageList> list() {
        List<Future<Language>> languages =
                shelf.all().stream().map(this::describe).toList();
        return Future.all(languages).map(all -> new LanguageList(all.list()));
    }

    private LanguageDefinition find(String name) {
        return shelf.find(name).orElseThrow(() -> {
            String shown = name.substring(0, Math.min(name.length(), SHOWN_CHARACTERS));
            return Failure.notFound("language %s is not known here".formatted(shown));
        });
    }

    private static Task taskIfUsable(Task task, Usability usability) {
        if (!usability.isUsable()) {
            throw Failure.notFound("language %s is not usable here: %s".formatted(task.language(), usability.reason()));
        }
        return task;
    }

    private Future<Language> describe(LanguageDefinition language) {
        Future<Usability> found = isSure(language) ? python() : detections.of(language);
        return found.map(usability -> new Language(
                language.name(),
                language.names().title(),
                usability.version(),
                language.names().aliases(),
                language.sources().mainFile(),
                language.isCompiled(),
                usability.isUsable(),
                ceilings.resolve(Limits.OF_LANGUAGE, language.limits()),
                language.isCompiled() ? ceilings.resolve(Limits.OF_LANGUAGE, language.compileLimits()) : null));
    }

    private boolean isSure(LanguageDefinition language) {
        return language.name().equals(PYTHON) && !pythonVersion.isEmpty();
    }

    private Future<Usability> python() {
        return Future.succeededFuture(Usability.usable(pythonVersion));
    }
}
