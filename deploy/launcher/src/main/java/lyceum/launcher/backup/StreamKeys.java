package lyceum.launcher.backup;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Streams, which become longer than a text of Redis can be, and than memory: they travel entry by entry. A stream that is
 * written while it grows is taken as long as it is when its turn comes.
 */
final class StreamKeys {

    private static final int END = -1;
    /** An entry may be a message of 16 MiB, of which the reader has copies, and a backup has 256 MiB of heap. */
    private static final int READ_AT_ONCE = 2;

    private static final int WRITTEN_AT_ONCE = 500;
    private static final int WRITTEN_AT_ONCE_BYTES = 4 * 1024 * 1024;

    private static final String LAST = "last-generated-id";
    private static final String ADDED = "entries-added";
    private static final String DELETED = "max-deleted-entry-id";

    private static final String UNKNOWN = "";
    private static final String NO_SUCH_KEY = "ERR no such key";

    private final Link redis;

    StreamKeys(Link redis) {
        this.redis = redis;
    }

    /**
     * @return what Redis tells of a key that travels so: a stream with entries, and without groups, of which Lyceum has none
     */
    Optional<Map<String, Response>> look(Buffer key) {
        if (!redis.ask(Request.cmd(Command.TYPE).arg(key)).toString().equals("stream")) {
            return Optional.empty();
        }
        return info(key)
                .filter(info ->
                        info.get("length").toLong() > 0 && info.get("groups").toLong() == 0);
    }

    /** @return empty where it has ended meanwhile */
    private Optional<Map<String, Response>> info(Buffer key) {
        Response pairs = redis.send(Request.cmd(Command.XINFO).arg("STREAM").arg(key))
                .recover(error -> String.valueOf(error.getMessage()).startsWith(NO_SUCH_KEY)
                        ? Future.succeededFuture()
                        : Future.failedFuture(error))
                .await();
        if (pairs == null) {
            return Optional.empty();
        }
        Map<String, Response> info = new HashMap<>();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            info.put(pairs.get(i).toString(), pairs.get(i + 1));
        }
        return Optional.of(info);
    }

    /** @param info as {@link #look} has told it */
    void write(Buffer key, Map<String, Response> info, DataOutputStream data) throws IOException {
        String last = info.get(LAST).toString();
        String read = "";
        Response page;
        do {
            page = redis.ask(Request.cmd(Command.XRANGE)
                    .arg(key)
                    .arg(read.isEmpty() ? "-" : "(" + read)
                    .arg(last)
                    .arg("COUNT")
                    .arg(READ_AT_ONCE));
            for (Response entry : page) {
                read = entry.get(0).toString();
                write(entry, data);
            }
            // Redis refuses to look behind the highest id there can be.
        } while (page.size() == READ_AT_ONCE && !read.equals(last));
        data.writeInt(END);
        data.writeUTF(last);
        // A Redis before 7.0 does not count them.
        data.writeUTF(text(info.get(ADDED)));
        data.writeUTF(text(info.get(DELETED)));
    }

    private static String text(Response value) {
        return value == null ? UNKNOWN : value.toString();
    }

    private static void write(Response entry, DataOutputStream data) throws IOException {
        Response fields = entry.get(1);
        data.writeInt(fields.size());
        data.writeUTF(entry.get(0).toString());
        for (Response field : fields) {
            byte[] bytes = field.toBuffer().getBytes();
            data.writeInt(bytes.length);
            data.write(bytes);
        }
    }

    /** Puts a stream in the place of what is there. */
    void replace(byte[] key, DataInputStream data) throws IOException {
        Buffer name = Buffer.buffer(key);
        redis.ask(Request.cmd(Command.DEL).arg(name));
        boolean isThere = false;
        List<Request> page = new ArrayList<>();
        long bytes = 0;
        for (int fields = data.readInt(); fields != END; fields = data.readInt()) {
            Request add = Request.cmd(Command.XADD).arg(name).arg(data.readUTF());
            for (int i = 0; i < fields; i++) {
                byte[] field = data.readNBytes(Keys.checked(data.readInt()));
                add.arg(Buffer.buffer(field));
                bytes += field.length;
            }
            page.add(add);
            isThere = true;
            if (page.size() == WRITTEN_AT_ONCE || bytes >= WRITTEN_AT_ONCE_BYTES) {
                redis.askAll(page);
                page.clear();
                bytes = 0;
            }
        }
        if (!page.isEmpty()) {
            redis.askAll(page);
        }
        Request set = Request.cmd(Command.XSETID).arg(name).arg(data.readUTF());
        String added = data.readUTF();
        String deleted = data.readUTF();
        if (!added.equals(UNKNOWN) && !deleted.equals(UNKNOWN)) {
            set.arg("ENTRIESADDED").arg(added).arg("MAXDELETEDID").arg(deleted);
        }
        // It may have been removed while it was written.
        if (isThere) {
            redis.ask(set);
        }
    }

    /** Reads over one that has ended since. */
    static void skip(DataInputStream data) throws IOException {
        for (int fields = data.readInt(); fields != END; fields = data.readInt()) {
            data.readUTF();
            for (int i = 0; i < fields; i++) {
                data.skipNBytes(Keys.checked(data.readInt()));
            }
        }
        data.readUTF();
        data.readUTF();
        data.readUTF();
    }
}
