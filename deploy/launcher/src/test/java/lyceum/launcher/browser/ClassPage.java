package lyceum.launcher.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;

/** A page, {@code class.js}, with the button of a class. */
record ClassPage(DevTools tools, String session) {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** Says the name with the next click. */
    void call(String name) {
        run("call('%s')".formatted(name));
    }

    void press(int times) {
        run("press(%d)".formatted(times));
    }

    void trigger(String event) {
        run("trigger('%s')".formatted(event));
    }

    /** Loses its connection. */
    void fall() {
        run("fall()");
    }

    void close() {
        tools.close(session).await();
    }

    private void run(String statement) {
        tools.evaluate(session, statement + ", {}").await();
    }

    /** @return what the page shows at present */
    JsonObject look() {
        return tools.evaluate(session, "look()").await();
    }

    /** @return by what it has been carried, in that order */
    List<?> transports() {
        return look().getJsonArray("transports").getList();
    }

    /** @return messages, clicks and events behind the event of that name, in the order in which they were told */
    List<String> heardSince(String event) {
        List<String> heard = look().getJsonArray("heard").stream()
                .map(JsonArray.class::cast)
                .filter(told -> !told.getString(0).startsWith("stat"))
                .map(JsonArray::encode)
                .toList();
        for (int i = 0; i < heard.size(); i++) {
            if (heard.get(i).contains("\"name\":\"%s\"".formatted(event))) {
                return heard.subList(i + 1, heard.size());
            }
        }
        throw new AssertionError("no event %s among %s".formatted(event, heard));
    }

    /** Waits until it shows so many clicks, of all time and of today, and so many who are there. */
    void shows(int clicks, int online) {
        JsonObject counts =
                new JsonObject().put("total", clicks).put("today", clicks).put("online", online);
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(look().getJsonObject("counts")).isEqualTo(counts));
    }

    /** Waits until it has been told that. */
    void hears(String text) {
        await().atMost(PATIENCE)
                .untilAsserted(
                        () -> assertThat(look().getJsonArray("heard").encode()).contains(text));
    }
}
