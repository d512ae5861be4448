import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Asks OSV for every advisory of the artifacts in a bill of materials, in whatever version, and writes a file for each:
 * ids, names, ranges, nothing else. All are fetched before one is written, so that a broken connection leaves the old ones.
 *
 * <p>Arguments: bom.json, the directory of the files, the address of the server.
 */
final class Refresh {

    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** Some hundred are known of all that we use; more than that is no answer. */
    private static final int MOST_ADVISORIES = 5_000;

    private static final int MOST_PAGES = 100;

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String server;

    private Refresh(String server) {
        this.server = server;
    }

    public static void main(String[] words) throws Exception {
        Set<String> artifacts = artifacts(Path.of(words[0]));
        Refresh refresh = new Refresh(words[2]);
        Map<String, ObjectNode> found = new TreeMap<>();
        for (String artifact : artifacts) {
            for (String id : refresh.idsOf(artifact)) {
                if (found.size() >= MOST_ADVISORIES) {
                    throw new IOException("more than %d advisories".formatted(MOST_ADVISORIES));
                }
                if (!found.containsKey(id)) {
                    found.put(id, reduced(refresh.get("/v1/vulns/" + id), artifacts));
                }
            }
        }
        write(found, Path.of(words[1]));
        System.out.printf("%d advisories of %d artifacts%n", found.size(), artifacts.size());
    }

    /** @return {@code group:name} of everything that is not ours */
    private static Set<String> artifacts(Path bom) throws IOException {
        Set<String> artifacts = new TreeSet<>();
        for (JsonNode component : JSON.readTree(bom.toFile()).path("components")) {
            String group = component.path("group").asText();
            if (!group.equals("lyceum")) {
                artifacts.add(group + ':' + component.path("name").asText());
            }
        }
        return artifacts;
    }

    private Set<String> idsOf(String artifact) throws IOException, InterruptedException {
        Set<String> ids = new TreeSet<>();
        String page = "";
        for (int pages = 0; pages < MOST_PAGES; pages++) {
            ObjectNode question = JSON.createObjectNode();
            question.putObject("package").put("ecosystem", "Maven").put("name", artifact);
            if (!page.isEmpty()) {
                question.put("page_token", page);
            }
            JsonNode answer = send(HttpRequest.newBuilder()
                    .POST(BodyPublishers.ofString(question.toString()))
                    .header("Content-Type", "application/json"), "/v1/query");
            answer.path("vulns").forEach(advisory -> ids.add(checked(advisory.path("id").asText())));
            page = answer.path("next_page_token").asText("");
            if (page.isEmpty()) {
                return ids;
            }
        }
        throw new IOException(artifact + ": more than %d pages".formatted(MOST_PAGES));
    }

    /** It becomes the name of a file. */
    private static String checked(String id) {
        if (!id.matches("[A-Za-z0-9][A-Za-z0-9-]{1,60}")) {
            throw new IllegalArgumentException("no id: " + id);
        }
        return id;
    }

    private JsonNode get(String path) throws IOException, InterruptedException {
        return send(HttpRequest.newBuilder().GET(), path);
    }

    private JsonNode send(HttpRequest.Builder request, String path) throws IOException, InterruptedException {
        HttpResponse<String> response =
                http.send(request.uri(URI.create(server + path)).timeout(PATIENCE).build(), BodyHandlers.ofString());
        if (response.statusCode() != 200) {
            throw new IOException("%s%s answers %d".formatted(server, path, response.statusCode()));
        }
        return JSON.readTree(response.body());
    }

    /** What has been withdrawn affects nothing. */
    private static ObjectNode reduced(JsonNode advisory, Set<String> artifacts) {
        ObjectNode reduced = JSON.createObjectNode();
        for (String member : List.of("schema_version", "id", "modified", "aliases")) {
            if (advisory.has(member)) {
                reduced.set(member, advisory.get(member));
            }
        }
        ArrayNode affected = reduced.putArray("affected");
        if (advisory.has("withdrawn")) {
            return reduced;
        }
        for (JsonNode one : advisory.path("affected")) {
            JsonNode named = one.path("package");
            if (named.path("ecosystem").asText().equals("Maven") && artifacts.contains(named.path("name").asText())) {
                ObjectNode kept = affected.addObject();
                kept.putObject("package")
                        .put("ecosystem", "Maven")
                        .put("name", named.path("name").asText());
                kept.set("ranges", one.path("ranges").isMissingNode() ? JSON.createArrayNode() : one.get("ranges"));
                if (!one.has("ranges") && one.has("versions")) {
                    kept.set("versions", one.get("versions"));
                }
            }
        }
        return reduced;
    }

    private static void write(Map<String, ObjectNode> found, Path directory) throws IOException {
        Files.createDirectories(directory);
        try (DirectoryStream<Path> old = Files.newDirectoryStream(directory, "*.json")) {
            for (Path file : old) {
                Files.delete(file);
            }
        }
        for (Map.Entry<String, ObjectNode> advisory : found.entrySet()) {
            Files.writeString(
                    directory.resolve(advisory.getKey() + ".json"), JSON.writeValueAsString(advisory.getValue()) + "\n");
        }
    }
}
