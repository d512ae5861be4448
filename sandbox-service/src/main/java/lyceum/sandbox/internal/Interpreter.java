package lyceum.sandbox.internal;

import java.nio.file.Path;

/**
 * A Python that runs programs, and the keepers of their cells.
 *
 * @param executable the binary, as this machine sees it
 * @param home the directory of its library where that is not below {@code /usr}, else null
 * @param homeInside where the program sees that directory
 * @param version {@code 3.11.2}
 */
record Interpreter(Path executable, Path home, String homeInside, String version) {

    /** @return the binary as the program sees it */
    String executableInside() {
        return home == null ? executable.toString() : homeInside + "/" + home.relativize(executable);
    }

    @Override
    public String toString() {
        return "Python " + version + " (" + executable + ")";
    }
}
