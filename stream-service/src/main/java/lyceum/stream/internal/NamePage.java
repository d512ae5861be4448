package lyceum.stream.internal;

import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.TreeSet;
import lyceum.stream.StreamService.StreamNames;
import lyceum.stream.internal.archive.NameOrder;

/**
 * The next names of streams by code point: all keys are gone through, and no more names are kept than are asked for.
 */
final class NamePage {

    private static final int KEYS_IN_STEP = 1000;

    private final String after;
    private final int most;
    private final TreeSet<String> names = new TreeSet<>(NameOrder.BY_CODE_POINT);
    private String cursor = "0";

    /** @param after only names behind this one */
    NamePage(String after, int most) {
        this.after = after;
        this.most = most;
    }

    /** @return the next step through the keys */
    Request scan() {
        return Request.cmd(Command.SCAN)
                .arg(cursor)
                .arg("COUNT")
                .arg(KEYS_IN_STEP)
                .arg("TYPE")
                .arg("stream");
    }

    /** Takes the reply to a step. @return whether there is another one */
    boolean take(Response reply) {
        cursor = reply.get(0).toString();
        for (Response key : reply.get(1)) {
            String name = key.toString();
            if (NameOrder.BY_CODE_POINT.compare(name, after) > 0) {
                names.add(name);
            }
        }
        while (names.size() > most + 1) {
            names.pollLast();
        }
        return !cursor.equals("0");
    }

    StreamNames names() {
        return new StreamNames(names.stream().limit(most).toList(), names.size() > most);
    }
}
