package lyceum.launcher.backup;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The keys of one database of Redis, which is Lyceum's alone. Each travels with the moment at which it ends: a stream by its
 * entries, every other key as {@code DUMP} gives it, so that one such key at a time stands in memory. A Redis reads what one
 * of its own or an older version has dumped.
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
    /** Where else the length of a dump stands: entries follow. Backups of format 1 have none. */
    private static final int STREAM = -2;
    /** Redis takes no longer text ({@code proto-max-bulk-len}). */
    private static final int MOST_BYTES = 512 * 1024 * 1024;

    private final Link redis;
    private final StreamKeys streams;

    /** @param url as {@code LYCEUM_REDIS_URL} has it */
    Keys(Vertx vertx, String url) {
        redis = new Link(vertx, url);
        streams = new StreamKeys(redis);
    }

    /** @return how many keys were written; a key that Redis shows twice is written twice, which does no harm */
    long writeTo(OutputStream sink) throws IOException {
        DataOutputStream data = new DataOutputStream(sink);
        long count = 0;
        String cursor = "0";
        do {
            Response page =
                    redis.ask(Request.cmd(Command.SCAN).arg(cursor).arg("COUNT").arg(SCAN_COUNT));
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
        long left = redis.ask(Request.cmd(Command.PTTL).arg(key)).toLong();
        long end = left < 0 ? FOR_EVER : now + left;
        Optional<Map<String, Response>> stream = streams.look(key);
        if (stream.isPresent()) {
            writeHead(key, end, data);
            data.writeInt(STREAM);
            streams.write(key, stream.get(), data);
            return 1;
        }
        Response dump = dump(key);
        if (dump == null) {
            // It has ended meanwhile.
            return 0;
        }
        writeHead(key, end, data);
        byte[] bytes = dump.toBuffer().getBytes();
        data.writeInt(bytes.length);
        data.write(bytes);
        return 1;
    }

    private static void writeHead(Buffer key, long end, DataOutputStream data) throws IOException {
        data.writeInt(key.length());
        data.write(key.getBytes());
        data.writeLong(end);
    }

    private Response dump(Buffer key) {
        return redis.send(Request.cmd(Command.DUMP).arg(key))
                .recover(error -> Future.failedFuture(
                        new IOException("Redis does not dump the key %s, which may be longer than %d bytes: %s"
                                .formatted(key, MOST_BYTES, error.getMessage()))))
                .await();
    }

    boolean isEmpty() {
        return redis.ask(Request.cmd(Command.DBSIZE)).toLong() == 0;
    }

    /** Removes every key there is, and puts those of a backup in their place, but for those that have ended since. */
    void replace(InputStream source) throws IOException {
        redis.ask(Request.cmd(Command.FLUSHDB));
        DataInputStream data = new DataInputStream(source);
        for (int length = data.readInt(); length != END; length = data.readInt()) {
            byte[] key = data.readNBytes(checked(length));
            long end = data.readLong();
            boolean isOver = end != FOR_EVER && end <= System.currentTimeMillis();
            int dumped = data.readInt();
            if (dumped == STREAM) {
                replaceStream(key, end, isOver, data);
                continue;
            }
            byte[] dump = data.readNBytes(checked(dumped));
            if (!isOver) {
                restore(key, end == FOR_EVER ? 0 : end, dump);
            }
        }
    }

    private void replaceStream(byte[] key, long end, boolean isOver, DataInputStream data) throws IOException {
        if (isOver) {
            StreamKeys.skip(data);
            return;
        }
        streams.replace(key, data);
        if (end != FOR_EVER) {
            redis.ask(Request.cmd(Command.PEXPIREAT).arg(Buffer.buffer(key)).arg(end));
        }
    }

    private void restore(byte[] key, long end, byte[] dump) {
        redis.ask(Request.cmd(Command.RESTORE)
                .arg(Buffer.buffer(key))
                .arg(end)
                .arg(Buffer.buffer(dump))
                .arg("REPLACE")
                .arg("ABSTTL"));
    }

    static int checked(int length) throws IOException {
        if (length < 0 || length > MOST_BYTES) {
            throw new IOException("not a dump of keys");
        }
        return length;
    }

    @Override
    public void close() {
        redis.close();
    }
}
