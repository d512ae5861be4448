package lyceum.sandbox.internal;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Locale;
import lyceum.sandbox.SandboxSession.Stage;

/**
 * A pod with all walls that can be asked for: the "restricted" profile of Pod Security and more. Each step of a task
 * has a container of its own with its own limits; they share the file systems, which are in memory, and nothing else.
 */
record PodRecipe(PodConfig config, Room room) {

    /** For what may be written beside the file systems, which is nothing but a few lines of the log. */
    private static final String DISK = "16Mi";

    private static final List<String> PLACES = List.of(ContainerScript.DIRECTORY, "/tmp", "/dev/shm");

    JsonObject toJson(String name) {
        JsonObject labels = new JsonObject()
                .put(ContainerConfig.LABEL, ContainerConfig.SANDBOX)
                .put(ContainerConfig.OWNER_LABEL, config.containers().owner());
        return new JsonObject()
                .put("apiVersion", "v1")
                .put("kind", "Pod")
                .put("metadata", new JsonObject().put("name", name).put("labels", labels))
                .put("spec", spec());
    }

    /** @return the name of the container for a stage */
    static String container(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }

    private JsonObject spec() {
        JsonObject spec = new JsonObject()
                .put("automountServiceAccountToken", false)
                .put("enableServiceLinks", false)
                .put("restartPolicy", "Never")
                .put("terminationGracePeriodSeconds", 0)
                .put("activeDeadlineSeconds", config.containers().life().toSeconds())
                .put("hostname", ContainerConfig.SANDBOX)
                // Nobody to ask for names, also where no policy forbids it.
                .put("dnsPolicy", "None")
                .put("dnsConfig", new JsonObject().put("nameservers", new JsonArray().add("127.0.0.1")))
                .put("securityContext", podSecurity())
                .put(
                        "containers",
                        new JsonArray(
                                room.spaces().stream().map(this::container).toList()))
                .put("volumes", volumes());
        if (!config.runtimeClass().isEmpty()) {
            spec.put("runtimeClassName", config.runtimeClass());
        }
        if (config.hasOwnUsers()) {
            spec.put("hostUsers", false);
        }
        return spec;
    }

    private static JsonObject podSecurity() {
        return new JsonObject()
                .put("runAsNonRoot", true)
                .put("runAsUser", ContainerConfig.USER)
                .put("runAsGroup", ContainerConfig.USER)
                .put("fsGroup", ContainerConfig.USER)
                .put("seccompProfile", new JsonObject().put("type", "RuntimeDefault"));
    }

    private JsonObject container(Room.Space space) {
        String life = Long.toString(config.containers().life().toSeconds());
        return new JsonObject()
                .put("name", container(space.stage()))
                .put("image", room.image())
                .put("imagePullPolicy", "IfNotPresent")
                .put("command", new JsonArray(ContainerScript.SLEEP.command(List.of(life))))
                .put("workingDir", ContainerScript.DIRECTORY)
                .put("resources", resources(space))
                .put("securityContext", security())
                .put("volumeMounts", mounts());
    }

    /** Asked for is what is given: who has both alike is thrown out of a node last. */
    private JsonObject resources(Room.Space space) {
        JsonObject amounts = new JsonObject()
                .put("cpu", config.milliCpus() + "m")
                .put("memory", Long.toString(space.memoryBytes()))
                .put("ephemeral-storage", DISK);
        return new JsonObject().put("requests", amounts).put("limits", amounts.copy());
    }

    private static JsonObject security() {
        return new JsonObject()
                .put("allowPrivilegeEscalation", false)
                .put("privileged", false)
                .put("readOnlyRootFilesystem", true)
                .put("runAsNonRoot", true)
                .put("capabilities", new JsonObject().put("drop", new JsonArray().add("ALL")));
    }

    private static JsonArray mounts() {
        JsonArray mounts = new JsonArray();
        PLACES.forEach(place -> mounts.add(mount(place)));
        return mounts.add(mount(ContainerScript.OURS));
    }

    private static JsonObject mount(String place) {
        return new JsonObject().put("name", volume(place)).put("mountPath", place);
    }

    private JsonArray volumes() {
        JsonArray volumes = new JsonArray();
        PLACES.forEach(place -> volumes.add(inMemory(place, Long.toString(room.fileBytes()))));
        return volumes.add(inMemory(ContainerScript.OURS, "1Mi"));
    }

    private static JsonObject inMemory(String place, String size) {
        JsonObject directory = new JsonObject().put("medium", "Memory").put("sizeLimit", size);
        return new JsonObject().put("name", volume(place)).put("emptyDir", directory);
    }

    private static String volume(String place) {
        return place.substring(1).replace('/', '-');
    }
}
