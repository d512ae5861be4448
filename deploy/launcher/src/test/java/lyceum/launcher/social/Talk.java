package lyceum.launcher.social;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Door;
import lyceum.launcher.wire.Json;
import lyceum.launcher.wire.Request;

/** The recorded conversation of two to four clients, held again with ours, all of them of one kind. */
final class Talk implements AutoCloseable {

    private static final String CLICK = "[\"click\",{\"user\":\"Berta\",\"comment\":\"\",\"style\":\"\"}]";

    private final Map<String, PacketClient> clients = new HashMap<>();
    private final House house;
    private final int eio;
    private final Carriage carriage;
    private int entered;

    Talk(House house, int eio, Carriage carriage) {
        this.house = house;
        this.eio = eio;
        this.carriage = carriage;
    }

    /** @param step of the recording */
    void replay(JsonNode step) {
        String name = step.required("step").asText();
        String who = name.substring(0, 1);
        if (name.matches(". connects.*")) {
            connect(who);
        }
        if (step.has("sent")) {
            JsonNode ack = clients.get(step.path("by").asText(who)).ask(step.get("sent"));
            Likeness.check("ack", step.required("result").required("ack"), ack);
        }
        if (name.startsWith("B 44 more")) {
            click(44);
        } else if (name.startsWith("B to 99")) {
            click(49);
        } else if (name.contains("disconnects") || name.contains("leaves")) {
            leave(who, step);
        }
        step.path("http")
                .fields()
                .forEachRemaining(
                        route -> house.doors().forEach(door -> checkRoute(door, route.getKey(), route.getValue())));
        step.required("received").fields().forEachRemaining(heard -> check(heard.getKey(), heard.getValue()));
        clients.forEach((client, any) -> {
            if (!clients.get(client).rest().isEmpty()) {
                throw new AssertionError(
                        client + " heard, too: " + clients.get(client).rest());
            }
        });
    }

    private void connect(String who) {
        clients.put(who, new PacketClient(house.door(entered), house.webSockets(), eio, carriage));
        entered++;
    }

    /** Some clicks that are not in the recording; everybody hears of them. */
    private void click(int count) {
        for (int i = 0; i < count; i++) {
            clients.get("B").ask(Json.parse(CLICK));
        }
        clients.values().forEach(client -> client.take(count));
    }

    private void leave(String who, JsonNode step) {
        PacketClient leaving = clients.remove(who);
        JsonNode heard = step.required("received").path(who);
        if (heard.isArray()) {
            check(who, heard, leaving.take(heard.size()));
        }
        leaving.close();
    }

    private void check(String who, JsonNode recorded) {
        if (clients.containsKey(who)) {
            check(who, recorded, clients.get(who).take(recorded.size()));
        }
    }

    private static void check(String who, JsonNode recorded, List<JsonNode> heard) {
        Likeness.check(who, recorded, JsonNodeFactory.instance.arrayNode().addAll(heard));
    }

    private static void checkRoute(Door door, String path, JsonNode recorded) {
        Answer answer = door.client().send(Request.of("GET", path)).await();
        JsonNode body = answer.json();
        Likeness.check(path, recorded.required("status"), JsonNodeFactory.instance.numberNode(answer.status()));
        if (recorded.has("body")) {
            Likeness.check(path, recorded.get("body"), body);
        } else {
            Likeness.check(path, recorded.required("body_length"), JsonNodeFactory.instance.numberNode(body.size()));
            Likeness.check(
                    path,
                    recorded.required("body_first"),
                    part(body, 0, recorded.get("body_first").size()));
            int last = recorded.required("body_last").size();
            Likeness.check(path, recorded.get("body_last"), part(body, body.size() - last, body.size()));
        }
    }

    private static JsonNode part(JsonNode list, int from, int to) {
        return JsonNodeFactory.instance
                .arrayNode()
                .addAll(IntStream.range(from, to).mapToObj(list::get).toList());
    }

    @Override
    public void close() {
        clients.values().forEach(PacketClient::close);
        house.forget();
    }
}
