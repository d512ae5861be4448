package lyceum.launcher.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.JsonObject;
import java.time.Duration;

/** A page, {@code prompt.html}, on which a person talks with a program. */
record PromptPage(DevTools tools, String session) {

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int CTRL = 2;

    /**
     * Starts a program.
     *
     * @param program members of the message {@code start}
     * @param wantsTerminal whether it gets a terminal as large as the window, or pipes
     */
    void begin(int gatewayPort, JsonObject program, boolean wantsTerminal) {
        tools.evaluate(session, "begin('127.0.0.1:%d', %s, %b)".formatted(gatewayPort, program.encode(), wantsTerminal))
                .await();
    }

    /** Presses a key for each letter; a line feed is Enter. */
    void type(String text) {
        text.codePoints()
                .mapToObj(Character::toString)
                .forEach(letter -> tools.press(session, letter.equals("\n") ? "Enter" : letter, 0)
                        .await());
    }

    void pressCtrl(String letter) {
        tools.press(session, letter, CTRL).await();
    }

    void resize(int widthPixels, int heightPixels) {
        tools.resize(session, widthPixels, heightPixels).await();
    }

    void close() {
        tools.close(session).await();
    }

    /** @return what the page shows at present */
    JsonObject look() {
        return tools.evaluate(session, "look()").await();
    }

    /** Waits until the text on the screen ends so. */
    void showsAtLast(String end) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(look().getString("screen")).endsWith(end));
    }

    /** Waits until it is told so of the program. */
    void tells(String state) {
        await().atMost(PATIENCE)
                .untilAsserted(() -> assertThat(look().getString("state")).isEqualTo(state));
    }
}
