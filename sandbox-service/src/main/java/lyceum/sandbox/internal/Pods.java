package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Containers that are pods of a Kubernetes cluster: one task in each, which is then deleted. */
final class Pods implements Containers {

    private static final Duration PAUSE = Duration.ofMillis(200);
    /** Where the machines of clouds tell who they are, and more. */
    private static final List<String> CLOUD = List.of("169.254.169.254", "80");

    private final Vertx vertx;
    private final PodConfig config;
    private final PodApi api;

    Pods(Vertx vertx, PodConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.api = new PodApi(vertx, config);
    }

    @Override
    public Future<Void> prepare() {
        return api.list(ContainerConfig.LABEL + "=" + ContainerConfig.SANDBOX).compose(found -> {
            List<Future<Void>> removals = found.getJsonArray("items", new JsonArray()).stream()
                    .map(JsonObject.class::cast)
                    .map(pod -> pod.getJsonObject("metadata"))
                    .filter(this::isLeftOver)
                    .map(metadata -> new PodContainer(vertx, api, metadata.getString("name")).remove())
                    .toList();
            return Future.join(removals).mapEmpty();
        });
    }

    @Override
    public Future<Container> build(Room room) {
        String name = "lyceum-" + UUID.randomUUID();
        PodContainer container = new PodContainer(vertx, api, name);
        int questions = (int) (config.startLimit().toMillis() / PAUSE.toMillis()) + 1;
        Polling polling = new Polling(vertx, questions, PAUSE);
        return api.create(new PodRecipe(config, room).toJson(name))
                .compose(created ->
                        polling.until(PodStatus::isSettled, () -> api.read(name).map(PodStatus::new)))
                .<Container>map(status -> {
                    if (!status.isRunning()) {
                        throw new IllegalStateException("a pod does not start: " + status.reason());
                    }
                    return container;
                })
                .onFailure(error -> container.remove());
    }

    @Override
    public ContainerConfig config() {
        return config.containers();
    }

    @Override
    public String kernel() {
        return config.runtimeClass().matches(".*(gvisor|runsc).*") ? ContainerProof.GVISOR : "";
    }

    /** By their numbers: there is nobody in a pod who knows names. */
    @Override
    public Future<List<String>> forbidden() {
        return vertx.executeBlocking(
                        () -> InetAddress.getByName(config.api().getHost()).getHostAddress())
                .map(address -> List.of(address, Integer.toString(config.port()), CLOUD.get(0), CLOUD.get(1)));
    }

    @Override
    public String text() {
        return "pods" + (config.runtimeClass().isEmpty() ? "" : " of class " + config.runtimeClass());
    }

    @Override
    public void close() {
        api.close();
    }

    private boolean isLeftOver(JsonObject metadata) {
        String owner = metadata.getJsonObject("labels", new JsonObject()).getString(ContainerConfig.OWNER_LABEL, "");
        Instant created = Instant.parse(metadata.getString("creationTimestamp"));
        return owner.equals(config.containers().owner())
                || created.plus(config.containers().life()).isBefore(Instant.now());
    }
}
