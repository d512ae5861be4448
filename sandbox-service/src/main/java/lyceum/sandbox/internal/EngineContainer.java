package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import lyceum.sandbox.SandboxService.Window;
import lyceum.sandbox.SandboxSession.Stage;

/** A container of a Docker or Podman engine; both steps of a task run in the same one. */
final class EngineContainer implements Container {

    /**
     * Else Control-P, which shells know as "up", would be kept back to see whether Control-Q follows, and cut us off.
     */
    private static final String DETACH_KEYS = "ctrl-@,ctrl-_,ctrl-@,ctrl-_";

    private static final int MOST_QUESTIONS = 3;
    private static final Duration PAUSE = Duration.ofMillis(100);

    private final Vertx vertx;
    private final EngineApi api;
    private final String name;
    private final Removal removal;

    /** @param name as the engine knows it */
    EngineContainer(Vertx vertx, EngineApi api, String name) {
        this.vertx = vertx;
        this.api = api;
        this.name = name;
        this.removal = new Removal(vertx, name, () -> api.delete("/containers/" + name + "?force=true&v=true"));
    }

    @Override
    public Future<ContainerProcess> start(Order order, Sink sink) {
        return api.post("/containers/" + name + "/exec", instance(order)).compose(created -> {
            String id = created.getString("Id");
            return api.upgrade("/exec/" + id + "/start", begin(order))
                    .map(stream -> new EngineProcess.Talk(id, stream, order.terminal() != null))
                    .map(talk -> new EngineProcess(vertx, api, talk, sink).begin());
        });
    }

    /** What all that ran in it has used: ContainerStats, whose "one-shot" does not wait to compare. */
    @Override
    public Future<Usage> usage(Stage stage) {
        return api.get("/containers/" + name + "/stats?stream=false&one-shot=true")
                .map(EngineContainer::usage);
    }

    @Override
    public boolean isWatched() {
        return true;
    }

    @Override
    public Future<Boolean> ranOutOfMemory(Stage stage) {
        return new Polling(vertx, MOST_QUESTIONS, PAUSE)
                .until(
                        killed -> killed,
                        () -> api.get("/containers/" + name + "/json")
                                .map(container ->
                                        container.getJsonObject("State").getBoolean("OOMKilled", false)));
    }

    @Override
    public Future<Void> remove() {
        return removal.start();
    }

    private static JsonObject instance(Order order) {
        JsonObject instance = new JsonObject()
                .put("Cmd", new JsonArray(order.command()))
                .put("AttachStdin", order.hasInput())
                .put("AttachStdout", true)
                .put("AttachStderr", true)
                .put("Tty", order.terminal() != null)
                .put("DetachKeys", DETACH_KEYS);
        return resize(instance, order.terminal());
    }

    private static JsonObject begin(Order order) {
        JsonObject begin = new JsonObject().put("Detach", false).put("Tty", order.terminal() != null);
        return resize(begin, order.terminal());
    }

    /** Docker reads the first, Podman the others. */
    private static JsonObject resize(JsonObject body, Window window) {
        return window == null
                ? body
                : body.put("ConsoleSize", new JsonArray().add(window.rows()).add(window.columns()))
                        .put("h", window.rows())
                        .put("w", window.columns());
    }

    /**
     * The page cache is left out, as in Docker's own formula; {@code max_usage} is there with control groups 1 only.
     */
    private static Usage usage(JsonObject stats) {
        JsonObject memory = stats.getJsonObject("memory_stats", new JsonObject());
        JsonObject parts = memory.getJsonObject("stats", new JsonObject());
        long cache = parts == null ? 0 : parts.getLong("inactive_file", parts.getLong("cache", 0L));
        long heldBytes = Math.max(memory.getLong("usage", 0L) - cache, memory.getLong("max_usage", 0L));
        JsonObject cpu =
                stats.getJsonObject("cpu_stats", new JsonObject()).getJsonObject("cpu_usage", new JsonObject());
        return new Usage(cpu.getLong("total_usage", 0L) / 1_000, heldBytes);
    }
}
