package lyceum.chaos;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Supplier;
import lyceum.platform.embedded.EmbeddedStore;

/** A server that keeps its address and its data when it is killed and started again. */
final class RestartableStore implements AutoCloseable {

    private final Supplier<EmbeddedStore> start;
    private final Forward address;

    private EmbeddedStore store;

    RestartableStore(Supplier<EmbeddedStore> start) throws IOException {
        this.start = start;
        store = start.get();
        address = new Forward(ownPort());
    }

    /** @return where it is whenever it runs, password included */
    String url() {
        return store.url().replace(":" + ownPort(), ":" + address.port());
    }

    /** @return where it is now, with nothing in between */
    String ownUrl() {
        return store.url();
    }

    private int ownPort() {
        return URI.create(store.url()).getPort();
    }

    /** Kills it with SIGKILL, all of its processes. */
    void kill() {
        String port = Integer.toString(ownPort());
        List<ProcessHandle> servers = ProcessHandle.current()
                .descendants()
                .filter(process -> commandLine(process).contains(port))
                .toList();
        servers.forEach(ProcessHandle::destroyForcibly);
        servers.forEach(server -> server.onExit().join());
        address.cut();
        store.close();
    }

    /** Starts it with what was on the disk. */
    void start() {
        store = start.get();
        address.to(ownPort());
    }

    /** Servers call themselves by their port, in a way that Java does not see. */
    private static String commandLine(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), "cmdline"));
        } catch (IOException e) {
            return ""; // it has just ended
        }
    }

    @Override
    public void close() throws IOException {
        address.close();
        store.close();
    }
}
