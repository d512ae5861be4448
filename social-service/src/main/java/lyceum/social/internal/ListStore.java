package lyceum.social.internal;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.function.Function;
import lyceum.social.SocialService;
import lyceum.social.SocialService.Click;
import lyceum.social.SocialService.Event;
import lyceum.social.SocialService.ListNewest;
import lyceum.social.SocialService.ListNext;
import lyceum.social.SocialService.Online;
import lyceum.social.SocialService.User;

/** Pages of what has been done in a class and of who is there, in PostgreSQL; the schema is db/social. */
final class ListStore {

    /**
     * In the order of ids, whatever the times are. Where few are of today, no more rows of the days before are looked
     * through than are ever listed.
     */
    private static final String TODAY = """
            SELECT *
              FROM (SELECT %s FROM %s WHERE class = $1 AND id < $2 ORDER BY id DESC LIMIT %d) newest
             WHERE at_second >= $3
             ORDER BY id DESC
             LIMIT $4""";

    private static final String CLICKS =
            TODAY.formatted("id, user_name, comment, style, at_second", "click", SocialService.LISTED);
    private static final String EVENTS =
            TODAY.formatted("id, user_name, name, at_second", "event", SocialService.LISTED);

    private static final String NEXT = """
            SELECT id, name, clicks, events FROM %s WHERE class = $1 AND id > $2 ORDER BY id LIMIT $3""";

    private static final String USERS = NEXT.formatted("app_user");
    private static final String ONLINE = NEXT.formatted("session");

    private final Pool pool;

    ListStore(Pool pool) {
        this.pool = pool;
    }

    /** @param dayStart when today began, in seconds of the epoch */
    Future<List<Click>> clicks(ListNewest question, long dayStart) {
        return newest(CLICKS, question, dayStart, ListStore::click);
    }

    /** @param dayStart when today began, in seconds of the epoch */
    Future<List<Event>> events(ListNewest question, long dayStart) {
        return newest(EVENTS, question, dayStart, ListStore::event);
    }

    Future<List<User>> users(ListNext question) {
        return next(USERS, question, ListStore::user);
    }

    Future<List<Online>> online(ListNext question) {
        return next(ONLINE, question, ListStore::online);
    }

    private <T> Future<List<T>> newest(String sql, ListNewest question, long dayStart, Function<Row, T> record) {
        return list(sql, Tuple.of(question.className(), question.before(), dayStart, question.count()), record);
    }

    private <T> Future<List<T>> next(String sql, ListNext question, Function<Row, T> record) {
        return list(sql, Tuple.of(question.className(), question.after(), question.count()), record);
    }

    private <T> Future<List<T>> list(String sql, Tuple parameters, Function<Row, T> record) {
        return pool.preparedQuery(sql)
                .execute(parameters)
                .map(rows -> rows.stream().map(record).toList());
    }

    private static Click click(Row row) {
        return new Click(
                row.getLong("id"),
                row.getString("user_name"),
                row.getString("comment"),
                row.getString("style"),
                row.getLong("at_second"));
    }

    private static Event event(Row row) {
        return new Event(
                row.getLong("id"), row.getString("user_name"), row.getString("name"), row.getLong("at_second"));
    }

    private static User user(Row row) {
        return new User(row.getLong("id"), row.getString("name"), row.getLong("clicks"), row.getLong("events"));
    }

    private static Online online(Row row) {
        return new Online(row.getLong("id"), row.getString("name"), row.getLong("clicks"), row.getLong("events"));
    }
}
