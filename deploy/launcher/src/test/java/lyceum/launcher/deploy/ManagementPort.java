package lyceum.launcher.deploy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Set;
import lyceum.launcher.SmallHouse;
import lyceum.launcher.Suite;

/** The operator's port of a program in which no service is. */
final class ManagementPort implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final Suite suite;

    private ManagementPort(Suite suite) {
        this.suite = suite;
    }

    static ManagementPort open() {
        // Nobody is there, and nobody asks.
        Map<String, String> environment = Map.of(
                "LYCEUM_POSTGRES_URL", "postgresql://lyceum:secret@127.0.0.1:1/lyceum",
                "LYCEUM_REDIS_URL", "redis://127.0.0.1:1",
                "LYCEUM_MANAGEMENT_HOST", "127.0.0.1",
                "LYCEUM_MANAGEMENT_PORT", "0");
        return new ManagementPort(
                SmallHouse.start(environment, Set.of("none of them")).await());
    }

    int port() {
        return suite.managementPort();
    }

    int status(String path) throws IOException, InterruptedException {
        return get(path).statusCode();
    }

    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        URI uri = URI.create("http://127.0.0.1:" + port() + path);
        return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }

    @Override
    public void close() {
        suite.close().await();
    }
}
