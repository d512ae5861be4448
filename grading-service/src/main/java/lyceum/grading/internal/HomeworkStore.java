package lyceum.grading.internal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/** Homework that was uploaded, and what students may not do with any; the schema is db/grading. */
final class HomeworkStore {

    private static final String UNIQUE_VIOLATION = "23505";

    private static final String PUT = """
            INSERT INTO homework (slug, uuid, archive, uploaded_by, uploaded_at) VALUES ($1, $2, $3, $4, now())
            ON CONFLICT (slug) DO UPDATE
               SET uuid = EXCLUDED.uuid, archive = EXCLUDED.archive, uploaded_by = EXCLUDED.uploaded_by,
                   uploaded_at = EXCLUDED.uploaded_at, revision = nextval('homework_revision')""";

    private static final String REMOVE = "DELETE FROM homework WHERE slug = $1";

    private static final String REVISIONS = "SELECT slug, revision FROM homework ORDER BY slug";

    private static final String ARCHIVE = "SELECT slug, revision, archive FROM homework WHERE slug = $1";

    private static final String ACCESS = "SELECT homework, is_locked, is_hidden FROM homework_access";

    private static final String SET_ACCESS = """
            INSERT INTO homework_access (homework, is_locked, is_hidden) VALUES ($1, $2, $3)
            ON CONFLICT (homework) DO UPDATE SET is_locked = EXCLUDED.is_locked, is_hidden = EXCLUDED.is_hidden""";

    private final Pool pool;

    HomeworkStore(Pool pool) {
        this.pool = pool;
    }

    /** Which upload it is. */
    record Revision(String slug, long number) {}

    /** An upload as it was. */
    record Uploaded(Revision revision, Buffer archive) {}

    /** What students may not do. */
    record Access(boolean isLocked, boolean isHidden) {

        static final Access OPEN = new Access(false, false);

        Access and(Access other) {
            return new Access(isLocked || other.isLocked, isHidden || other.isHidden);
        }
    }

    /** @return done when it is on the disk; or CONFLICT where another one has the uuid */
    Future<Void> put(String slug, String uuid, Buffer archive, String by) {
        return pool.preparedQuery(PUT)
                .execute(Tuple.of(slug, uuid, archive, by))
                .<Void>mapEmpty()
                .recover(error -> Future.failedFuture(
                        error instanceof PgException database && UNIQUE_VIOLATION.equals(database.getSqlState())
                                ? new Failure(Kind.CONFLICT, "another homework has the uuid " + uuid)
                                : error));
    }

    /** @return whether there was one */
    Future<Boolean> remove(String slug) {
        return pool.preparedQuery(REMOVE).execute(Tuple.of(slug)).map(rows -> rows.rowCount() > 0);
    }

    /** @return sorted by slug */
    Future<List<Revision>> revisions() {
        return pool.query(REVISIONS)
                .execute()
                .map(rows -> rows.stream()
                        .map(row -> new Revision(row.getString("slug"), row.getLong("revision")))
                        .toList());
    }

    Future<Optional<Uploaded>> archive(String slug) {
        return pool.preparedQuery(ARCHIVE)
                .execute(Tuple.of(slug))
                .map(rows -> rows.stream()
                        .findFirst()
                        .map(row -> new Uploaded(
                                new Revision(row.getString("slug"), row.getLong("revision")),
                                row.getBuffer("archive"))));
    }

    /** @return by uuid, or {@link lyceum.grading.HomeworkService#EVERY} */
    Future<Map<String, Access>> access() {
        return pool.query(ACCESS).execute().map(rows -> {
            Map<String, Access> access = new HashMap<>();
            rows.forEach(row -> access.put(
                    row.getString("homework"), new Access(row.getBoolean("is_locked"), row.getBoolean("is_hidden"))));
            return access;
        });
    }

    Future<Void> setAccess(String homework, Access access) {
        return pool.preparedQuery(SET_ACCESS)
                .execute(Tuple.of(homework, access.isLocked(), access.isHidden()))
                .mapEmpty();
    }
}
