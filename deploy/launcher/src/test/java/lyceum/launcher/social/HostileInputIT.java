package lyceum.launcher.social;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.stream.Stream;
import lyceum.launcher.wire.Json;
import lyceum.launcher.wire.Request;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The recorded hostile inputs, each on a socket of its own, with a witness (contract, section 11), who comes in at another
 * gateway where there are two.
 */
@ParameterizedClass
@ValueSource(ints = {1, 2})
@TestInstance(Lifecycle.PER_CLASS)
class HostileInputIT {

    @Parameter
    int gateways;

    private House house;
    private PacketClient witness;

    @BeforeParameterizedClassInvocation
    void start(int gateways) {
        house = House.of(gateways);
        witness = new PacketClient(house.door(1), house.webSockets(), 4, Carriage.WEBSOCKET);
        witness.take(2);
        witness.ask(Json.parse("[\"auth\",\"Zeuge\"]"));
        witness.take(1);
    }

    @AfterParameterizedClassInvocation
    void stop() {
        witness.close();
        house.close();
    }

    @TestFactory
    Stream<DynamicTest> changesNothingAndDisturbsNobody() {
        return Stream.of(3, 4)
                .flatMap(eio -> Recording.read("malformed-eio" + eio, "cases").stream()
                        .map(recorded -> new Hostility(eio, recorded)))
                .map(input -> dynamicTest("EIO=%d %s".formatted(input.eio(), input.name()), () -> check(input)));
    }

    private void check(Hostility input) {
        JsonNode before = get("/api/current_stats");
        PacketClient client = new PacketClient(house.door(0), house.webSockets(), input.eio(), Carriage.WEBSOCKET);
        client.take(2);
        witness.take(1);

        input.sayTo(client);

        check("witness", input.events("witness_receives"), witness);
        check("itself", input.events("self_receives"), client);
        if (input.isPayload()) {
            assertThat(client.ask(Json.parse("[\"auth\",\"Danach\"]"))).isEmpty();
            witness.take(1);
        }
        client.close();
        // Who has a name is told to have left.
        witness.take(input.isValid() || input.isPayload() ? 2 : 1);
        assertThat(witness.rest()).isEmpty();
        assertThat(get("/api/online_users")).hasSize(1);
        JsonNode after = get("/api/current_stats");
        assertThat(difference(after, before, "click_count_total")).isEqualTo(input.clicks());
        assertThat(difference(after, before, "event_count_total")).isEqualTo(input.events());
    }

    private static void check(String who, List<JsonNode> recorded, PacketClient client) {
        List<JsonNode> heard = client.take(recorded.size());
        for (int i = 0; i < recorded.size(); i++) {
            Likeness.check(who, recorded.get(i), heard.get(i));
        }
    }

    private static int difference(JsonNode after, JsonNode before, String counter) {
        return after.required(counter).asInt() - before.required(counter).asInt();
    }

    private JsonNode get(String path) {
        return house.door(0).client().send(Request.of("GET", path)).await().json();
    }
}
