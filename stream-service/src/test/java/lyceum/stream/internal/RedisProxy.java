package lyceum.stream.internal;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.awaitility.Awaitility;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Stands between a service and Redis, and can be out of order or slow. */
public final class RedisProxy {

    private static final Logger LOG = LoggerFactory.getLogger(RedisProxy.class);

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
        port = freePort();
        up();
    }

    /** @return one that the system gives to no connection (ip_local_port_range), which could have it while we are down */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(20_000, 30_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                LOG.debug("port {} is taken", port);
            }
        }
    }

    public String url(String url) {
        return url.replace(":" + target.getPort() + "/", ":" + port + "/");
    }

    /** Accepts connections again, for a server that is now somewhere else. */
    public void upTo(String url) {
        target = URI.create(url);
        up();
    }

    /** Accepts connections, always at the same port, which is free again when the selector of the last server has looked. */
    public void up() {
        Awaitility.await().ignoreException(BindException.class).until(() -> {
            server = vertx.createNetServer().connectHandler(this::forward);
            return server.listen(port, "127.0.0.1").await().actualPort() == port;
        });
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
