package lyceum.launcher.social;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Door;
import lyceum.launcher.wire.Json;
import lyceum.launcher.wire.Request;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of client, at one gateway, and spread over two. */
@ParameterizedClass
@ValueSource(ints = {1, 2})
@TestInstance(Lifecycle.PER_CLASS)
class SocialFixtureIT {

    @Parameter
    int gateways;

    private House house;

    @BeforeParameterizedClassInvocation
    void start(int gateways) {
        house = House.of(gateways);
    }

    @AfterParameterizedClassInvocation
    void stop() {
        house.close();
    }

    @TestFactory
    Stream<DynamicContainer> talksAsTheOldServerDid() {
        return Stream.of(3, 4).flatMap(eio -> Arrays.stream(Carriage.values()).map(carriage -> talk(eio, carriage)));
    }

    /** Behind the last step all leave, and all is forgotten. */
    private DynamicContainer talk(int eio, Carriage carriage) {
        List<JsonNode> steps = Recording.read("two-clients", "steps");
        Stream<DynamicTest> tests = Stream.of(steps).flatMap(due -> {
            Talk talk = new Talk(house, eio, carriage);
            return due.stream()
                    .map(step -> dynamicTest(step.required("step").asText(), () -> talk.replay(step)))
                    .onClose(talk::close);
        });
        return dynamicContainer("EIO=%d %s".formatted(eio, carriage), tests);
    }

    @TestFactory
    Stream<DynamicTest> answersOverHttpAsTheOldServerDid() {
        List<PacketClient> present = populate();
        return Recording.read("http-production", "rows").stream()
                .map(row -> dynamicTest(
                        row.required("request").asText(), () -> house.doors().forEach(door -> check(door, row))))
                .onClose(() -> {
                    present.forEach(PacketClient::close);
                    house.forget();
                });
    }

    /** @return two nameless ones, after what had been done when the answers were recorded */
    private List<PacketClient> populate() {
        try (PacketClient client = enter(0)) {
            client.ask(Json.parse("[\"click\",{\"user\":\"Raw\",\"comment\":\"c\",\"style\":\"\"}]"));
            client.ask(Json.parse("[\"event\",{\"user\":\"Raw\",\"name\":\"sas\"}]"));
            client.ask(Json.parse("[\"click\",{\"user\":\"Poller\",\"comment\":\"ü€😀\",\"style\":\"x\"}]"));
            client.ask(Json.parse("[\"click\",{\"user\":\"Poller\",\"comment\":\"upgraded\",\"style\":\"\"}]"));
        }
        PacketClient first = enter(0);
        first.take(2);
        PacketClient second = enter(1);
        second.take(2);
        return List.of(first, second);
    }

    private PacketClient enter(int number) {
        return new PacketClient(house.door(number), house.webSockets(), 4, Carriage.WEBSOCKET);
    }

    private static void check(Door door, JsonNode row) {
        String[] request = row.required("request").asText().split(" ");
        Request ours = Request.of(request[0], request[1]);
        for (Map.Entry<String, JsonNode> header : row.path("headers_sent").properties()) {
            ours = ours.with(header.getKey(), header.getValue().asText());
        }
        Answer answer = door.client().send(ours).await();
        assertThat(answer.status()).isEqualTo(row.required("status").asInt());
        assertThat(answer.header("Allow"))
                .isEqualTo(row.path("headers").path("allow").asText());
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
        String body = row.required("body").asText();
        if (answer.status() == 200 && !body.isEmpty()) {
            Likeness.check(request[1], Json.parse(body.replace("@TS", "\"@TS\"")), answer.json());
        }
        // What lies beside that prefix belongs to all contracts together.
        if (answer.status() != 200 && request[1].startsWith("/api")) {
            assertThat(answer.header("Content-Type"))
                    .isEqualTo(row.path("headers").path("content-type").asText());
            assertThat(answer.text()).isEqualTo(body);
        }
    }
}
