package lyceum.platform;

import io.vertx.pgclient.PgException;
import java.util.Set;
import lyceum.platform.Failure.Kind;

/** Of which kind an error is that ended a question. */
final class ErrorKind {

    /** A NUL in a text, and one in the text of a jsonb (PostgreSQL, appendix A): nobody can have meant to keep it. */
    private static final Set<String> UNSTORABLE = Set.of("22021", "22P05");

    private ErrorKind() {}

    /** @return INTERNAL where it is a defect */
    static Kind of(Throwable error) {
        if (error instanceof Failure failure) {
            return failure.kind();
        }
        if (error instanceof PgException refused && UNSTORABLE.contains(refused.getSqlState())) {
            return Kind.INVALID;
        }
        return Outage.is(error) ? Kind.UNAVAILABLE : Kind.INTERNAL;
    }
}
