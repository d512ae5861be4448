package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lyceum.sandbox.Limits;
import lyceum.sandbox.SandboxService.Window;
import lyceum.sandbox.SandboxSession.Stream;
import lyceum.sandbox.SourceFile;
import lyceum.sandbox.Verdict;

/** A cell on this machine: what its nursery tells of it, what it uses, and who waits for which. */
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
    private final List<SourceFile> files = new ArrayList<>();

    private Task task;
    private int steps;
    private Watch watch;
    private Verdict limit;
    private Console console;
    private Promise<JsonArray> ending;
    private Promise<Void> inputRoom;
    private Promise<List<SourceFile>> collected;
    private int unread;
    private boolean begun;
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
        console = listener;
        ending = Promise.promise();
        begun = false;
        boolean isFirst = steps++ == 0;
        watch = new Watch(vertx, ledger::usage, step.limits(), longestGap, this::killFor, this::lose);
        return (isFirst ? ledger.begin(step.limits()) : ledger.turnOver(step.limits()))
                .compose(measured -> {
                    tell(isFirst ? new Frame('R', number, nursery.letter(task)) : new Frame('N', number));
                    return ending.future();
                })
                .onComplete(ended -> watch.stop())
                .compose(ended -> exit(step, ended));
    }

    @Override
    public Future<Void> write(Buffer piece) {
        if (ending != null && ending.future().isComplete()) {
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
        collected = Promise.promise();
        Buffer question = new JsonArray()
                .add(mostBytes)
                .add(new JsonArray(List.copyOf(names)))
                .toBuffer();
        tell(new Frame('C', number, question));
        return collected.future();
    }

    @Override
    public Future<Void> close() {
        nursery.forget(number);
        ledger.close();
        return Future.succeededFuture();
    }

    /** Takes what the nursery tells. */
    void take(Frame frame) {
        switch (frame.kind()) {
            case 'r' -> admit(Long.parseLong(frame.payload().toString()));
            case 'b' -> begin();
            case 'o' -> tell(Stream.STDOUT, frame.payload());
            case 'e' -> tell(Stream.STDERR, frame.payload());
            case 'i' -> makeRoom(frame.payload().getInt(0));
            case 's', 'x' -> ended(new JsonArray(frame.payload()));
            case 'f' -> lose(new IOException("no cell could be built: " + frame.payload()));
            case 'F' -> files.add(file(frame.payload()));
            case 'd' -> collected.complete(List.copyOf(files));
            default -> lose(new IOException("a nursery speaks another language: " + frame.kind()));
        }
    }

    /** Whoever waits is told that nothing will come. */
    void lose(Throwable error) {
        lost = true;
        waiting.tryFail(error);
        if (ending != null) {
            ending.tryFail(error);
        }
        if (collected != null) {
            collected.tryFail(error);
        }
        makeRoom(unread);
        kill();
    }

    private void tell(Frame frame) {
        nursery.tell(frame);
    }

    private void admit(long pid) {
        ledger.open(pid, expected)
                .onSuccess(admitted -> waiting.tryComplete(this))
                .onFailure(this::lose);
    }

    private void begin() {
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

    private void ended(JsonArray account) {
        if (!begun) {
            lose(new IOException("a cell has ended before its program began"));
        } else {
            ending.tryComplete(account);
        }
        makeRoom(unread);
    }

    private Future<Exit> exit(Task.Step step, JsonArray ended) {
        Account account = new Account(
                ended.getInteger(0), ended.getInteger(1), ended.getLong(2), ended.getLong(3) * 1_024, limit);
        return ledger.settle(account, step.limits());
    }

    private static SourceFile file(Buffer payload) {
        int end = 0;
        while (payload.getByte(end) != '\n') {
            end++;
        }
        String name = new JsonArray(payload.getString(0, end, StandardCharsets.UTF_8.name())).getString(0);
        return new SourceFile(name, payload.getBuffer(end + 1, payload.length()));
    }
}
