package lyceum.gateway;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lyceum.elicast.Lesson;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/** The version of a lesson as an entity tag (RFC 9110, section 8.8.3), and the condition that a change may carry. */
final class Versions {

    private static final long ANY = 0;
    /** No lesson is of this version, so the condition never holds. */
    private static final long NONE = -1;

    private static final Pattern TAG = Pattern.compile("\"(\\d{1,18})\"");

    private Versions() {}

    static String tag(Lesson lesson) {
        return '"' + Long.toString(lesson.version()) + '"';
    }

    /** @return the version that the lesson must have, 0 where none is asked for */
    static long expected(HttpServerRequest request) {
        String condition = request.getHeader("If-Match");
        if (condition == null || condition.strip().equals("*")) {
            return ANY;
        }
        Matcher matcher = TAG.matcher(condition.strip());
        return matcher.matches() ? Long.parseLong(matcher.group(1)) : NONE;
    }

    /** @return the change; 412 where the lesson has another version */
    static <T> Future<T> orPreconditionFailed(Future<T> change) {
        return change.recover(error -> Future.failedFuture(
                error instanceof Failure failure && failure.kind() == Kind.CONFLICT
                        ? new Refusal(412, failure.getMessage())
                        : error));
    }
}
