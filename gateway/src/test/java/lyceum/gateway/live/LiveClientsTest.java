package lyceum.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.stream.Stream;
import lyceum.gateway.live.ClientLibrary.Client;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients that others have written, of both generations, against two gateways on two event loops. */
@TestInstance(Lifecycle.PER_CLASS)
class LiveClientsTest {

    private final LiveFixture live = new LiveFixture(2, LiveFixture.config());

    @AfterAll
    void close() {
        live.close();
    }

    @BeforeEach
    void forget() {
        live.parrot.diary.clear();
    }

    static Stream<Arguments> clients() {
        String[][] ways = {{"websocket"}, {"polling"}, {"polling", "websocket"}};
        return Stream.of(ways)
                .flatMap(way -> Stream.of(
                        Arguments.of("EIO=3", ClientLibrary.old(), way),
                        Arguments.of("EIO=4", ClientLibrary.modern(), way)));
    }

    private URI uri(String namespace) {
        return URI.create("http://127.0.0.1:" + live.port() + namespace);
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("clients")
    void serves(String generation, ClientLibrary library, String[] way) throws Exception {
        try (Client client = library.new Client(uri("/"), way, "hello", "echo", "before", "all", "after")) {
            assertThat(client.hear()).startsWith("hello[");
            for (int i = 0; i < 20; i++) {
                client.emit("echo", "ü😀", i);
                assertThat(client.hear()).isEqualTo("echo[[\"ü😀\",%d]]".formatted(i));
                client.ask("all", i);
                assertThat(client.hear()).isEqualTo("before[null]");
                assertThat(client.hear()).isEqualTo("all[[%d]]".formatted(i));
                assertThat(client.hear()).isEqualTo("after[null]");
                assertThat(client.hear()).isEqualTo("ack[]");
            }
        }
        Awaitility.await()
                .untilAsserted(
                        () -> assertThat(live.parrot.diary).startsWith("+/").endsWith("-/"));
    }

    @ParameterizedTest(name = "{0} {2}")
    @MethodSource("clients")
    void servesClasses(String generation, ClientLibrary library, String[] way) throws Exception {
        try (Client client = library.new Client(uri("/class-abc"), way, "hello", "echo")) {
            assertThat(client.hear()).startsWith("hello[");
            client.emit("echo", 1);
            assertThat(client.hear()).isEqualTo("echo[[1]]");
        }
        Awaitility.await().until(() -> live.parrot.diary.contains("-/class-abc"));
    }

    @Test
    void refuses() throws Exception {
        try (Client modern = ClientLibrary.modern().new Client(uri("/x"), new String[] {"websocket"}, "connect_error");
                Client old = ClientLibrary.old().new Client(uri("/x"), new String[] {"websocket"}, "error")) {
            assertThat(modern.hear()).isEqualTo("connect_error[{\"message\":\"Invalid namespace\"}]");
            assertThat(old.hear()).isEqualTo("error[Invalid namespace]");
        }
    }

    static Stream<ClientLibrary> libraries() {
        return Stream.of(ClientLibrary.old(), ClientLibrary.modern());
    }

    /** These two take no notice of the end of a WebSocket before they miss its pings; others do. */
    @ParameterizedTest
    @MethodSource("libraries")
    void areLetGoOfAndComeBack(ClientLibrary library) throws Exception {
        String[] way = {"polling"};
        try (Client client = library.new Client(uri("/"), way, "hello")) {
            assertThat(client.hear()).startsWith("hello[");

            client.emit("leave");

            assertThat(client.hear()).startsWith("hello[");
            assertThat(live.parrot.diary).containsExactly("+/", "leave[]", "-/", "+/");
        }
        Awaitility.await().until(() -> live.parrot.diary.size() == 5);
    }
}
