package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import lyceum.platform.Loop;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Outcome.Compilation;
import lyceum.sandbox.Outcome.Output;
import lyceum.sandbox.Outcome.Usage;
import lyceum.sandbox.SandboxSession.Stage;
import lyceum.sandbox.SandboxSession.Stream;
import lyceum.sandbox.SourceFile;
import lyceum.sandbox.Verdict;

/** One run, from an empty cell to its outcome: its steps, its wall clock, its output. Lives on one context. */
final class Execution {

    private static final Duration START_LIMIT = Duration.ofSeconds(20);
    private static final int MOST_CELLS = 3;
    private static final int PIECE_BYTES = 65_536;

    /**
     * What is brought back of a run, beside its outputs: it is held in memory as a whole, and a file may be long without
     * any room being taken.
     */
    static final int MOST_COLLECTED_BYTES = 16 << 20;

    private final Vertx vertx;
    private final Cells cells;
    private final Task task;
    private final Audience audience;

    private Verdict reason;
    private Throwable lost;
    private boolean touched;
    private Cell cell;
    private Compilation compilation;
    private Future<Void> input = Future.succeededFuture();

    Execution(Vertx vertx, Cells cells, Task task, Audience audience) {
        this.vertx = vertx;
        this.cells = cells;
        this.task = task;
        this.audience = audience;
    }

    /** @return the outcome, when nothing of the run is left; fails where it could not begin, or its cell was lost */
    Future<Outcome> start() {
        return attempt(MOST_CELLS).recover(this::withoutExit);
    }

    /** A cell that dies before anything of the task has happened is as good as none: another one is asked for. */
    private Future<Outcome> attempt(int left) {
        return cells.open(task)
                .compose(this::enter)
                .recover(error -> touched || left == 1 ? Future.failedFuture(error) : attempt(left - 1));
    }

    /** Kills it; the first reason counts. */
    void kill(Verdict why) {
        touched = true;
        reason = reason == null ? why : reason;
        killCell();
    }

    /**
     * Writes to the program, behind what was written before.
     *
     * @return done when there is room for more
     */
    Future<Void> write(Buffer piece, boolean end) {
        touched = true;
        input = input.compose(before -> piece.length() == 0 ? Future.succeededFuture() : cell.write(piece));
        if (end) {
            input = input.onSuccess(written -> cell.end());
        }
        return input;
    }

    /** @return the cell, null before there is one */
    Cell cell() {
        return cell;
    }

    private void killCell() {
        if (cell != null) {
            cell.kill();
        }
    }

    /** Kills it because it cannot be kept as it must be; it will have no outcome. */
    private void lose(Throwable error) {
        touched = true;
        lost = error;
        killCell();
    }

    private Future<Outcome> enter(Cell opened) {
        cell = opened;
        if (reason != null) {
            cell.kill();
        }
        feed();
        Future<Outcome> outcome = task.steps().size() == 1 ? program() : compile();
        return outcome.eventually(cell::close);
    }

    private Future<Outcome> compile() {
        Task.Step step = task.steps().get(0);
        return run(step).compose(done -> {
            compilation = done.compilation(audience);
            if (compilation.verdict() == Verdict.ACCEPTED) {
                return program();
            }
            Verdict verdict = reason == Verdict.CANCELLED ? reason : Verdict.COMPILE_ERROR;
            return Future.succeededFuture(done.outcome(verdict, Output.NONE, Output.NONE, compilation, List.of()));
        });
    }

    private Future<Outcome> program() {
        long mostBytes = Math.min(task.program().limits().fileBytes(), MOST_COLLECTED_BYTES);
        return run(task.program())
                .compose(done -> cell.collect(task.collect(), mostBytes).map(files -> outcome(done, files)));
    }

    private Outcome outcome(Done done, List<SourceFile> files) {
        return done.outcome(
                done.verdict(),
                audience.output(Stage.RUN, Stream.STDOUT),
                audience.output(Stage.RUN, Stream.STDERR),
                compilation,
                files);
    }

    private Future<Done> run(Task.Step step) {
        Desk desk = new Desk(step);
        return cell.run(step, desk)
                .onComplete(ended -> desk.close())
                .compose(exit -> lost == null ? Future.succeededFuture(exit) : Future.failedFuture(lost))
                .recover(error -> reason != null && lost == null
                        ? Future.succeededFuture(Ending.KILLED)
                        : Future.failedFuture(error))
                .map(exit -> new Done(exit, new Ending(exit, reason).verdict(), desk.wallTimeMillis()));
    }

    private void feed() {
        Buffer stdin = task.stdin();
        int[] at = {0};
        input = Loop.whileTrue(() -> {
            if (at[0] == stdin.length()) {
                return Future.succeededFuture(false);
            }
            int end = Math.min(stdin.length(), at[0] + PIECE_BYTES);
            Buffer piece = stdin.slice(at[0], end);
            at[0] = end;
            return cell.write(piece).map(true);
        });
        input.onSuccess(written -> {
            if (!task.isOpen()) {
                cell.end();
            }
        });
    }

    private Future<Outcome> withoutExit(Throwable error) {
        return reason != null && lost == null
                ? Future.succeededFuture(Outcome.of(reason, Ending.KILLED.code(), Ending.KILLED.signal()))
                : Future.failedFuture(error);
    }

    /** How one step ended. */
    private record Done(Cell.Exit exit, Verdict verdict, long wallTimeMillis) {

        Usage usage() {
            return new Usage(wallTimeMillis, exit.cpuMicros() / 1_000, exit.peakBytes());
        }

        Compilation compilation(Audience audience) {
            Output output = audience.output(Stage.COMPILE, Stream.STDOUT);
            return new Compilation(verdict, exit.code(), exit.signal(), output, usage());
        }

        Outcome outcome(
                Verdict verdict, Output stdout, Output stderr, Compilation compilation, List<SourceFile> files) {
            return new Outcome(verdict, exit.code(), exit.signal(), stdout, stderr, usage(), compilation, files, 0);
        }
    }

    /** Sits between the cell and the audience: knows when a step begins and how much it has written. */
    private final class Desk implements Cell.Console {

        private final Task.Step step;
        private final long[] written = new long[Stream.values().length];
        private long timer = -1;
        private long begunNanos;

        Desk(Task.Step step) {
            this.step = step;
            this.timer = after(START_LIMIT, late -> lose(new TimeoutException("the cell did not start")));
        }

        @Override
        public void begin() {
            if (begunNanos != 0) {
                return; // a clock that runs is not set back, whatever a cell says
            }
            Limits limits = step.limits();
            touched = true;
            begunNanos = System.nanoTime();
            vertx.cancelTimer(timer);
            timer = after(limits.wallTime(), late -> kill(Verdict.TIME_LIMIT));
            audience.begin(step.stage());
        }

        @Override
        public Future<Void> write(Stream stream, Buffer piece) {
            long stop = step.limits().outputStopBytes();
            written[stream.ordinal()] += piece.length();
            if (stop >= 0 && written[stream.ordinal()] > stop) {
                kill(Verdict.OUTPUT_LIMIT);
            }
            // What a compiler says is one text, also where the cell keeps the program's outputs apart.
            return audience.write(step.stage(), step.stage() == Stage.COMPILE ? Stream.STDOUT : stream, piece);
        }

        long wallTimeMillis() {
            return begunNanos == 0 ? 0 : (System.nanoTime() - begunNanos) / 1_000_000;
        }

        void close() {
            vertx.cancelTimer(timer);
        }

        private long after(Duration time, Consumer<Long> action) {
            return vertx.setTimer(time.toMillis(), action::accept);
        }
    }
}
