package lyceum.launcher.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import lyceum.platform.RedisAddress;
import lyceum.platform.TestRedis;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeysTest {

    /** The smallest that Redis takes for it, and the usual one. */
    private static final String SHORT_TEXTS = "1mb";

    private static final String USUAL_TEXTS = "512mb";

    private final Vertx vertx = Vertx.vertx();
    private final String fromUrl = TestRedis.freshDatabase(vertx);
    private final String toUrl = TestRedis.freshDatabase(vertx);
    private final Redis from = Redis.createClient(vertx, RedisAddress.options(fromUrl));
    private final Redis to = Redis.createClient(vertx, RedisAddress.options(toUrl));

    @AfterEach
    void close() {
        from.close().eventually(to::close).eventually(vertx::close).await();
    }

    /** As little as a Redis takes stands for the most that one takes. */
    @Test
    void takeAStreamThatIsLongerThanATextOfRedis() throws IOException {
        byte[] frame = new byte[100_000];
        new Random(1).nextBytes(frame);
        for (int i = 1; i <= 30; i++) {
            ask(
                    from,
                    Request.cmd(Command.XADD)
                            .arg("main")
                            .arg("7-" + i)
                            .arg("d")
                            .arg(Buffer.buffer(frame))
                            .arg("n")
                            .arg(i));
        }
        ask(from, "CONFIG", "SET", "proto-max-bulk-len", SHORT_TEXTS);
        try {
            replace(written());
        } finally {
            ask(from, "CONFIG", "SET", "proto-max-bulk-len", USUAL_TEXTS);
        }

        Response entries = ask(to, "XRANGE", "main", "-", "+");
        assertThat(entries).hasSize(30);
        assertThat(entries.get(29).get(0)).hasToString("7-30");
        assertThat(entries.get(29).get(1).get(1).toBuffer()).isEqualTo(Buffer.buffer(frame));
        assertThat(entries.get(29).get(1).get(3)).hasToString("30");
    }

    @Test
    void keepWhatElseIsKnownOfAStream() throws IOException {
        ask(from, "XADD", "trimmed", "1-1", "d", "x");
        ask(from, "XADD", "trimmed", "9-9", "d", "x");
        ask(from, "XDEL", "trimmed", "9-9");
        ask(from, "PEXPIRE", "trimmed", "600000");
        ask(from, "XADD", "empty", "3-3", "d", "x");
        ask(from, "XDEL", "empty", "3-3");
        ask(from, "XADD", "grouped", "5-5", "d", "x");
        ask(from, "XGROUP", "CREATE", "grouped", "readers", "5-5");

        replace(written());

        assertThat(Long.parseLong(ask(to, "PTTL", "trimmed").toString())).isBetween(1L, 600_000L);
        for (String stream : new String[] {"trimmed", "empty", "grouped"}) {
            assertThat(told(to, stream)).as(stream).isEqualTo(told(from, stream));
        }
        assertThat(ask(to, "XINFO", "GROUPS", "grouped"))
                .hasToString(ask(from, "XINFO", "GROUPS", "grouped").toString());
    }

    /** Two are read at once, and Redis refuses to look behind the second. */
    @Test
    void takeAStreamThatEndsWithTheHighestId() throws IOException {
        ask(from, "XADD", "full", "1-1", "d", "x");
        ask(from, "XADD", "full", "18446744073709551615-18446744073709551615", "d", "y");

        replace(written());

        assertThat(ask(to, "XRANGE", "full", "-", "+"))
                .hasToString(ask(from, "XRANGE", "full", "-", "+").toString());
    }

    @Test
    void passOverAStreamThatHasEndedSince() throws IOException {
        ask(from, "XADD", "ended", "1-1", "d", "x");
        ask(from, "PEXPIREAT", "ended", Long.toString(System.currentTimeMillis() + 600_000));
        byte[] written = written();
        // Nobody waits for ten minutes: the moment is in the eight bytes behind the key.
        for (int i = 0; i < Long.BYTES; i++) {
            written[Integer.BYTES + "ended".length() + i] = 0;
        }

        replace(written);

        assertThat(ask(to, "DBSIZE")).hasToString("0");
    }

    /** What programs before this one have written. */
    @Test
    void takeAStreamInOnePiece() throws IOException {
        ask(from, "XADD", "main", "1-1", "d", "x");
        byte[] dump = ask(from, "DUMP", "main").toBuffer().getBytes();
        ByteArrayOutputStream old = new ByteArrayOutputStream();
        DataOutputStream data = new DataOutputStream(old);
        data.writeInt(4);
        data.write("main".getBytes(StandardCharsets.US_ASCII));
        data.writeLong(-1);
        data.writeInt(dump.length);
        data.write(dump);
        data.writeInt(-1);

        replace(old.toByteArray());

        assertThat(ask(to, "XRANGE", "main", "-", "+")).hasToString("[[1-1, [d, x]]]");
    }

    private static String told(Redis redis, String stream) {
        StringBuilder told = new StringBuilder();
        Response pairs = ask(redis, "XINFO", "STREAM", stream);
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            if (!pairs.get(i).toString().startsWith("radix-tree")) {
                told.append(pairs.get(i)).append('=').append(pairs.get(i + 1)).append(' ');
            }
        }
        return told.toString();
    }

    private byte[] written() throws IOException {
        ByteArrayOutputStream sink = new ByteArrayOutputStream();
        try (Keys keys = new Keys(vertx, fromUrl)) {
            keys.writeTo(sink);
        }
        return sink.toByteArray();
    }

    private void replace(byte[] written) throws IOException {
        try (Keys keys = new Keys(vertx, toUrl)) {
            keys.replace(new ByteArrayInputStream(written));
        }
    }

    private static Response ask(Redis redis, String... words) {
        Request request = Request.cmd(Command.create(words[0]));
        for (int i = 1; i < words.length; i++) {
            request.arg(words[i]);
        }
        return ask(redis, request);
    }

    private static Response ask(Redis redis, Request request) {
        return redis.send(request).await();
    }
}
