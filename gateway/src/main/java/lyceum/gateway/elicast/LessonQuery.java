package lyceum.gateway.elicast;

import io.vertx.core.MultiMap;
import java.math.BigInteger;
import java.util.regex.Pattern;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.ListLessons;
import lyceum.platform.Failure;

/** The query of the list of lessons, checked in the order of the contract (section 2.1). */
final class LessonQuery {

    private static final BigInteger DEFAULT_PAGE = BigInteger.ZERO;
    private static final BigInteger DEFAULT_COUNT = BigInteger.valueOf(20);
    private static final BigInteger LAST_PAGE = BigInteger.valueOf(Long.MAX_VALUE);
    private static final BigInteger LARGEST_COUNT = BigInteger.valueOf(100);

    /** Longer numbers are out of every range; reading them would only cost time. */
    private static final Pattern INTEGER = Pattern.compile("\\s*[+-]?\\d{1,1000}\\s*");

    private LessonQuery() {}

    static ListLessons of(MultiMap query) {
        BigInteger page = integer(query.get("page"), DEFAULT_PAGE);
        BigInteger count = integer(query.get("count"), DEFAULT_COUNT);
        check(page, BigInteger.ZERO, LAST_PAGE, "page -- Invalid int format (0~)");
        check(count, BigInteger.ONE, LARGEST_COUNT, "count -- Invalid int format (1~100)");
        String teacher = query.get("teacher");
        String orNobody = teacher == null || teacher.isEmpty() ? null : teacher;
        return new ListLessons(ElicastService.TEACHER.checkUnlessNull(orNobody), page.longValue(), count.intValue());
    }

    private static BigInteger integer(String text, BigInteger fallback) {
        if (text == null) {
            return fallback;
        }
        if (!INTEGER.matcher(text).matches()) {
            throw ElicastForms.bad();
        }
        return new BigInteger(text.strip());
    }

    private static void check(BigInteger number, BigInteger least, BigInteger most, String failure) {
        if (number.compareTo(least) < 0 || number.compareTo(most) > 0) {
            throw Failure.invalid(failure);
        }
    }
}
