package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.redis.client.Response;
import io.vertx.redis.client.ResponseType;
import java.util.ArrayList;
import java.util.List;
import lyceum.stream.StreamService.Refusal;
import lyceum.stream.StreamService.Stored;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A message on its way to Redis. */
final class Appending {

    private static final Logger LOG = LoggerFactory.getLogger(Appending.class);

    private final Message message;
    private final List<String> ids = new ArrayList<>();
    private final List<Refusal> refused = new ArrayList<>();
    private final Promise<Stored> end = Promise.promise();

    Appending(Message message) {
        this.message = message;
    }

    Message message() {
        return message;
    }

    /** @return what has become of it */
    Future<Stored> stored() {
        return end.future();
    }

    /**
     * Takes what Redis says to the next of its entries.
     *
     * @return whether the entry is stored
     */
    boolean take(Message.Part part, Response reply) {
        boolean isStored = reply.type() != ResponseType.ERROR;
        if (!isStored) {
            refused.add(new Refusal(ids.size(), reason(part, reply.toString())));
        }
        ids.add(isStored ? reply.toString() : "");
        return isStored;
    }

    void complete() {
        end.complete(new Stored(ids, refused));
    }

    void fail(Throwable error) {
        end.fail(error);
    }

    /** The texts of Redis (t_stream.c) are for its clients, not for ours. */
    private static String reason(Message.Part part, String error) {
        if (error.contains("equal or smaller") || error.contains("greater than 0-0")) {
            return "id %s is not behind the last one of %s".formatted(part.id().text(), part.stream());
        }
        if (error.contains("WRONGTYPE")) {
            return part.stream() + " is no stream";
        }
        LOG.warn("an entry was refused by Redis: {}", error);
        return "it cannot be stored";
    }
}
