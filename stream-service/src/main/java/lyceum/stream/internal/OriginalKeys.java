package lyceum.stream.internal;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import lyceum.platform.ImportReport;
import lyceum.platform.RedisAddress;
import lyceum.stream.StreamName;

/**
 * Copies the keys of the original's Redis (contract, section 3.4) into ours, streams entry by entry with their ids, so that the
 * two may be of different versions. Only reads the one, and blocks: for the command line.
 */
final class OriginalKeys implements AutoCloseable {

    private static final String META = "XMETA:";
    private static final List<String> STATES = List.of("recipe:id", "recipe:step", "session:id");
    private static final String CACHE = "recording:info:";
    private static final String PAYLOAD = "d";

    private static final int SCAN_COUNT = 500;
    /** An entry may be a frame of megabytes. */
    private static final int ENTRIES_AT_ONCE = 8;

    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

    private final Link original;
    private final Link ours;
    private final boolean isDry;
    private final ImportReport report;

    OriginalKeys(Vertx vertx, String originalUrl, String ourUrl, boolean isDry, ImportReport report) {
        this.original = new Link(vertx, originalUrl);
        this.ours = new Link(vertx, ourUrl);
        this.isDry = isDry;
        this.report = report;
    }

    private static final class Link {

        private final Redis client;
        private final RedisConnection connection;

        Link(Vertx vertx, String url) {
            client = Redis.createClient(vertx, RedisAddress.options(url));
            connection = client.connect()
                    .timeout(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .await();
        }

        Response ask(Request command) {
            return connection
                    .send(command)
                    .timeout(ANSWER_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                    .await();
        }

        void close() {
            connection.close().eventually(client::close).await();
        }
    }

    void takeAll() {
        Set<String> seen = new HashSet<>();
        String cursor = "0";
        do {
            Response page = original.ask(
                    Request.cmd(Command.SCAN).arg(cursor).arg("COUNT").arg(SCAN_COUNT));
            cursor = page.get(0).toString();
            for (Response key : page.get(1)) {
                if (seen.add(key.toString())) {
                    take(key.toString());
                }
            }
        } while (!cursor.equals("0"));
    }

    private void take(String key) {
        String type = original.ask(Request.cmd(Command.TYPE).arg(key)).toString();
        boolean isText = type.equals("string");
        if (type.equals("stream") && StreamName.isOne(key)) {
            takeStream(key);
        } else if (isText && key.startsWith(META) && StreamName.isOne(key.substring(META.length()))) {
            takeText("metadata", key);
        } else if (isText && STATES.contains(key)) {
            takeText("state", key);
        } else if (key.equals(RecordingKeys.RUNNING)) {
            report.remark("a recording was running, which does not go on: "
                    + original.ask(Request.cmd(Command.GET).arg(key)));
        } else if (!key.startsWith(CACHE)) {
            report.refused("key", key, "nothing that the data store keeps");
        }
    }

    private void takeText(String table, String key) {
        Response text = original.ask(Request.cmd(Command.GET).arg(key));
        Response present = ours.ask(Request.cmd(Command.GET).arg(key));
        if (present == null) {
            if (!isDry) {
                ours.ask(Request.cmd(Command.SET).arg(key).arg(text.toBuffer()));
            }
            report.imported(table);
        } else if (present.toBuffer().equals(text.toBuffer())) {
            report.present(table);
        } else {
            report.refused(table, key, "something else is here");
        }
    }

    private void takeStream(String stream) {
        report.imported("entry", 0);
        EntryId last = lastHere(stream);
        String from = "-";
        Response page;
        do {
            page = original.ask(Request.cmd(Command.XRANGE)
                    .arg(stream)
                    .arg(from)
                    .arg("+")
                    .arg("COUNT")
                    .arg(ENTRIES_AT_ONCE));
            for (Response entry : page) {
                EntryId id = EntryId.parse(entry.get(0).toString()).orElseThrow();
                from = "(" + id;
                last = take(stream, id, entry.get(1), last);
            }
        } while (page.size() == ENTRIES_AT_ONCE);
    }

    /** @return the id that a new entry must be behind */
    private EntryId lastHere(String stream) {
        if (ours.ask(Request.cmd(Command.EXISTS).arg(stream)).toInteger() == 0) {
            return EntryId.NONE;
        }
        Response info = ours.ask(Request.cmd(Command.XINFO).arg("STREAM").arg(stream));
        for (int i = 0; i + 1 < info.size(); i += 2) {
            if (info.get(i).toString().equals("last-generated-id")) {
                return EntryId.parse(info.get(i + 1).toString()).orElseThrow();
            }
        }
        throw new IllegalStateException("Redis does not tell the last id of " + stream);
    }

    /** @return the id that the next entry must be behind */
    private EntryId take(String stream, EntryId id, Response fields, EntryId last) {
        String row = stream + ' ' + id;
        if (!hasPayload(fields)) {
            report.refused("entry", row, "has no payload");
            return last;
        }
        if (id.compareTo(last) > 0) {
            if (!isDry) {
                Request add = Request.cmd(Command.XADD).arg(stream).arg(id.toString());
                fields.forEach(field -> add.arg(bytes(field)));
                ours.ask(add);
            }
            report.imported("entry");
            return id;
        }
        if (ours.ask(Request.cmd(Command.XRANGE).arg(stream).arg(id.toString()).arg(id.toString()))
                        .size()
                == 1) {
            report.present("entry");
        } else {
            report.refused("entry", row, "the stream has gone on here");
        }
        return last;
    }

    private static boolean hasPayload(Response fields) {
        for (int i = 0; i + 1 < fields.size(); i += 2) {
            if (fields.get(i).toString().equals(PAYLOAD)) {
                return true;
            }
        }
        return false;
    }

    private static Buffer bytes(Response field) {
        return field.toBuffer();
    }

    @Override
    public void close() {
        original.close();
        ours.close();
    }
}
