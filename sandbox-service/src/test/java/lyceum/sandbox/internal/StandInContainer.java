package lyceum.sandbox.internal;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.BiConsumer;
import java.util.function.IntConsumer;
import lyceum.platform.TestDirectory;

/**
 * What an engine or a node would have: directories of its own, in which the commands that are asked for really run,
 * with no walls at all. Only the proof is not run here: it would rightly find none.
 */
final class StandInContainer {

    /** A limit of processes that is set inside counts them all for an ordinary user, and none for root. */
    private static final List<String> OWN_USERS = List.of("unshare", "--user", "--map-root-user");

    private static final List<String> TERMINAL = List.of(
            "/usr/bin/python3",
            "-c",
            "import os,pty,sys; sys.exit(os.waitstatus_to_exitcode(pty.spawn(sys.argv[1:])))");

    final String name;
    final Instant created;
    final List<Running> commands = new CopyOnWriteArrayList<>();
    volatile String proof = "Linux";

    private final Path home;

    StandInContainer(String name, Instant created) {
        this.name = name;
        this.created = created;
        try {
            home = Files.createTempDirectory("container");
            Files.createDirectories(home.resolve("w"));
            Files.createDirectories(home.resolve("run"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A command, its process, and whether it has ended. */
    final class Running {

        final List<String> command;
        final boolean isTerminal;
        private final Process process;

        Running(List<String> command, boolean isTerminal) throws IOException {
            this.command = command;
            this.isTerminal = isTerminal;
            process = new ProcessBuilder(TestSignals.unheard(inside(command, isTerminal)))
                    .directory(home.resolve("w").toFile())
                    .redirectInput(ProcessBuilder.Redirect.PIPE)
                    .start();
        }

        OutputStream input() {
            return process.getOutputStream();
        }

        boolean isAlive() {
            return process.isAlive();
        }

        /** Tells all that it writes, 1 for its output and 2 for its errors, and then its exit code. */
        void listen(BiConsumer<Integer, byte[]> output, IntConsumer exit) {
            Thread errors = new Thread(() -> pump(process.getErrorStream(), 2, output));
            errors.start();
            new Thread(() -> {
                        pump(process.getInputStream(), 1, output);
                        join(errors);
                        try {
                            exit.accept(code());
                        } catch (RejectedExecutionException e) {
                            // Nobody listens any more.
                        }
                    })
                    .start();
        }

        void kill() {
            List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
            all.add(process.toHandle());
            all.forEach(ProcessHandle::destroyForcibly);
        }

        private int code() {
            try {
                return process.waitFor();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    Running start(List<String> command, boolean isTerminal) throws IOException {
        Running running = new Running(command, isTerminal);
        commands.add(running);
        return running;
    }

    Path directory() {
        return home.resolve("w");
    }

    void remove() {
        commands.forEach(Running::kill);
        TestDirectory.delete(home);
    }

    private List<String> inside(List<String> command, boolean isTerminal) {
        if (command.get(3).equals("proof")) {
            return List.of("sh", "-c", "echo \"$0\"; [ \"$0\" = Linux ] || [ \"$0\" = gVisor ]", proof);
        }
        List<String> inside = new ArrayList<>(TestSandbox.isRoot() ? List.of() : OWN_USERS);
        inside.addAll(isTerminal ? TERMINAL : List.of());
        command.forEach(word -> inside.add(inside(word)));
        return inside;
    }

    private String inside(String word) {
        if (word.equals(ContainerScript.OURS)) {
            return home.resolve("run").toString();
        }
        boolean isBelow =
                word.equals(ContainerScript.DIRECTORY) || word.startsWith(ContainerScript.DIRECTORY + File.separator);
        return isBelow ? home + word : word;
    }

    private static void pump(InputStream from, int stream, BiConsumer<Integer, byte[]> output) {
        byte[] piece = new byte[32_768];
        try {
            for (int length = from.read(piece); length > 0; length = from.read(piece)) {
                output.accept(stream, java.util.Arrays.copyOf(piece, length));
            }
        } catch (IOException e) {
            // It was killed.
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
