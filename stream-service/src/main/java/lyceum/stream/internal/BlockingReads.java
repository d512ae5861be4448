package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lyceum.platform.RedisAddress;
import lyceum.platform.RedisAddress.Login;
import lyceum.stream.internal.StreamConfig.RedisAccess;
import lyceum.stream.internal.resp.Reply;

/** One XREAD of many streams after the other, on a connection that nobody else has to wait for. Lives on one context. */
final class BlockingReads {

    /** As the original blocks (contract, 3.3). */
    private static final Duration BLOCK = Duration.ofSeconds(3);

    /**
     * What Redis has told.
     *
     * @param entries of each stream that has news
     * @param asked behind which ids of which streams
     */
    record News(Map<String, List<Entry>> entries, Map<String, EntryId> asked) {

        boolean isEmpty() {
            return entries.isEmpty();
        }

        /** @return whether there is something, but not of all streams that were asked for */
        boolean isPart() {
            return !isEmpty() && entries.size() < asked.size();
        }
    }

    private final Line<TailLink> line;
    private final RedisLines redis;

    private TailLink present;

    /** @param redis by which a read is ended, which keeps its own connection busy */
    BlockingReads(Vertx vertx, RedisAccess access, RedisLines redis) {
        Login login = RedisAddress.login(access.url());
        login.options().setConnectTimeout((int) access.limit().toMillis());
        this.line = new Line<>(access.limit(), () -> {
            present = new TailLink(vertx, login);
            return present;
        });
        this.redis = redis;
    }

    /**
     * Waits for news, at most for three seconds.
     *
     * @param count most entries of a stream
     */
    Future<News> await(Map<String, EntryId> asked, int count) {
        return read(asked, count, List.of("BLOCK", Long.toString(BLOCK.toMillis())), BLOCK.plus(line.limit()));
    }

    /** @return what there is, as of one moment; otherwise like {@link #await} */
    Future<News> look(Map<String, EntryId> asked, int count) {
        return read(asked, count, List.of(), line.limit());
    }

    private Future<News> read(Map<String, EntryId> asked, int count, List<String> manner, Duration longest) {
        List<String> words = new ArrayList<>(List.of("XREAD", "COUNT", Integer.toString(count)));
        words.addAll(manner);
        words.add("STREAMS");
        words.addAll(asked.keySet());
        asked.values().forEach(position -> words.add(position.toString()));
        return line.ask(1, longest, link -> link.ask(words)).map(reply -> new News(entries(reply), asked));
    }

    private static Map<String, List<Entry>> entries(Reply reply) {
        if (reply == Reply.NOTHING) {
            return Map.of();
        }
        Map<String, List<Entry>> entries = new LinkedHashMap<>();
        for (Reply stream : reply.items()) {
            entries.put(
                    stream.items().get(0).text(),
                    stream.items().get(1).items().stream().map(Entry::of).toList());
        }
        return entries;
    }

    /** Ends the read that waits, if it has reached Redis: it tells of nothing then. */
    Future<Void> unblock() {
        return redis.send(Request.cmd(Command.CLIENT).arg("UNBLOCK").arg(present.id()))
                .mapEmpty();
    }

    Future<Void> close() {
        return line.close();
    }
}
