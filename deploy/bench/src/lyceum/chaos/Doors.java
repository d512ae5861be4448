package lyceum.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A client of all gateways, by turns. */
final class Doors {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .build();
    private final AtomicInteger turn = new AtomicInteger();
    private final List<Integer> ports = new CopyOnWriteArrayList<>();

    /** From now on that gateway is asked, too. */
    void open(int port) {
        ports.add(port);
    }

    /** From now on that gateway is asked no more. */
    void close(int port) {
        ports.remove(Integer.valueOf(port));
    }

    /** An answer that is not what was asked for. */
    static final class Refused extends IOException {

        private static final long serialVersionUID = 1;

        private final int status;

        Refused(int status, String text) {
            super(status + " " + text);
            this.status = status;
        }

        int status() {
            return status;
        }
    }

    /** @return the body of an answer that is a success */
    String form(String method, String path, String token, Map<String, String> fields)
            throws IOException, InterruptedException {
        String body = fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        return send(method, path, token, "application/x-www-form-urlencoded", body);
    }

    String json(String path, String token, String body) throws IOException, InterruptedException {
        return send("POST", path, token, "application/json", body);
    }

    String get(String path) throws IOException, InterruptedException {
        return send("GET", path, "", "text/plain", "");
    }

    private String send(String method, String path, String token, String type, String body)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                .timeout(LIMIT)
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofString(body));
        if (!token.isEmpty()) {
            request.header("Authorization", "Bearer " + token);
        }
        HttpResponse<String> answer = client.send(request.build(), BodyHandlers.ofString());
        if (answer.statusCode() >= 300) {
            throw new Refused(answer.statusCode(), answer.body());
        }
        return answer.body();
    }

    /** @return a token of the profile dev */
    String token(String user, String roles) throws IOException, InterruptedException {
        String answer = form("POST", "/token", "", Map.of("username", user, "password", user, "roles", roles));
        return found(Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\""), answer);
    }

    WebSocket open(String path, String token, WebSocket.Listener listener) throws IOException, InterruptedException {
        WebSocket.Builder builder = client.newWebSocketBuilder().connectTimeout(LIMIT);
        if (!token.isEmpty()) {
            builder.header("Authorization", "Bearer " + token);
        }
        try {
            return builder.buildAsync(URI.create("ws://127.0.0.1:" + port() + path), listener)
                    .get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("no WebSocket: " + e.getMessage(), e);
        }
    }

    private int port() {
        Integer[] all = ports.toArray(Integer[]::new);
        return all[Math.floorMod(turn.getAndIncrement(), all.length)];
    }

    static String found(Pattern pattern, String text) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException("nothing of " + pattern + " in " + text);
        }
        return matcher.group(1);
    }
}
