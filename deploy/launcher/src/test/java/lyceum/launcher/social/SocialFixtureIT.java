package lyceum.launcher.social;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.http.WebSocketClient;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Json;
import lyceum.launcher.wire.Request;
import lyceum.launcher.wire.RunningSuite;
import lyceum.launcher.wire.Socket;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

class SocialFixtureIT {

    @TestFactory
    Stream<DynamicContainer> talksAsTheOldServerDid() {
        return Stream.of(3, 4).flatMap(eio -> Arrays.stream(Carriage.values()).map(carriage -> talk(eio, carriage)));
    }

    /** The suite is started when the first step is due and stopped behind the last. */
    private static DynamicContainer talk(int eio, Carriage carriage) {
        List<JsonNode> steps = Recording.read("two-clients", "steps");
        Stream<DynamicTest> tests = Stream.of(steps).flatMap(due -> {
            Talk talk = new Talk(eio, carriage);
            return due.stream()
                    .map(step -> dynamicTest(step.required("step").asText(), () -> talk.replay(step)))
                    .onClose(talk::close);
        });
        return dynamicContainer("EIO=%d %s".formatted(eio, carriage), tests);
    }

    @TestFactory
    Stream<DynamicTest> answersOverHttpAsTheOldServerDid() {
        RunningSuite suite = RunningSuite.start(Map.of(), "social", "gateway");
        List<PacketClient> present = populate(suite);
        return Recording.read("http-production", "rows").stream()
                .map(row -> dynamicTest(row.required("request").asText(), () -> check(suite, row)))
                .onClose(() -> {
                    present.forEach(PacketClient::close);
                    suite.close();
                });
    }

    /** @return two nameless ones, after what had been done when the answers were recorded */
    private static List<PacketClient> populate(RunningSuite suite) {
        WebSocketClient webSockets = Socket.client(suite.vertx());
        try (PacketClient client = new PacketClient(suite, webSockets, 4, Carriage.WEBSOCKET)) {
            client.ask(Json.parse("[\"click\",{\"user\":\"Raw\",\"comment\":\"c\",\"style\":\"\"}]"));
            client.ask(Json.parse("[\"event\",{\"user\":\"Raw\",\"name\":\"sas\"}]"));
            client.ask(Json.parse("[\"click\",{\"user\":\"Poller\",\"comment\":\"ü€😀\",\"style\":\"x\"}]"));
            client.ask(Json.parse("[\"click\",{\"user\":\"Poller\",\"comment\":\"upgraded\",\"style\":\"\"}]"));
        }
        PacketClient first = new PacketClient(suite, webSockets, 4, Carriage.WEBSOCKET);
        first.take(2);
        PacketClient second = new PacketClient(suite, webSockets, 4, Carriage.WEBSOCKET);
        second.take(2);
        return List.of(first, second);
    }

    private static void check(RunningSuite suite, JsonNode row) {
        String[] request = row.required("request").asText().split(" ");
        Request ours = Request.of(request[0], request[1]);
        for (Map.Entry<String, JsonNode> header : row.path("headers_sent").properties()) {
            ours = ours.with(header.getKey(), header.getValue().asText());
        }
        Answer answer = suite.client().send(ours).await();
        assertThat(answer.status()).isEqualTo(row.required("status").asInt());
        assertThat(answer.header("Allow"))
                .isEqualTo(row.path("headers").path("allow").asText());
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        String body = row.required("body").asText();
        if (answer.status() == 200 && !body.isEmpty()) {
            Likeness.check(request[1], Json.parse(body.replace("@TS", "\"@TS\"")), answer.json());
        }
    }
}
