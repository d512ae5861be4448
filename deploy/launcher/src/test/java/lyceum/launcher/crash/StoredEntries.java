package lyceum.launcher.crash;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.LinkedHashMap;
import java.util.Map;

/** What lies in Redis, seen past all services. */
final class StoredEntries {

    private static final int MOST_AT_ONCE = 10_000;

    private StoredEntries() {}

    /** @return what all entries of a stream hold, by their ids, in their order */
    static Map<String, String> of(Vertx vertx, String redisUrl, String stream) {
        Redis redis = Redis.createClient(vertx, redisUrl);
        Map<String, String> textsById = new LinkedHashMap<>();
        String from = "-";
        Response page;
        do {
            page = redis.send(Request.cmd(Command.XRANGE)
                            .arg(stream)
                            .arg(from)
                            .arg("+")
                            .arg("COUNT")
                            .arg(MOST_AT_ONCE))
                    .await();
            for (Response entry : page) {
                textsById.put(entry.get(0).toString(), entry.get(1).get(1).toString());
                from = "(" + entry.get(0);
            }
        } while (page.size() > 0);
        redis.close();
        return textsById;
    }
}
