package lyceum.launcher.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Client;
import lyceum.launcher.wire.Heard;
import lyceum.launcher.wire.Request;
import lyceum.launcher.wire.RunningSuite;
import lyceum.launcher.wire.Socket;
import lyceum.launcher.wire.Sockets;

/** All who use a suite beside the client whose traffic is replayed: they have a token, and push and ask with it. */
final class Visitors {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Pattern PUSH_ONE = Pattern.compile("push \"(\\w+)\" to (\\w+), wait for the ack");
    private static final Pattern PUSH_BATCH = Pattern.compile("push a batch of three entries ([\\w ]+) to (\\w+)");
    private static final Pattern PUSH_WITH_ID = Pattern.compile("push an entry with id ([\\d-]+) to (\\w+)");

    private final Client http;
    private final Sockets sockets;
    private final int port;
    private final String token;

    private Visitors(Client http, Sockets sockets, int port, String token) {
        this.http = http;
        this.sockets = sockets;
        this.port = port;
        this.token = token;
    }

    static Visitors of(RunningSuite suite) {
        Answer answer = suite.client()
                .send(Request.form("POST", "/token", "username=test&password=test"))
                .await();
        assertThat(answer.status())
                .as("answer to the wish for a token: " + answer)
                .isEqualTo(200);
        return new Visitors(
                suite.client(),
                Sockets.of(suite.vertx()),
                suite.port(),
                answer.json().required("access_token").asText());
    }

    String token() {
        return token;
    }

    Answer send(Request request) {
        return http.send(request).await();
    }

    /** @return the answer to a question of somebody who has a token */
    JsonNode get(String target) {
        Answer answer = send(Request.of("GET", target).with("Authorization", "Bearer " + token));
        assertThat(answer.status()).as("answer to GET %s: %s", target, answer).isEqualTo(200);
        return answer.json();
    }

    Socket.Opening open(String target, Map<String, String> headers) {
        return sockets.open(port, target, headers);
    }

    /** @return a socket of somebody who has a token */
    Socket open(String target) {
        return open(target, Map.of("Authorization", "Bearer " + token)).accepted();
    }

    /** Does what a recording says in words. */
    void act(String words) {
        Matcher one = PUSH_ONE.matcher(words);
        Matcher batch = PUSH_BATCH.matcher(words);
        Matcher withId = PUSH_WITH_ID.matcher(words);
        if (one.matches()) {
            push(one.group(2), List.of(one.group(1)));
        } else if (batch.matches()) {
            push(batch.group(2), Arrays.asList(batch.group(1).split(" ")));
        } else if (withId.matches()) {
            pushAll("[[\"%s\",\"%s\",1]]".formatted(withId.group(2), withId.group(1)), Buffer.buffer("x"));
        } else {
            throw new IllegalArgumentException("nobody knows how to " + words);
        }
    }

    /** Appends texts in one message. */
    void push(String stream, List<String> texts) {
        Buffer blob = Buffer.buffer();
        List<String> header = texts.stream()
                .map(text ->
                        "[\"%s\",%d]".formatted(stream, blob.appendString(text).length()))
                .toList();
        pushAll(header.toString(), blob);
    }

    /** Appends entries of any streams in one message. */
    void pushAll(String header, Buffer blob) {
        try (Socket socket = open("/data/*/push?batch=true&ack=true")) {
            socket.send(header);
            socket.send(blob);
            Optional<Heard> ack = socket.hear(PATIENCE);
            assertThat(ack).as("acknowledgement").get().isInstanceOf(Heard.Text.class);
        }
    }
}
