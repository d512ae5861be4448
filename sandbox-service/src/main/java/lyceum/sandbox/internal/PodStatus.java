package lyceum.sandbox.internal;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import lyceum.sandbox.SandboxSession.Stage;

/** What the API server knows of a pod. */
final class PodStatus {

    /** Nothing becomes by itself of a pod that waits for one of these (kubelet, pkg/kubelet/images and container). */
    private static final Set<String> HOPELESS = Set.of(
            "ErrImagePull",
            "ImagePullBackOff",
            "ErrImageNeverPull",
            "InvalidImageName",
            "CreateContainerConfigError",
            "CreateContainerError",
            "RunContainerError");

    private final JsonObject status;

    /** @param pod as it was read */
    PodStatus(JsonObject pod) {
        this.status = pod.getJsonObject("status", new JsonObject());
    }

    /** @return whether all its containers run */
    boolean isRunning() {
        List<JsonObject> containers = objects("containerStatuses").toList();
        return !containers.isEmpty() && containers.stream().allMatch(each -> state(each, "running") != null);
    }

    /** @return whether it runs, or never will */
    boolean isSettled() {
        String phase = status.getString("phase", "");
        return isRunning() || phase.equals("Failed") || phase.equals("Succeeded") || HOPELESS.contains(waiting());
    }

    /** @return why it does not run, or an empty text where nobody says so */
    String reason() {
        String unmet = objects("conditions")
                .filter(condition -> "False".equals(condition.getString("status")))
                .map(condition -> condition.getString("message", ""))
                .findFirst()
                .orElse("");
        String text = status.getString("message", unmet);
        return (waiting() + " " + text).strip();
    }

    /** @return why the container of a stage has ended, an empty text where it has not */
    String end(Stage stage) {
        return objects("containerStatuses")
                .filter(container -> PodRecipe.container(stage).equals(container.getString("name")))
                .map(container -> state(container, "terminated"))
                .filter(Objects::nonNull)
                .map(end -> end.getString("reason", "Error"))
                .findFirst()
                .orElse("");
    }

    private String waiting() {
        return objects("containerStatuses")
                .map(container -> state(container, "waiting"))
                .filter(Objects::nonNull)
                .map(waiting -> waiting.getString("reason", ""))
                .findFirst()
                .orElse("");
    }

    private static JsonObject state(JsonObject container, String name) {
        return container.getJsonObject("state", new JsonObject()).getJsonObject(name);
    }

    private Stream<JsonObject> objects(String name) {
        return status.getJsonArray(name, new JsonArray()).stream().map(JsonObject.class::cast);
    }
}
