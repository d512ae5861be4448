package lyceum.launcher.browser;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;

/** As much of the Chrome DevTools Protocol as it takes to open a page, to use it, and to run a function in it. */
final class DevTools {

    /** Longer than a page takes for all it does here. */
    private static final int LIMIT_SECONDS = 40;

    private static final int MESSAGE_BYTES = 8 * 1024 * 1024;

    /** In a field: a client that nobody refers to is closed by the garbage collector. */
    private final WebSocketClient client;

    private final AtomicInteger lastId = new AtomicInteger();
    private final Map<Integer, Promise<JsonObject>> answers = new ConcurrentHashMap<>();
    private final Map<String, Promise<JsonObject>> events = new ConcurrentHashMap<>();

    private WebSocket socket;
    private volatile BiConsumer<String, JsonObject> follower = (event, told) -> {};

    private DevTools(Vertx vertx) {
        client = vertx.createWebSocketClient(
                new WebSocketClientOptions().setMaxFrameSize(MESSAGE_BYTES).setMaxMessageSize(MESSAGE_BYTES));
    }

    /** @param path of the browser's own socket, as the browser has written it down */
    static Future<DevTools> connect(Vertx vertx, int port, String path) {
        DevTools tools = new DevTools(vertx);
        return tools.client.connect(port, "127.0.0.1", path).map(tools::speakOver);
    }

    private DevTools speakOver(WebSocket opened) {
        socket = opened;
        socket.textMessageHandler(this::hear);
        return this;
    }

    /** @return the session of a new page that has been loaded */
    Future<String> open(String url) {
        return ask("", "Target.createTarget", new JsonObject().put("url", "about:blank"))
                .compose(
                        target -> ask("", "Target.attachToTarget", target.copy().put("flatten", true)))
                .map(attached -> attached.getString("sessionId"))
                .compose(session -> ask(session, "Page.enable", new JsonObject())
                        .compose(enabled -> go(session, url))
                        .map(session));
    }

    /** Loads another page in a session. */
    Future<JsonObject> go(String session, String url) {
        Promise<JsonObject> loaded = Promise.promise();
        events.put("Page.loadEventFired", loaded);
        return ask(session, "Page.navigate", new JsonObject().put("url", url)).compose(begun -> limited(loaded));
    }

    /** @return what a promise in the page is kept with; fails with its stack where it is broken */
    Future<JsonObject> evaluate(String session, String expression) {
        JsonObject question = new JsonObject()
                .put("expression", expression)
                .put("awaitPromise", true)
                .put("returnByValue", true)
                // As if a person had clicked: sound may be played.
                .put("userGesture", true);
        return ask(session, "Runtime.evaluate", question).map(DevTools::value);
    }

    /** Presses a key on the keyboard; @param modifiers the sum of Alt 1, Ctrl 2, Meta 4 and Shift 8 */
    Future<JsonObject> press(String session, String key, int modifiers) {
        JsonObject down =
                new JsonObject().put("type", "keyDown").put("key", key).put("modifiers", modifiers);
        return ask(session, "Input.dispatchKeyEvent", down)
                .compose(pressed ->
                        ask(session, "Input.dispatchKeyEvent", down.copy().put("type", "keyUp")));
    }

    /** Types a text where the cursor is, as an input method does. */
    Future<JsonObject> insert(String session, String text) {
        return ask(session, "Input.insertText", new JsonObject().put("text", text));
    }

    /** @return what of the page is in the window, a PNG in base64 as {@code data} */
    Future<JsonObject> look(String session) {
        return ask(session, "Page.captureScreenshot", new JsonObject().put("format", "png"));
    }

    /**
     * Tells from now on of everything that the pages of a session load, write to the console, and fail with.
     *
     * @param listener called with the name of an event of the protocol and what it tells, on an event loop
     */
    Future<JsonObject> follow(String session, BiConsumer<String, JsonObject> listener) {
        follower = listener;
        return ask(session, "Network.enable", new JsonObject())
                .compose(enabled -> ask(session, "Runtime.enable", new JsonObject()))
                .compose(enabled -> ask(session, "Log.enable", new JsonObject()));
    }

    /** Makes the window of a page another size. */
    Future<JsonObject> resize(String session, int widthPixels, int heightPixels) {
        JsonObject size = new JsonObject()
                .put("width", widthPixels)
                .put("height", heightPixels)
                .put("deviceScaleFactor", 1)
                .put("mobile", false);
        return ask(session, "Emulation.setDeviceMetricsOverride", size);
    }

    /** Closes a page as a person does who has seen enough. */
    Future<JsonObject> close(String session) {
        return ask(session, "Page.close", new JsonObject());
    }

    private static JsonObject value(JsonObject evaluated) {
        JsonObject thrown = evaluated.getJsonObject("exceptionDetails");
        if (thrown != null) {
            throw new AssertionError("the page failed: " + thrown.encodePrettily());
        }
        return evaluated.getJsonObject("result").getJsonObject("value");
    }

    private Future<JsonObject> ask(String session, String method, JsonObject parameters) {
        int id = lastId.incrementAndGet();
        Promise<JsonObject> answer = Promise.promise();
        answers.put(id, answer);
        JsonObject message =
                new JsonObject().put("id", id).put("method", method).put("params", parameters);
        if (!session.isEmpty()) {
            message.put("sessionId", session);
        }
        return socket.writeTextMessage(message.encode()).compose(written -> limited(answer));
    }

    private static Future<JsonObject> limited(Promise<JsonObject> promise) {
        return promise.future().timeout(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    private void hear(String text) {
        JsonObject message = new JsonObject(text);
        JsonObject error = message.getJsonObject("error");
        if (message.containsKey("id") && error != null) {
            answers.remove(message.getInteger("id")).fail(error.encode());
        } else if (message.containsKey("id")) {
            answers.remove(message.getInteger("id")).complete(message.getJsonObject("result"));
        } else {
            follower.accept(message.getString("method"), message.getJsonObject("params"));
            if (events.containsKey(message.getString("method"))) {
                events.remove(message.getString("method")).complete(message.getJsonObject("params"));
            }
        }
    }
}
