package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import lyceum.platform.Loop;
import lyceum.sandbox.SandboxService.Window;
import lyceum.sandbox.SandboxSession.Stream;
import lyceum.sandbox.SourceFile;

/**
 * A cell without walls. The lines of its script are: {@code print TEXT}, {@code complain TEXT}, {@code fill BYTES},
 * {@code echo} (its input, until that ends), {@code listen} (prints the next signal or size), {@code hang}, {@code exit
 * CODE}, {@code break} (the cell is lost). The last line is followed by {@code exit 0}. Every file that is collected is
 * there; it has 9 MiB if its name begins with {@code big}.
 */
final class FakeCell implements Cell {

    private final Runnable closed;
    private final Deque<Buffer> input = new ArrayDeque<>();
    private final Deque<String> messages = new ArrayDeque<>();
    private final Promise<Void> killed = Promise.promise();

    private Promise<Void> news = Promise.promise();
    private boolean isInputEnded;
    private Future<Void> writing = Future.succeededFuture();

    FakeCell(Runnable closed) {
        this.closed = closed;
    }

    @Override
    public Future<Exit> run(Task.Step step, Console console) {
        console.begin();
        Promise<Exit> exit = Promise.promise();
        Deque<String> script = new ArrayDeque<>(step.command());
        Loop.whileTrue(() -> script.isEmpty() ? Future.succeededFuture(false) : take(script.poll(), console, exit))
                .onSuccess(end -> exit.tryComplete(exit(0)))
                .onFailure(exit::tryFail);
        killed.future().onSuccess(now -> writing.onComplete(told -> exit.tryComplete(Ending.KILLED)));
        return exit.future();
    }

    private Future<Boolean> take(String line, Console console, Promise<Exit> exit) {
        String[] words = line.split(" ", 2);
        return switch (words[0]) {
            case "print" -> tell(console, Stream.STDOUT, Buffer.buffer(words[1] + "\n"));
            case "complain" -> tell(console, Stream.STDERR, Buffer.buffer(words[1] + "\n"));
            case "fill" -> tell(console, Stream.STDOUT, Buffer.buffer(new byte[Integer.parseInt(words[1])]));
            case "echo" -> echo(console);
            case "listen" -> listen(console);
            case "hang" -> Promise.<Boolean>promise().future();
            case "break" -> Future.failedFuture(new IllegalStateException("the cell broke"));
            case "exit" -> {
                exit.tryComplete(exit(Integer.parseInt(words[1])));
                yield Future.succeededFuture(false);
            }
            default -> Future.failedFuture(new IllegalArgumentException(line));
        };
    }

    private Future<Boolean> tell(Console console, Stream stream, Buffer piece) {
        writing = console.write(stream, piece);
        return writing.map(true);
    }

    private Future<Boolean> echo(Console console) {
        Buffer piece = input.poll();
        if (piece != null) {
            return tell(console, Stream.STDOUT, piece).compose(told -> echo(console));
        }
        return isInputEnded ? Future.succeededFuture(true) : news.future().compose(heard -> echo(console));
    }

    private Future<Boolean> listen(Console console) {
        String message = messages.poll();
        return message == null
                ? news.future().compose(heard -> listen(console))
                : tell(console, Stream.STDOUT, Buffer.buffer(message + "\n"));
    }

    private void hear() {
        Promise<Void> heard = news;
        news = Promise.promise();
        heard.complete();
    }

    @Override
    public Future<Void> write(Buffer piece) {
        input.add(piece);
        hear();
        return Future.succeededFuture();
    }

    @Override
    public void end() {
        isInputEnded = true;
        hear();
    }

    @Override
    public void signal(int number) {
        messages.add("signal " + number);
        hear();
    }

    @Override
    public void resize(Window window) {
        messages.add("size %d x %d".formatted(window.rows(), window.columns()));
        hear();
    }

    @Override
    public void kill() {
        killed.tryComplete();
    }

    @Override
    public Future<List<SourceFile>> collect(List<String> names, long mostBytes) {
        return Future.succeededFuture(names.stream()
                .map(name -> new SourceFile(name, Buffer.buffer(new byte[name.startsWith("big") ? 9 << 20 : 3])))
                .toList());
    }

    @Override
    public Future<Void> close() {
        closed.run();
        return Future.succeededFuture();
    }

    private static Exit exit(int code) {
        return new Exit(code, 0, null, 3_000, 4_096);
    }
}
