package lyceum.stream.internal.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import lyceum.platform.RedisAddress;
import lyceum.platform.TestCertificate;
import lyceum.platform.TestRedis;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RespConnectionTest {

    private final Vertx vertx = Vertx.vertx();
    private final String url = TestRedis.freshDatabase(vertx);

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    private RespConnection to(String address) {
        return new RespConnection(vertx, RedisAddress.login(address));
    }

    private RespConnection opened(String address) {
        RespConnection connection = to(address);
        connection.open().await();
        return connection;
    }

    private static Reply ask(RespConnection connection, String... words) {
        return connection.ask(List.of(words)).await();
    }

    @Test
    void isLetInToTheDatabaseOfItsAddress() {
        ask(opened(url), "SET", "where", "here");

        assertThat(ask(opened(url), "GET", "where").text()).isEqualTo("here");
        String other = url.replaceFirst("/\\d+$", url.endsWith("/0") ? "/1" : "/0");
        assertThat(ask(opened(other), "GET", "where")).isEqualTo(Reply.NOTHING);
    }

    @Test
    void isLetInAsTheUserOfItsAddress() {
        String user = "reader-" + System.nanoTime();
        ask(opened(url), "ACL", "SETUSER", user, "on", ">se:cr@t", "+acl|whoami", "+select");
        String address = url.replaceFirst("//[^@]*@", "//" + user + ":se%3Acr%40t@");

        RespConnection connection = opened(address);

        assertThat(ask(connection, "ACL", "WHOAMI").text()).isEqualTo(user);
        assertThatThrownBy(() -> ask(connection, "GET", "x"))
                .isInstanceOf(RefusedCommand.class)
                .hasMessageStartingWith("NOPERM");
        ask(opened(url), "ACL", "DELUSER", user);
    }

    /** Over TLS to a Redis that stands behind what ends it, as at most providers. */
    @Test
    void isEncryptedWhereItsAddressSaysSo(@TempDir Path directory) throws Exception {
        TestCertificate trusted = TestCertificate.of("localhost", directory);
        NetClient behind = vertx.createNetClient();
        NetServer server = vertx.createNetServer(
                new NetServerOptions().setHost("127.0.0.1").setSsl(true).setKeyCertOptions(trusted.options()));
        server.connectHandler(socket -> {
            socket.pause();
            behind.connect(URI.create(url).getPort(), "127.0.0.1").onSuccess(redis -> {
                socket.pipeTo(redis);
                redis.pipeTo(socket);
                socket.resume();
            });
        });
        int port = server.listen(0).await().actualPort();
        URI plain = URI.create(url);
        String address = "rediss://%s@localhost:%d%s".formatted(plain.getUserInfo(), port, plain.getPath());

        RespConnection believing = opened(address + "?sslrootcert=" + trusted.certificate());

        assertThat(ask(believing, "PING").text()).isEqualTo("PONG");
        assertThatThrownBy(() -> to(address).open().await()).hasStackTraceContaining("CertPathBuilderException");
    }

    @Test
    void isNotLetInWithAnotherPassword() {
        String address = url.replaceFirst("//[^@]*@", "//:wrong@");

        assertThatThrownBy(() -> to(address).open().await())
                .isInstanceOf(RefusedCommand.class)
                .hasMessageStartingWith("WRONGPASS");
    }

    @Test
    void getsItsAnswersInTheOrderOfItsQuestions() {
        RespConnection connection = opened(url);

        Future<Reply> first = connection.ask(List.of("ECHO", "ö".repeat(100_000)));
        Future<Reply> second = connection.ask(List.of("NONSENSE"));
        Future<Reply> third = connection.ask(List.of("PING"));

        assertThat(first.await().text()).isEqualTo("ö".repeat(100_000));
        assertThatThrownBy(second::await).isInstanceOf(RefusedCommand.class);
        assertThat(third.await().text()).isEqualTo("PONG");
    }

    @Test
    void isNotLostWhereWhoHasAskedFails() {
        RespConnection connection = opened(url);
        CompletableFuture<Throwable> told = new CompletableFuture<>();
        vertx.exceptionHandler(told::complete);

        connection.ask(List.of("PING")).onSuccess(pong -> {
            throw new IllegalStateException("of the asker");
        });

        assertThat(told.orTimeout(5, TimeUnit.SECONDS).join()).hasMessage("of the asker");
        assertThat(ask(connection, "PING").text()).isEqualTo("PONG");
    }

    @Test
    void tellsThatItIsLostAndFailsWhatWaits() {
        RespConnection connection = opened(url);
        AtomicInteger lost = new AtomicInteger();
        connection.whenLost(lost::incrementAndGet);
        long id = ask(connection, "CLIENT", "ID").number();
        Future<Reply> waiting = connection.ask(List.of("BLPOP", "nothing", "60"));

        ask(opened(url), "CLIENT", "KILL", "ID", Long.toString(id));

        assertThatThrownBy(waiting::await).isInstanceOf(IOException.class);
        Awaitility.await().until(() -> lost.get() == 1);
        assertThatThrownBy(() -> ask(connection, "PING")).isInstanceOf(IOException.class);
    }

    @Test
    void isLostWhereNoRedisAnswers() {
        NetServer server = vertx.createNetServer()
                .connectHandler(socket -> socket.handler(asked -> socket.write(Buffer.buffer("HTTP/1.1 400\r\n"))));
        int port = server.listen(0, "127.0.0.1").await().actualPort();

        assertThatThrownBy(() ->
                        to("redis://:secret@127.0.0.1:" + port + "/0").open().await())
                .isInstanceOf(IOException.class)
                .hasMessage("this is not Redis");
    }

    @Test
    void isRefusedWhereNobodyListens() {
        int port = URI.create(url).getPort();
        String address = url.replace(":" + port + "/", ":1/");

        assertThatThrownBy(() -> to(address).open().await()).isInstanceOf(IOException.class);
    }
}
