package lyceum.launcher.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;

/** The console in a browser, used as a person does: by the names of buttons and fields. */
final class ConsolePage {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** What finds things on the page, as a person does: in the panel that is shown, and not where they are hidden. */
    private static final String EYES = """
            const panel = () => document.querySelector('[role=tabpanel]:not([hidden])');
            const shown = (element) => element.checkVisibility();
            const buttons = (name) => [...document.querySelectorAll('button')].filter((button) => shown(button) \
            && (button.getAttribute('aria-label') ?? button.textContent) === name);
            const control = (label) => [...panel().querySelectorAll('label')]\
            .filter((one) => shown(one) && one.textContent === label).map((one) => document.getElementById(one.htmlFor))[0]\
             ?? panel().querySelector(`[aria-label="${label}"]`);
            """;

    private final DevTools tools;
    private final String session;
    private final String origin;
    private final List<String> complaints = Collections.synchronizedList(new ArrayList<>());

    private ConsolePage(DevTools tools, String session, String origin) {
        this.tools = tools;
        this.session = session;
        this.origin = origin;
    }

    /** Opens the root of a gateway, as somebody who has just started it. */
    static ConsolePage open(DevTools tools, int port) {
        String origin = "http://localhost:%d".formatted(port);
        String session = tools.open("about:blank").await();
        ConsolePage page = new ConsolePage(tools, session, origin);
        tools.follow(session, page::hear).await();
        page.go("/");
        page.waitFor("document.querySelector('[role=tab]') !== null");
        return page;
    }

    /** Comes back to the console, wherever the tab is. */
    void beAt(String path) {
        if (!isTrue("location.pathname === " + quoted(path))) {
            go(path);
            waitFor("document.querySelector('[role=tab]') !== null");
        }
    }

    /** Goes to another page of the house, in the same tab. */
    void go(String path) {
        tools.go(session, origin + path).await();
    }

    /** Whatever a browser writes as an error, and requests to anywhere else, are complaints. */
    private void hear(String event, JsonObject told) {
        switch (event) {
            case "Network.requestWillBeSent" -> {
                String url = told.getJsonObject("request").getString("url");
                if (!url.startsWith(origin) && !url.startsWith("blob:" + origin) && !url.startsWith("data:")) {
                    complaints.add("asks for " + url);
                }
            }
            case "Runtime.exceptionThrown" -> complaints.add(told.encode());
            case "Runtime.consoleAPICalled" -> {
                if (told.getString("type").matches("error|assert|warning")) {
                    complaints.add(told.encode());
                }
            }
            case "Log.entryAdded" -> {
                if (told.getJsonObject("entry").getString("level").equals("error")) {
                    complaints.add(told.encode());
                }
            }
            default -> {
                // Everything else is in order.
            }
        }
    }

    /** @return errors of the page, and requests to other hosts, since it was opened */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    /** Goes to a panel. */
    void show(String tab) {
        run("document.getElementById('tab-%s').click()".formatted(tab));
        waitFor("!document.getElementById('panel-%s').hidden".formatted(tab));
    }

    /** Presses the button that is called so, as soon as it is there and can be pressed. */
    void press(String button) {
        waitFor("buttons(%s).some((one) => !one.disabled)".formatted(quoted(button)));
        run("buttons(%s).find((one) => !one.disabled).click()".formatted(quoted(button)));
    }

    /** Writes into a field in place of what is there. */
    void fill(String label, String text) {
        focus(label);
        run("control(%s).select()".formatted(quoted(label)));
        type(text);
    }

    void focus(String label) {
        waitFor("control(%s) !== undefined".formatted(quoted(label)));
        run("control(%s).focus()".formatted(quoted(label)));
    }

    /** Types where the cursor is. */
    void type(String text) {
        tools.insert(session, text).await();
    }

    /** Presses a key on the keyboard. */
    void key(String key) {
        tools.press(session, key, 0).await();
    }

    /** Chooses an option of a field. */
    void choose(String label, String value) {
        waitFor("[...control(%s).options].some((one) => one.value === %s)".formatted(quoted(label), quoted(value)));
        run("control(%s).value = %s, control(%1$s).dispatchEvent(new Event('change'))"
                .formatted(quoted(label), quoted(value)));
    }

    /** @return what a field holds */
    String value(String label) {
        return text("control(%s).value".formatted(quoted(label)));
    }

    /** @return the text of the panel that is shown */
    String panel() {
        return text("panel().innerText");
    }

    /** Waits until the panel says so. */
    void says(String text) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(panel()).contains(text));
    }

    /** Waits until an expression of the page is true. */
    void waitFor(String expression) {
        await(expression).atMost(PATIENCE).pollInterval(Duration.ofMillis(50)).until(() -> isTrue(expression));
    }

    private boolean isTrue(String expression) {
        return evaluate(expression, "Boolean").getBoolean("found");
    }

    private String text(String expression) {
        return evaluate(expression, "String").getString("found");
    }

    private JsonObject evaluate(String expression, String type) {
        return tools.evaluate(
                        session, "(async () => { %s return {found: %s(%s)}; })()".formatted(EYES, type, expression))
                .await();
    }

    private void run(String statement) {
        tools.evaluate(session, "(async () => { %s %s; return {}; })()".formatted(EYES, statement))
                .await();
    }

    /** @return what a function of the page makes of arguments in JSON; it may be a promise of an object */
    JsonObject call(String function, Object... arguments) {
        return tools.evaluate(session, "(%s)(...%s)".formatted(function, new JsonArray(List.of(arguments)).encode()))
                .await();
    }

    /** Makes whatever a script defines known to the page. */
    void bring(String script) {
        tools.evaluate(session, script + "; Promise.resolve({})").await();
    }

    void resize(int widthPixels, int heightPixels) {
        tools.resize(session, widthPixels, heightPixels).await();
    }

    /** Writes a picture of the window. */
    void photograph(Path file) {
        try {
            Files.createDirectories(file.getParent());
            Files.write(
                    file, Base64.getDecoder().decode(tools.look(session).await().getString("data")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String quoted(String text) {
        return Json.encode(text);
    }
}
