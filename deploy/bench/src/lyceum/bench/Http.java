package lyceum.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Single requests to one server on 127.0.0.1, where not the client is what is measured. */
final class Http {

    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final int port;

    Http(int port) {
        this.port = port;
    }

    /** @throws IOException where the answer is not 200 */
    String get(String path) throws IOException, InterruptedException {
        try (InputStream body = open(path)) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** @return the body as it comes */
    InputStream open(String path) throws IOException, InterruptedException {
        return send(request(path).build());
    }

    String form(String method, String path, Map<String, String> fields) throws IOException, InterruptedException {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return form(method, path, BodyPublishers.ofString(body));
    }

    /** @param body urlencoded */
    String form(String method, String path, BodyPublisher body) throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .method(method, body)
                .build();
        try (InputStream answer = send(request)) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** @return a token of the profile dev */
    String token() throws IOException, InterruptedException {
        String answer = form("POST", "/token", Map.of("username", "bench", "password", "bench"));
        Matcher token = TOKEN.matcher(answer);
        if (!token.find()) {
            throw new IOException("no token in " + answer);
        }
        return token.group(1);
    }

    /** @return the outcome of a Python program, as JSON */
    String run(String token, String source) throws IOException, InterruptedException {
        String program = source.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
        return json(
                "/sandbox/runs",
                token,
                "{\"language\":\"python3\",\"limits\":{\"outputBytes\":2097152},\"source\":\"" + program + "\"}");
    }

    /** @return the body of the answer */
    String json(String path, String token, String body) throws IOException, InterruptedException {
        HttpRequest request = request(path)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body))
                .build();
        try (InputStream answer = send(request)) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(LIMIT);
    }

    private InputStream send(HttpRequest request) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
        if (response.statusCode() != 200) {
            String text = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
            throw new IOException(
                    "%s %s: %d %s".formatted(request.method(), request.uri().getPath(), response.statusCode(), text));
        }
        return response.body();
    }
}
