package lyceum.launcher.backup;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import lyceum.platform.RedisAddress;

/**
 * The keys of one database of Redis, which is Lyceum's alone. Each travels as {@code DUMP} gives it, with the moment at which
 * it ends, so one key at a time stands in memory. A Redis reads what one of its own or an older version has dumped.
 *
 * <p>Blocks: it runs on the thread of the command line.
 */
final class Keys implements AutoCloseable {

    /** Leases and signs of life: who held them is gone when they come back. */
    private static final List<String> LEASES = List.of("lyceum:recorder", "lyceum:live:instances");

    private static final String LIVE_CHANNELS = "lyceum:live:channel:";

    private static final int SCAN_COUNT = 500;
    private static final long FOR_EVER = -1;
    private static final int END = -1;
    /** Redis takes no longer text ({@code proto-max-bulk-len}). */
    private static final int MOST_BYTES = 512 * 1024 * 1024;

    private static final Duration ANSWER_LIMIT = Duration.ofMinutes(2);

    private final Redis client;
    private final RedisConnection connection;

    /** @param url as {@code LYCEUM_REDIS_URL} has it */
    Keys(Vertx vertx, String url) {
        client = Redis.createClient(vertx, RedisAddress.options(url));
        connection = client.connect()
                .timeout(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .await();
    }

    /** @return how many keys were written; a key that Redis shows twice is written twice, which does no harm */
    long writeTo(OutputStream sink) throws IOException {
        DataOutputStream data = new DataOutputStream(sink);
        long count = 0;
        String cursor = "0";
        do {
            Response page =
                    ask(Request.cmd(Command.SCAN).arg(cursor).arg("COUNT").arg(SCAN_COUNT));
            cursor = page.get(0).toString();
            for (Response key : page.get(1)) {
                count += isLease(key.toString()) ? 0 : write(key.toBuffer(), data);
            }
        } while (!cursor.equals("0"));
        data.writeInt(END);
        data.flush();
        return count;
    }

    private static boolean isLease(String key) {
        return LEASES.contains(key) || key.startsWith(LIVE_CHANNELS);
    }

    private int write(Buffer key, DataOutputStream data) throws IOException {
        long now = System.currentTimeMillis();
        Response left = ask(Request.cmd(Command.PTTL).arg(key));
        Response dump = ask(Request.cmd(Command.DUMP).arg(key));
        if (dump == null) {
            // It has ended meanwhile.
            return 0;
        }
        data.writeInt(key.length());
        data.write(key.getBytes());
        data.writeLong(left.toLong() < 0 ? FOR_EVER : now + left.toLong());
        byte[] bytes = dump.toBuffer().getBytes();
        data.writeInt(bytes.length);
        data.write(bytes);
        return 1;
    }

    boolean isEmpty() {
        return ask(Request.cmd(Command.DBSIZE)).toLong() == 0;
    }

    /** Removes every key there is, and puts those of a backup in their place, but for those that have ended since. */
    void replace(InputStream source) throws IOException {
        ask(Request.cmd(Command.FLUSHDB));
        DataInputStream data = new DataInputStream(source);
        for (int length = data.readInt(); length != END; length = data.readInt()) {
            byte[] key = data.readNBytes(checked(length));
            long end = data.readLong();
            byte[] dump = data.readNBytes(checked(data.readInt()));
            if (end == FOR_EVER || end > System.currentTimeMillis()) {
                restore(key, end == FOR_EVER ? 0 : end, dump);
            }
        }
    }

    private void restore(byte[] key, long end, byte[] dump) {
        ask(Request.cmd(Command.RESTORE)
                .arg(Buffer.buffer(key))
                .arg(end)
                .arg(Buffer.buffer(dump))
                .arg("REPLACE")
                .arg("ABSTTL"));
    }

    private static int checked(int length) throws IOException {
        if (length < 0 || length > MOST_BYTES) {
            throw new IOException("not a dump of keys");
        }
        return length;
    }

    private Response ask(Request command) {
        return connection
                .send(command)
                .timeout(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .await();
    }

    @Override
    public void close() {
        connection.close().await();
        client.close().await();
    }
}
