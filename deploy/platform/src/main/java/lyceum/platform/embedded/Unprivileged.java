package lyceum.platform.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * How a program that refuses root is started by root: in a user namespace without a map, where the same files are its
 * own and it is nobody; where that is forbidden, as user nobody with the files given to him.
 */
final class Unprivileged {

    /** For a program that has nothing to do. */
    private static final int ANSWER_SECONDS = 10;

    private static final String NOBODY = "65534";
    private static final List<String> NAMESPACE = List.of("unshare", "-U");
    private static final List<String> AS_NOBODY =
            List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups");

    private Unprivileged() {}

    /**
     * @param directory what the program must be able to write to
     * @return what is put before its command line, nothing for an ordinary user
     */
    static List<String> prefix(Path directory) {
        if (!"root".equals(System.getProperty("user.name"))) {
            return List.of();
        }
        if (works(NAMESPACE)) {
            return NAMESPACE;
        }
        if (works(AS_NOBODY)) {
            return asNobody(directory);
        }
        throw new IllegalStateException("PostgreSQL does not run as root and neither unshare nor setpriv works here;"
                + " start as another user, or set LYCEUM_POSTGRES_URL");
    }

    /** @param directory given to user nobody with all that is in it by now */
    static List<String> asNobody(Path directory) {
        give(directory);
        return AS_NOBODY;
    }

    private static boolean works(List<String> prefix) {
        try {
            List<String> command = new java.util.ArrayList<>(prefix);
            command.add("true");
            Process process = new ProcessBuilder(command).start();
            boolean hasEnded = process.waitFor(ANSWER_SECONDS, TimeUnit.SECONDS);
            if (!hasEnded) {
                process.destroyForcibly();
            }
            return hasEnded && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static void give(Path directory) {
        try {
            Files.walkFileTree(directory, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) throws IOException {
                    Files.setAttribute(path, "unix:uid", Integer.valueOf(NOBODY));
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) throws IOException {
                    Files.setAttribute(path, "unix:uid", Integer.valueOf(NOBODY));
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            throw new IllegalStateException("cannot give " + directory + " to user " + NOBODY, e);
        }
    }
}
