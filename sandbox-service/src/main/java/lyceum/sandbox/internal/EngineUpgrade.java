package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Turns a connection to an engine into a plain stream ("hijacking" in its documentation, at ContainerAttach).
 * Vert.x's HTTP client upgrades GET requests only, and this is a POST. The engine drops what comes before its answer,
 * so nothing is sent until then.
 */
final class EngineUpgrade {

    private static final int LONGEST_HEAD_BYTES = 16_384;
    private static final String END_OF_HEAD = "\r\n\r\n";

    private final NetSocket socket;
    private final Promise<Connection> answer = Promise.promise();
    private final Buffer head = Buffer.buffer();

    /**
     * A connection that is ours; it rests until its socket is resumed.
     *
     * @param first what the engine had written by then
     */
    record Connection(NetSocket socket, Buffer first) {}

    private EngineUpgrade(NetSocket socket) {
        this.socket = socket;
    }

    /**
     * @return the stream; or {@link ApiFailure} where the engine refused, another failure where it did not answer in
     *     time
     */
    static Future<Connection> ask(NetSocket socket, Buffer request, Duration limit) {
        EngineUpgrade upgrade = new EngineUpgrade(socket);
        socket.handler(upgrade::read);
        socket.exceptionHandler(upgrade.answer::tryFail);
        socket.closeHandler(closed -> upgrade.answer.tryFail("the engine closed the connection"));
        return socket.write(request)
                .compose(sent -> upgrade.answer.future())
                .timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .onFailure(error -> socket.close());
    }

    /** @return the question, in HTTP */
    static Buffer request(String host, String uri, JsonObject body) {
        Buffer content = body.toBuffer();
        String head = """
                POST %s HTTP/1.1
                Host: %s
                Content-Type: application/json
                Content-Length: %d
                Connection: Upgrade
                Upgrade: tcp

                """.formatted(uri, host, content.length());
        return Buffer.buffer(head.replace("\n", "\r\n")).appendBuffer(content);
    }

    private void read(Buffer piece) {
        head.appendBuffer(piece);
        String text = head.toString(StandardCharsets.ISO_8859_1);
        int end = text.indexOf(END_OF_HEAD);
        if (end < 0 && head.length() > LONGEST_HEAD_BYTES) {
            answer.tryFail("the engine's answer is none of HTTP");
        } else if (end >= 0) {
            socket.pause();
            judge(text.substring(0, text.indexOf("\r\n")), end + END_OF_HEAD.length());
        }
    }

    /** Engines that do not upgrade say 200, and do the same. */
    private void judge(String status, int end) {
        if (status.matches("HTTP/1\\.1 (101|200)( .*)?")) {
            answer.tryComplete(new Connection(socket, head.getBuffer(end, head.length())));
        } else if (status.matches("HTTP/1\\.1 [45]\\d\\d( .*)?")) {
            int code = Integer.parseInt(status.substring(9, 12));
            answer.tryFail(new ApiFailure(code, "the engine does not start a command: " + status));
        } else {
            answer.tryFail("the engine's answer is no upgrade: " + status);
        }
    }
}
