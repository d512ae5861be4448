package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import lyceum.sandbox.Limits;
import lyceum.sandbox.SandboxService.Window;
import lyceum.sandbox.SandboxSession.Stream;
import lyceum.sandbox.SourceFile;
import lyceum.sandbox.Verdict;

/**
 * A cell on this machine: what its nursery tells of it, what it uses, and who waits for which. What is told out of turn, or
 * means nothing, is the end of the cell: it is lost, and whoever waits for it is told so.
 */
final class HostCell implements Cell {

    private static final int INPUT_WINDOW_BYTES = 65_536;
    private static final int CREDIT_BYTES = 65_536;

    private final Vertx vertx;
    private final Nursery nursery;
    private final int number;
    private final Limits expected;
    private final Duration longestGap;
    private final Ledger ledger;
    private final long openedNanos = System.nanoTime();
    private final Promise<HostCell> waiting = Promise.promise();

    private Task task;
    private int steps;
    private Watch watch;
    private Verdict limit;
    private Console console;
    private Promise<Account> ending;
    private Promise<Void> inputRoom;
    private Harvest harvest;
    private int unread;
    private boolean admitted;
    private boolean begun;
    private boolean over;
    private boolean lost;
    private int credit;

    /** @param expected the limits that its task will probably have, or null */
    HostCell(Vertx vertx, Nursery nursery, int number, Meters meters, Limits expected) {
        this.vertx = vertx;
        this.nursery = nursery;
        this.number = number;
        this.expected = expected;
        this.longestGap = meters.longestGap();
        this.ledger = new Ledger(vertx, meters);
    }

    /** @return the cell, when it waits for a task */
    Future<HostCell> waiting() {
        return waiting.future();
    }

    /** @return the cell, which has now got its task */
    HostCell given(Task given) {
        task = given;
        return this;
    }

    boolean isOlderThan(long nanos) {
        return System.nanoTime() - openedNanos > nanos;
    }

    /** @return whether it is of no use, because it has died or its nursery has */
    boolean isLost() {
        return lost;
    }

    @Override
    public Future<Exit> run(Task.Step step, Console listener) {
        if (lost) {
            return Future.failedFuture(new IOException("the cell was lost before its program could begin"));
        }
        console = listener;
        ending = Promise.promise();
        begun = false;
        boolean isFirst = steps++ == 0;
        watch = new Watch(vertx, ledger::usage, step.limits(), longestGap, this::killFor, this::lose);
        Limits counted = CellLimits.of(task, step);
        return (isFirst ? ledger.begin(counted) : ledger.turnOver(counted))
                .compose(measured -> {
                    tell(isFirst ? new Frame('R', number, nursery.letter(task)) : new Frame('N', number));
                    return ending.future();
                })
                .onComplete(ended -> watch.stop())
                .compose(account -> ledger.settle(account, step.limits()))
                .compose(this::judge);
    }

    @Override
    public Future<Void> write(Buffer piece) {
        if (over || lost) {
            return Future.succeededFuture();
        }
        unread += piece.length();
        tell(new Frame('I', number, piece));
        if (unread <= INPUT_WINDOW_BYTES) {
            return Future.succeededFuture();
        }
        inputRoom = Promise.promise();
        return inputRoom.future();
    }

    @Override
    public void end() {
        tell(new Frame('E', number));
    }

    @Override
    public void signal(int signal) {
        tell(new Frame('G', number, Buffer.buffer().appendByte((byte) signal)));
    }

    @Override
    public void resize(Window window) {
        Buffer size = Buffer.buffer().appendShort((short) window.rows()).appendShort((short) window.columns());
        tell(new Frame('Z', number, size));
    }

    @Override
    public void kill() {
        tell(new Frame('K', number));
    }

    @Override
    public Future<List<SourceFile>> collect(List<String> names, long mostBytes) {
        if (names.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        if (lost) {
            return Future.failedFuture(new IOException("the cell was lost before its files were brought back"));
        }
        harvest = new Harvest();
        Buffer question = new JsonArray()
                .add(mostBytes)
                .add(new JsonArray(List.copyOf(names)))
                .toBuffer();
        tell(new Frame('C', number, question));
        return harvest.all();
    }

    @Override
    public Future<Void> close() {
        nursery.forget(number);
        makeRoom(unread);
        ledger.close();
        return Future.succeededFuture();
    }

    /** Takes what the nursery tells. */
    void take(Frame frame) {
        if (lost) {
            return;
        }
        try {
            heed(frame);
        } catch (RuntimeException e) {
            lose(new IOException("a nursery has said what it cannot mean: " + frame.kind(), e));
        }
    }

    private void heed(Frame frame) {
        Buffer payload = frame.payload();
        switch (frame.kind()) {
            case 'r' -> admit(Long.parseLong(payload.toString()));
            case 'b' -> begin();
            case 'o' -> tell(Stream.STDOUT, payload);
            case 'e' -> tell(Stream.STDERR, payload);
            case 'i' -> taken(payload.getInt(0));
            case 's', 'x' -> ended(frame);
            case 'f' -> lose(new IOException("no cell could be built: " + payload));
            case 'F' -> harvest.add(payload);
            case 'd' -> harvest.end();
            default -> throw new IllegalStateException("a nursery speaks another language");
        }
    }

    /** Whoever waits is told that nothing will come. */
    void lose(Throwable error) {
        if (lost) {
            return;
        }
        lost = true;
        waiting.tryFail(error);
        if (ending != null) {
            ending.tryFail(error);
        }
        if (harvest != null) {
            harvest.fail(error);
        }
        makeRoom(unread);
        kill();
    }

    private void tell(Frame frame) {
        nursery.tell(frame);
    }

    private void admit(long pid) {
        check(!admitted);
        admitted = true;
        ledger.open(pid, expected)
                .onSuccess(opened -> waiting.tryComplete(this))
                .onFailure(this::lose);
    }

    private void begin() {
        check(isRunning() && !begun);
        begun = true;
        console.begin();
        watch.start();
    }

    private void tell(Stream stream, Buffer piece) {
        console.write(stream, piece).onComplete(taken -> {
            credit += piece.length();
            if (credit >= CREDIT_BYTES) {
                tell(new Frame('A', number, Buffer.buffer().appendInt(credit)));
                credit = 0;
            }
        });
    }

    private void taken(int bytes) {
        if (over) {
            return; // what was on its way to a program that had ended
        }
        check(bytes > 0 && bytes <= unread);
        makeRoom(bytes);
    }

    private void makeRoom(int bytes) {
        unread -= bytes;
        if (inputRoom != null && unread <= INPUT_WINDOW_BYTES) {
            inputRoom.tryComplete();
        }
    }

    private void killFor(Verdict why) {
        limit = why;
        kill();
    }

    /** What has too little memory to begin with ends as a program that fills it; anything else is our own fault. */
    private Future<Exit> judge(Exit exit) {
        return begun || exit.limit() == Verdict.MEMORY_LIMIT
                ? Future.succeededFuture(exit)
                : Future.failedFuture(new IOException("a cell has ended before its program began"));
    }

    private void ended(Frame frame) {
        boolean isLast = steps == task.steps().size();
        check(isRunning() && (frame.kind() == 'x' || begun && !isLast));
        Account account = Account.of(new JsonArray(frame.payload()), limit);
        if (frame.kind() == 'x') {
            over = true;
            makeRoom(unread);
        }
        ending.complete(account);
    }

    private boolean isRunning() {
        return ending != null && !ending.future().isComplete();
    }

    private static void check(boolean isItsTurn) {
        if (!isItsTurn) {
            throw new IllegalStateException("this is out of turn, or more than there is");
        }
    }
}
