package lyceum.stream.internal.resp;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import lyceum.platform.RedisAddress.Login;

/** A connection to Redis; its answers come in the order of its questions. Lives on one context. */
public final class RespConnection {

    private final ContextInternal context;
    private final NetClient client;
    private final Login login;
    private final Queue<Promise<Reply>> answers = new ArrayDeque<>();
    private final ReplyReader reader = new ReplyReader(this::answer);

    private NetSocket socket;
    private Runnable lost = () -> {};
    private boolean isLost;

    /** @param login how long it takes at most to be connected, too */
    public RespConnection(Vertx vertx, Login login) {
        // What is asked for many carries the id of no request.
        this.context = ((ContextInternal) vertx.getOrCreateContext()).unwrap();
        this.client = vertx.createNetClient(login.options());
        this.login = login;
    }

    /** @return done when it has been let in; once */
    public Future<Void> open() {
        Promise<NetSocket> connected = Promise.promise();
        context.runOnContext(turn -> client.connect(login.address()).onComplete(connected));
        return connected.future().compose(this::begin);
    }

    private Future<Void> begin(NetSocket opened) {
        socket = opened;
        socket.handler(this::read)
                .exceptionHandler(this::lose)
                .closeHandler(closed -> lose(new IOException("Redis has closed the connection")));
        return authenticate()
                .compose(known -> login.database() == 0
                        ? Future.succeededFuture()
                        : ask(List.of("SELECT", Integer.toString(login.database())))
                                .mapEmpty());
    }

    private Future<Void> authenticate() {
        if (login.password().isEmpty()) {
            return Future.succeededFuture();
        }
        List<String> words = login.user().isEmpty()
                ? List.of("AUTH", login.password())
                : List.of("AUTH", login.user(), login.password());
        return ask(words).mapEmpty();
    }

    /**
     * @param words the command, and what it is about
     * @return the answer; a {@link RefusedCommand} where Redis says so, or what has become of the connection
     */
    public Future<Reply> ask(List<String> words) {
        if (isLost) {
            return Future.failedFuture(new IOException("the connection is lost"));
        }
        // Of the context: what goes wrong with whoever has asked is told there, and is no fault of the answer.
        Promise<Reply> answer = context.promise();
        answers.add(answer);
        socket.write(command(words)).onFailure(this::lose);
        return answer.future();
    }

    private static Buffer command(List<String> words) {
        Buffer command = Buffer.buffer("*" + words.size() + "\r\n");
        for (String word : words) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            command.appendString("$" + bytes.length + "\r\n").appendBytes(bytes).appendString("\r\n");
        }
        return command;
    }

    private void read(Buffer part) {
        try {
            reader.read(part);
        } catch (IllegalStateException | NumberFormatException malformed) {
            lose(new IOException("this is not Redis", malformed));
        }
    }

    private void answer(Reply reply) {
        Promise<Reply> asked = answers.poll();
        if (asked == null) {
            throw new IllegalStateException("an answer that nobody has asked for");
        }
        if (reply instanceof Reply.Refused refused) {
            asked.fail(new RefusedCommand(refused.reason()));
        } else {
            asked.complete(reply);
        }
    }

    /** @param lost told once when nothing can be asked any more, whoever has ended it */
    public void whenLost(Runnable lost) {
        this.lost = lost;
    }

    private void lose(Throwable reason) {
        if (isLost) {
            return;
        }
        isLost = true;
        List<Promise<Reply>> unanswered = List.copyOf(answers);
        answers.clear();
        unanswered.forEach(answer -> answer.fail(reason));
        lost.run();
    }

    /** @return done when it is closed, or is not opened any more */
    public Future<Void> close() {
        return client.close();
    }
}
