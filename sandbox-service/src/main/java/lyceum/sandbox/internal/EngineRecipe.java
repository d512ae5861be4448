package lyceum.sandbox.internal;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * What an engine is asked for: a container with all walls that it can build, and nothing of the host in it. What is not
 * said stays the engine's default, which is what we want of seccomp, AppArmor, masked paths and devices.
 *
 * <p>A container without a network still has the loopback device. Its root is read-only; what can be written are file
 * systems in memory, which count as such. That is also why files do not go in by {@code PUT …/archive}: the engine
 * refuses that for a read-only root, and would write below the mounts.
 */
record EngineRecipe(EngineConfig config, Room room) {

    /** What a runtime with a kernel of its own, such as gVisor, may need for itself. */
    private static final int RUNTIME_PROCESSES = 256;
    /** The engine refuses less. */
    private static final long LEAST_MEMORY_BYTES = 6L << 20;

    JsonObject toJson() {
        String life = Long.toString(config.containers().life().toSeconds());
        return new JsonObject()
                .put("Image", room.image())
                .put("Entrypoint", new JsonArray(ContainerScript.SLEEP.command(List.of(life))))
                .put("Cmd", new JsonArray())
                .put("WorkingDir", ContainerScript.DIRECTORY)
                .put("User", ContainerConfig.USER + ":" + ContainerConfig.USER)
                .put("Hostname", ContainerConfig.SANDBOX)
                .put("NetworkDisabled", true)
                .put("StopSignal", "SIGKILL")
                .put("StopTimeout", 0)
                .put("Healthcheck", new JsonObject().put("Test", new JsonArray().add("NONE")))
                .put("Labels", labels())
                .put("HostConfig", host());
    }

    private JsonObject labels() {
        return new JsonObject()
                .put(ContainerConfig.LABEL, ContainerConfig.SANDBOX)
                .put(ContainerConfig.OWNER_LABEL, config.containers().owner());
    }

    private JsonObject host() {
        JsonObject host = new JsonObject()
                .put("NetworkMode", "none")
                .put("ReadonlyRootfs", true)
                .put("CapDrop", new JsonArray().add("ALL"))
                .put("SecurityOpt", new JsonArray().add("no-new-privileges"))
                .put("IpcMode", "private")
                .put("CgroupnsMode", "private")
                .put("Init", false)
                .put("AutoRemove", false)
                .put("LogConfig", new JsonObject().put("Type", "none"));
        return limit(host);
    }

    private JsonObject limit(JsonObject host) {
        long memoryBytes = Math.max(LEAST_MEMORY_BYTES, room.memoryBytes());
        int ours = ContainerLaunch.OUR_PROCESSES + (config.runtime().isEmpty() ? 0 : RUNTIME_PROCESSES);
        host.put("Memory", memoryBytes)
                .put("MemorySwap", memoryBytes) // both together: no swap
                .put("PidsLimit", room.processes() + ours)
                .put("ShmSize", room.fileBytes())
                .put("Tmpfs", fileSystems())
                .put(
                        "Ulimits",
                        new JsonArray()
                                .add(ulimit("core", 0))
                                .add(ulimit("nofile", 1_024))
                                .add(ulimit("fsize", room.fileBytes())));
        if (config.milliCpus() > 0) {
            host.put("NanoCpus", config.milliCpus() * 1_000_000L);
        }
        if (!config.runtime().isEmpty()) {
            host.put("Runtime", config.runtime());
        }
        return host;
    }

    private JsonObject fileSystems() {
        String sized = "rw,exec,nosuid,nodev,mode=1777,size=" + room.fileBytes();
        return new JsonObject()
                .put(ContainerScript.DIRECTORY, sized)
                .put("/tmp", sized)
                .put(ContainerScript.OURS, "rw,noexec,nosuid,nodev,mode=1777,size=1m");
    }

    private static JsonObject ulimit(String name, long most) {
        return new JsonObject().put("Name", name).put("Soft", most).put("Hard", most);
    }
}
