package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import lyceum.sandbox.SandboxService.Window;
import lyceum.sandbox.SandboxSession.Stage;
import lyceum.sandbox.SourceFile;
import lyceum.sandbox.Verdict;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A container as a cell. Memory, processes and the sizes of file systems are kept by whoever made it; of CPU time each
 * process is kept by its rlimit, and all together by a look now and then, where the container can be watched. That a
 * program was refused a process cannot be told: it ends as it ends.
 */
final class ContainerCell implements Cell {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerCell.class);
    private static final long LAST_WORDS_MILLIS = 1_000;
    private static final int SIGKILL = 9;
    private static final int SIGXCPU = 24;
    /** An exit code above it is that of a program which a signal ended. */
    private static final int SIGNALLED = 128;
    /** Of one file in an archive: its header and its padding, those of its name, an end. */
    private static final long HEAD_BYTES = 5L * TarWriter.BLOCK_BYTES;

    private static final long LONGEST_CHARACTER_BYTES = 4;

    private final Vertx vertx;
    private final Container container;
    private final Task task;
    private final ContainerLaunch launch;
    private final Consumer<ContainerCell> onClose;
    private final Promise<ContainerProcess> program = Promise.promise();

    private Stage stage;
    private ContainerProcess running;
    private CpuClock clock;
    private boolean killed;

    /** @param onClose is told when it is closed */
    ContainerCell(Vertx vertx, Container container, ContainerLaunch launch, Consumer<ContainerCell> onClose) {
        this.vertx = vertx;
        this.container = container;
        this.task = launch.task();
        this.launch = launch;
        this.onClose = onClose;
        this.stage = task.steps().get(0).stage();
    }

    /** @return done when the files of the task are in their places */
    Future<Void> fill() {
        if (task.files().isEmpty()) {
            return Future.succeededFuture();
        }
        Buffer archive = TarWriter.pack(task.files());
        List<String> command =
                ContainerScript.UNPACK.command(List.of(ContainerScript.DIRECTORY, Integer.toString(archive.length())));
        return Errand.run(container, stage, command, archive, 0).map(done -> {
            if (done.code() != 0) {
                throw new IllegalStateException("the files do not go into the container: " + done.excuse());
            }
            return null;
        });
    }

    @Override
    public Future<Exit> run(Task.Step step, Console console) {
        stage = step.stage();
        clock = new CpuClock(vertx, container, step, this::kill);
        return clock.set()
                .compose(set -> container.start(launch.order(step), console::write))
                .compose(process -> follow(step, process, console))
                .compose(this::exit)
                .recover(this::withoutCode)
                .onComplete(over -> clock.stop());
    }

    @Override
    public Future<Void> write(Buffer piece) {
        return piece.length() == 0 ? Future.succeededFuture() : send(launch.wrap(piece));
    }

    @Override
    public void end() {
        send(launch.end());
    }

    @Override
    public void signal(int number) {
        List<String> command = ContainerScript.SIGNAL.command(List.of(ContainerScript.OURS, Integer.toString(number)));
        Errand.run(container, stage, command, Buffer.buffer(), 0)
                .onFailure(error -> LOG.debug("cannot send signal {}", number, error));
    }

    @Override
    public void resize(Window window) {
        program.future().onSuccess(process -> process.resize(window));
    }

    @Override
    public void kill() {
        killed = true;
        container.remove().onComplete(removed -> vertx.setTimer(LAST_WORDS_MILLIS, late -> letGo()));
    }

    /** What is left of a container that had to be killed is nothing, files included. */
    @Override
    public Future<List<SourceFile>> collect(List<String> names, long mostBytes) {
        if (names.isEmpty() || killed) {
            return Future.succeededFuture(List.of());
        }
        return fetch(names, mostBytes).recover(error -> {
            LOG.debug("cannot bring back files", error);
            return Future.succeededFuture(List.of());
        });
    }

    @Override
    public Future<Void> close() {
        program.tryFail("the cell is closed");
        onClose.accept(this);
        return container.remove().onComplete(removed -> letGo());
    }

    /** Nobody is told that the program does not read any more: it may do as it likes. */
    private Future<Void> send(Buffer bytes) {
        return program.future().compose(process -> process.write(bytes)).recover(gone -> Future.succeededFuture());
    }

    private Future<Integer> follow(Task.Step step, ContainerProcess process, Console console) {
        running = process;
        if (killed) {
            process.close();
        }
        if (step == task.program()) {
            program.tryComplete(process);
        }
        clock.start();
        console.begin();
        return process.exit();
    }

    private Future<Exit> exit(int code) {
        if (killed) {
            return Future.succeededFuture(death(null));
        }
        return clock.read()
                .compose(used -> limit(code).map(limit -> {
                    int signal = code > SIGNALLED ? code - SIGNALLED : 0;
                    return new Exit(code, signal, limit, used.cpuMicros(), used.peakBytes());
                }));
    }

    private Future<Verdict> limit(int code) {
        if (code == SIGNALLED + SIGXCPU) {
            return Future.succeededFuture(Verdict.CPU_LIMIT);
        }
        if (code != SIGNALLED + SIGKILL) {
            return Future.succeededFuture();
        }
        Verdict otherwise = clock.hasPassed() ? Verdict.CPU_LIMIT : null;
        return ranOutOfMemory().map(did -> did ? Verdict.MEMORY_LIMIT : otherwise);
    }

    /** A program may have taken its container with it. */
    private Future<Exit> withoutCode(Throwable error) {
        if (killed) {
            return Future.succeededFuture(death(null));
        }
        Future<Boolean> memory = running == null ? Future.succeededFuture(false) : ranOutOfMemory();
        return memory.compose(
                did -> did ? Future.succeededFuture(death(Verdict.MEMORY_LIMIT)) : Future.failedFuture(error));
    }

    private Future<Boolean> ranOutOfMemory() {
        return container.ranOutOfMemory(stage).otherwise(false);
    }

    private Exit death(Verdict limit) {
        Verdict verdict = clock.hasPassed() ? Verdict.CPU_LIMIT : limit;
        Container.Usage used = clock.seen();
        return new Exit(SIGNALLED + SIGKILL, SIGKILL, verdict, used.cpuMicros(), used.peakBytes());
    }

    private void letGo() {
        if (running != null) {
            running.close();
        }
    }

    private Future<List<SourceFile>> fetch(List<String> names, long mostBytes) {
        List<String> arguments = new ArrayList<>(List.of(ContainerScript.DIRECTORY, Long.toString(mostBytes)));
        arguments.addAll(names);
        long heads = names.stream()
                .mapToLong(name -> name.length() * LONGEST_CHARACTER_BYTES + HEAD_BYTES)
                .sum();
        int most = (int) Math.min(Integer.MAX_VALUE, mostBytes + heads);
        return Errand.run(container, stage, ContainerScript.COLLECT.command(arguments), Buffer.buffer(), most)
                .map(done -> TarReader.unpack(done.output()).stream()
                        .filter(file -> names.contains(file.name()))
                        .toList());
    }
}
