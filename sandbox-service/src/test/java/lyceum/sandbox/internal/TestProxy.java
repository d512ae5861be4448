package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;

/** Stands before a server and can be away. */
final class TestProxy {

    private final Vertx vertx;
    private final URI target;
    private final int port;
    private final List<NetSocket> sockets = new CopyOnWriteArrayList<>();

    private NetServer server;

    /** @param url of the server; nothing listens yet */
    TestProxy(Vertx vertx, String url) {
        this.vertx = vertx;
        this.target = URI.create(url);
        try (ServerSocket reserved = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            this.port = reserved.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return the same URL, but here */
    String url() {
        return target.toString().replace(":" + target.getPort() + "/", ":" + port + "/");
    }

    /** The port is free again when the selector of the last server has looked. */
    void open() {
        Awaitility.await().ignoreException(BindException.class).until(() -> {
            server = vertx.createNetServer().connectHandler(this::join);
            return server.listen(port, "127.0.0.1").await().actualPort() == port;
        });
    }

    void close() {
        server.close().await();
        sockets.forEach(NetSocket::close);
        sockets.clear();
    }

    private void join(NetSocket client) {
        client.pause();
        vertx.createNetClient()
                .connect(target.getPort(), target.getHost())
                .onSuccess(remote -> {
                    sockets.add(client);
                    sockets.add(remote);
                    Future.any(client.pipeTo(remote), remote.pipeTo(client)).onComplete(over -> {
                        client.close();
                        remote.close();
                    });
                })
                .onFailure(error -> client.close());
    }
}
