package lyceum.sandbox.internal;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Program.Directory;
import lyceum.sandbox.Run.Streams;

/**
 * How {@link ContainerScript#RUN} is asked to run the programs of a task, and how their input is wrapped for it.
 *
 * <p>The root of a container is read-only, so that a task for {@link Directory#ROOT} runs in the same directory as all
 * others: {@code /codefile.py} is {@code /w/codefile.py} there.
 *
 * @param countsProcesses whether processes must be counted by their rlimit, because the container has a kernel of its
 *     own; elsewhere that counts the processes of all containers together
 */
record ContainerLaunch(Task task, boolean countsProcesses) {

    /**
     * {@link ContainerScript#SLEEP} and its sleep, {@link ContainerScript#RUN}, who feeds it, {@code dd}; an errand.
     */
    static final int OUR_PROCESSES = 8;

    private static final int BLOCK_BYTES = 512;

    private static final byte END_OF_INPUT_KEY = 4;

    /** @return what starts a step */
    Container.Order order(Task.Step step) {
        boolean isProgram = step == task.program();
        boolean hasTerminal = isProgram && task.terminal() != null;
        List<String> arguments = new ArrayList<>(limits(step.limits()));
        arguments.add(hasTerminal ? "terminal" : isProgram ? "input" : "nothing");
        arguments.add(task.streams() == Streams.APART && isProgram ? "apart" : "joined");
        arguments.addAll(List.of("env", "--"));
        environment().forEach((name, value) -> arguments.add(name + "=" + value));
        step.command().forEach(word -> arguments.add(inside(word)));
        return new Container.Order(
                step.stage(), ContainerScript.RUN.command(arguments), isProgram, hasTerminal ? task.terminal() : null);
    }

    /** @return a piece of input as it goes in, not empty */
    Buffer wrap(Buffer piece) {
        return task.terminal() != null
                ? piece
                : Buffer.buffer(piece.length() + "\n").appendBuffer(piece);
    }

    /** @return what ends the input: the key that does so at a terminal, or a piece of length 0 */
    Buffer end() {
        return task.terminal() != null ? Buffer.buffer(new byte[] {END_OF_INPUT_KEY}) : Buffer.buffer("0\n");
    }

    private List<String> limits(Limits limits) {
        long seconds = (limits.cpuTime().toMillis() + 999) / 1_000;
        long blocks = (limits.fileBytes() + BLOCK_BYTES - 1) / BLOCK_BYTES;
        int processes = countsProcesses ? limits.processes() + OUR_PROCESSES : 0;
        return List.of(
                ContainerScript.DIRECTORY,
                ContainerScript.OURS,
                Long.toString(seconds),
                Long.toString(blocks),
                Integer.toString(processes));
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("HOME", ContainerScript.DIRECTORY);
        environment.put("LANG", "C.UTF-8");
        environment.put("HOSTNAME", "sandbox");
        environment.putAll(task.environment());
        return environment;
    }

    private String inside(String word) {
        boolean isOurs = task.directory() == Directory.ROOT
                && word.startsWith("/")
                && task.files().stream().anyMatch(file -> file.name().equals(word.substring(1)));
        return isOurs ? ContainerScript.DIRECTORY + word : word;
    }
}
