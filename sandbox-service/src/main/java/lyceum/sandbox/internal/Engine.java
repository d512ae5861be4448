package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Containers of a Docker or Podman engine. Its API is that of root on its machine: whoever may run this service owns
 * that machine, unless the engine is rootless.
 *
 * <p>A container that lives on after its service died ends by itself after its life; the next service of the same owner
 * removes it at once, and any service removes what is older than the life.
 */
final class Engine implements Containers {

    private final Vertx vertx;
    private final EngineConfig config;
    private final EngineApi api;

    private String product = "a container engine";

    Engine(Vertx vertx, EngineConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.api = new EngineApi(vertx, config);
    }

    @Override
    public Future<Void> prepare() {
        return api.agree()
                .compose(agreed -> api.get("/version"))
                .onSuccess(version -> product = product(version))
                .compose(version -> api.get("/info"))
                .map(Engine::check)
                .compose(checked -> sweep());
    }

    @Override
    public Future<Container> build(Room room) {
        String name = "lyceum-" + UUID.randomUUID();
        EngineContainer container = new EngineContainer(vertx, api, name);
        return api.post("/containers/create?name=" + name, new EngineRecipe(config, room).toJson())
                .compose(created -> api.post("/containers/" + name + "/start", null))
                .<Container>map(container)
                .onFailure(error -> container.remove());
    }

    @Override
    public ContainerConfig config() {
        return config.containers();
    }

    @Override
    public String kernel() {
        return config.runtime().contains("runsc") ? ContainerProof.GVISOR : "";
    }

    @Override
    public Future<List<String>> forbidden() {
        return Future.succeededFuture(List.of());
    }

    @Override
    public String text() {
        return "containers of " + product + (config.runtime().isEmpty() ? "" : " (" + config.runtime() + ")");
    }

    @Override
    public void close() {
        api.close();
    }

    private Future<Void> sweep() {
        JsonObject filter = new JsonObject()
                .put("label", new JsonArray().add(ContainerConfig.LABEL + "=" + ContainerConfig.SANDBOX));
        String filters = URLEncoder.encode(filter.encode(), StandardCharsets.UTF_8);
        return api.list("/containers/json?all=true&filters=" + filters).compose(found -> {
            List<Future<Void>> removals = found.stream()
                    .map(JsonObject.class::cast)
                    .filter(this::isLeftOver)
                    .map(container -> new EngineContainer(vertx, api, container.getString("Id")).remove())
                    .toList();
            return Future.join(removals).mapEmpty();
        });
    }

    private boolean isLeftOver(JsonObject container) {
        String owner = container.getJsonObject("Labels").getString(ContainerConfig.OWNER_LABEL, "");
        Instant created = Instant.ofEpochSecond(container.getLong("Created"));
        return owner.equals(config.containers().owner())
                || created.plus(config.containers().life()).isBefore(Instant.now());
    }

    /** Engines on kernels without these control groups take limits, and do not keep them. */
    private static JsonObject check(JsonObject info) {
        for (String limit : List.of("MemoryLimit", "PidsLimit")) {
            if (!info.getBoolean(limit, false)) {
                throw new IllegalStateException("the engine cannot keep limits: its %s is false".formatted(limit));
            }
        }
        return info;
    }

    private static String product(JsonObject version) {
        JsonArray parts = version.getJsonArray("Components", new JsonArray());
        String name = parts.isEmpty() ? "Docker" : parts.getJsonObject(0).getString("Name", "Docker");
        return name + " " + version.getString("Version", "");
    }
}
