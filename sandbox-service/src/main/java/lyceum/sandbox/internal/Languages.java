package lyceum.sandbox.internal;

import io.vertx.core.Future;
import lyceum.sandbox.Run;
import lyceum.sandbox.SandboxService.LanguageList;
import lyceum.sandbox.SandboxService.Window;

/** Knows how programs of each language are run. */
interface Languages {

    /**
     * @param terminal the window of the terminal that the program gets, or null for pipes
     * @param isOpen whether more input may come than the run has
     * @return what to do; NOT_FOUND where the language is not usable here, INVALID where a name leaves the directory
     */
    Future<Task> translate(Run run, Window terminal, boolean isOpen);

    /** @return every language that is known */
    Future<LanguageList> list();
}
