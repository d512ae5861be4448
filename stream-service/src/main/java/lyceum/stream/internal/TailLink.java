package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import lyceum.platform.RedisAddress.Login;
import lyceum.stream.internal.resp.Reply;
import lyceum.stream.internal.resp.RespConnection;

/** A connection on which one waits for news, and which others can wake. Lives on one context. */
final class TailLink implements Link {

    private final RespConnection connection;

    private long id;

    TailLink(Vertx vertx, Login login) {
        this.connection = new RespConnection(vertx, login);
    }

    @Override
    public Future<Void> open() {
        return connection
                .open()
                .compose(opened -> connection.ask(List.of("CLIENT", "ID")))
                .onSuccess(reply -> id = reply.number())
                .mapEmpty();
    }

    /** @return as {@code CLIENT UNBLOCK} wants it; 0 before it is open */
    long id() {
        return id;
    }

    /** @return as {@link RespConnection#ask} */
    Future<Reply> ask(List<String> words) {
        return connection.ask(words);
    }

    @Override
    public void whenLost(Runnable lost) {
        connection.whenLost(lost);
    }

    @Override
    public Future<Void> close() {
        return connection.close();
    }
}
