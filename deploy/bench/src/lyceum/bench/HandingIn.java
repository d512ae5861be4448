package lyceum.bench;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Students who each hand in the same, and watch it being graded. */
final class HandingIn {

    private static final Pattern TOKEN = Pattern.compile("\"access_token\"\\s*:\\s*\"([^\"]+)\"");
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"([0-9a-f]{32})\"");
    private static final String BOUNDARY = "a-boundary-that-no-file-has";
    private static final Duration LIMIT = Duration.ofMinutes(2);

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicInteger students = new AtomicInteger();
    private final String base;
    private final byte[] form;

    /** @param answer content of the only file that is handed in */
    HandingIn(int port, String answer) throws IOException {
        base = "http://127.0.0.1:" + port;
        form = form(answer);
    }

    private static byte[] form(String answer) throws IOException {
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream entries = new ZipOutputStream(zip)) {
            entries.putNextEntry(new ZipEntry("roman.py"));
            entries.write(answer.getBytes(StandardCharsets.UTF_8));
        }
        ByteArrayOutputStream form = new ByteArrayOutputStream();
        form.writeBytes(text("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"package\"\r\n\r\npython\r\n"));
        form.writeBytes(text("--" + BOUNDARY
                + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"answer.zip\"\r\n\r\n"));
        form.writeBytes(zip.toByteArray());
        form.writeBytes(text("\r\n--" + BOUNDARY + "--\r\n"));
        return form.toByteArray();
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** One more student hands in; @return what was told when it was scored */
    String handIn() throws IOException, InterruptedException {
        String token = token("student" + students.incrementAndGet());
        String stored = send(request("/grading/homework/roman/hand-ins", token)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(BodyPublishers.ofByteArray(form)));
        String path = "/grading/hand-ins/" + found(ID, stored) + "/events";
        HttpResponse<InputStream> events =
                client.send(request(path, token).build(), BodyHandlers.ofInputStream());
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(events.body(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.contains("\"state\":\"Accepted\"")) {
                    return line;
                }
            }
        }
        throw new IOException("never accepted: " + stored);
    }

    private String token(String student) throws IOException, InterruptedException {
        return found(TOKEN, send(request("/token", "")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("username=%s&password=%s".formatted(student, student)))));
    }

    private HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path)).timeout(LIMIT);
        return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
        if (response.statusCode() >= 300) {
            throw new IOException(response.statusCode() + " " + response.body());
        }
        return response.body();
    }

    private static String found(Pattern pattern, String text) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException("nothing of " + pattern + " in " + text);
        }
        return matcher.group(1);
    }
}
