package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import lyceum.sandbox.SandboxService.Window;
import lyceum.sandbox.SandboxSession.Stream;
import lyceum.sandbox.SourceFile;
import lyceum.sandbox.Verdict;

/** Cells without walls and without programs: what a command says, and how it ends, is what a test has written down. */
final class ScriptedCells implements Cells {

    private final List<Task> opened = new ArrayList<>();
    private final Function<List<String>, Answer> script;
    private Promise<Void> gate = Promise.promise();
    private int open;
    private int mostOpen;

    /** What a command does; what fails speaks on standard error. */
    record Answer(String output, int code, Verdict limit) {

        static Answer says(String output) {
            return new Answer(output, 0, null);
        }

        static Answer fails(int code) {
            return new Answer("no\n", code, null);
        }
    }

    /** @param script an answer for each command; null for a cell that is lost */
    ScriptedCells(Function<List<String>, Answer> script) {
        this.script = script;
        gate.complete();
    }

    /** From now on programs wait for {@link #release}. */
    void hold() {
        gate = Promise.promise();
    }

    void release() {
        gate.complete();
    }

    List<Task> opened() {
        return opened;
    }

    int open() {
        return open;
    }

    int mostOpen() {
        return mostOpen;
    }

    @Override
    public Future<Cell> open(Task task) {
        opened.add(task);
        open++;
        mostOpen = Math.max(mostOpen, open);
        return Future.succeededFuture(new ScriptedCell());
    }

    @Override
    public String text() {
        return "none";
    }

    @Override
    public int ready() {
        return 0;
    }

    @Override
    public Future<Void> close() {
        return Future.succeededFuture();
    }

    private final class ScriptedCell implements Cell {

        @Override
        public Future<Exit> run(Task.Step step, Console console) {
            console.begin();
            Answer answer = script.apply(step.command());
            if (answer == null) {
                return Future.failedFuture("the cell is lost");
            }
            return gate.future()
                    .compose(free -> console.write(
                            answer.code() == 0 ? Stream.STDOUT : Stream.STDERR, Buffer.buffer(answer.output())))
                    .map(written -> new Exit(answer.code(), 0, answer.limit(), 0, 0));
        }

        @Override
        public Future<Void> write(Buffer piece) {
            return Future.succeededFuture();
        }

        @Override
        public void end() {
            // It reads nothing.
        }

        @Override
        public void signal(int number) {
            // It cannot be sent any.
        }

        @Override
        public void resize(Window window) {
            // It has no terminal.
        }

        @Override
        public void kill() {
            // It ends by itself.
        }

        @Override
        public Future<List<SourceFile>> collect(List<String> names, long mostBytes) {
            return Future.succeededFuture(List.of());
        }

        @Override
        public Future<Void> close() {
            open--;
            return Future.succeededFuture();
        }
    }
}
