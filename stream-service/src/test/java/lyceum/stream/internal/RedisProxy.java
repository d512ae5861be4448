package lyceum.stream.internal;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Stands between a service and Redis, and can be out of order or slow. */
public final class RedisProxy {

    private final Set<NetSocket> sockets = ConcurrentHashMap.newKeySet();
    private Vertx vertx;
    private URI target;
    private NetServer server;
    private int port;
    private volatile boolean isSilent;
    private volatile long delayMillis;

    public void forwardTo(Vertx vertx, String url) {
        this.vertx = vertx;
        this.target = URI.create(url);
        up();
    }

    public String url(String url) {
        return url.replace(":" + target.getPort() + "/", ":" + port + "/");
    }

    /** Accepts connections, always at the same port. */
    public void up() {
        server = vertx.createNetServer().connectHandler(this::forward);
        port = server.listen(port, "127.0.0.1").await().actualPort();
    }

    /** Refuses connections, and closes those that are open. */
    public void down() {
        server.close().await();
        sockets.forEach(NetSocket::close);
        sockets.clear();
    }

    /** Lets nothing through in either direction, or does so again; what comes meanwhile is lost with its connection. */
    public void silent(boolean silent) {
        isSilent = silent;
    }

    /** Keeps everything that comes so long, in either direction, and takes nothing more meanwhile; 0 for no delay. */
    public void delay(Duration delay) {
        delayMillis = delay.toMillis();
    }

    public int connections() {
        return sockets.size();
    }

    private void forward(NetSocket socket) {
        sockets.add(socket);
        socket.pause();
        vertx.createNetClient()
                .connect(target.getPort(), target.getHost())
                .onSuccess(redis -> join(socket, redis))
                .onFailure(error -> socket.close());
    }

    private void join(NetSocket socket, NetSocket redis) {
        socket.handler(bytes -> pass(bytes, socket, redis)).closeHandler(closed -> {
            sockets.remove(socket);
            redis.close();
        });
        redis.handler(bytes -> pass(bytes, redis, socket)).closeHandler(closed -> socket.close());
        socket.resume();
    }

    private void pass(Buffer bytes, NetSocket from, NetSocket to) {
        if (isSilent) {
            return;
        }
        if (delayMillis == 0) {
            to.write(bytes);
            return;
        }
        from.pause();
        vertx.setTimer(delayMillis, due -> {
            to.write(bytes);
            from.resume();
        });
    }
}
