package lyceum.gateway.elicast;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import lyceum.elicast.Lesson;
import lyceum.gateway.file.EntityTags;
import lyceum.gateway.route.Refusal;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/** The version of a lesson as an entity tag (RFC 9110, section 8.8.3), and the condition that a change may carry. */
final class Versions {

    private static final long ANY = 0;
    /** No lesson is of this version, so the condition never holds. */
    private static final long NONE = -1;

    /** Each is tried by itself, so only the newest are. */
    private static final int MOST_TRIED = 8;

    private static final Pattern TAG = Pattern.compile("[1-9]\\d{0,17}");

    private Versions() {}

    static String tag(Lesson lesson) {
        return '"' + Long.toString(lesson.version()) + '"';
    }

    /** @return the versions of which the lesson must have one, the newest first; only 0 where none is asked for */
    static List<Long> expected(HttpServerRequest request) {
        String condition = String.join(",", request.headers().getAll("If-Match"));
        if (condition.isBlank() || EntityTags.isAny(condition)) {
            return List.of(ANY);
        }
        List<Long> versions = EntityTags.strong(condition).stream()
                .filter(TAG.asMatchPredicate())
                .map(Long::valueOf)
                .distinct()
                .sorted(Comparator.reverseOrder())
                .limit(MOST_TRIED)
                .toList();
        return versions.isEmpty() ? List.of(NONE) : versions;
    }

    /** @return the change of the first version that is there; 412 where the lesson has another one */
    static <T> Future<T> change(List<Long> versions, Function<Long, Future<T>> change) {
        return change.apply(versions.get(0)).recover(error -> {
            if (!(error instanceof Failure failure) || failure.kind() != Kind.CONFLICT) {
                return Future.failedFuture(error);
            }
            return versions.size() > 1
                    ? change(versions.subList(1, versions.size()), change)
                    : Future.failedFuture(new Refusal(412, failure.getMessage()));
        });
    }
}
