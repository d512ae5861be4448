package lyceum.grading.internal;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import lyceum.grading.Partial;
import lyceum.grading.Report;
import lyceum.grading.Text;

/**
 * Reads a score object (contracts/grading.md, sections 4.1 to 4.4). All members are required, unknown ones count nothing.
 * Refused, where the original crashes or stores what poisons it later: a score, weight or time that is no finite number,
 * a score or a sum of more than a thousand million (D2, D7, D9); anything but a list where a list belongs (D8).
 */
final class ReportReader {

    /** What readers of stored JSON take; of a longer integer its digits are kept as a string. */
    private static final int MAX_STORED_DIGITS = 1000;

    private ReportReader() {}

    /** @return the report, or nothing where it is {@code not valid score object} */
    static Optional<Report> read(Map<String, Object> payload) {
        try {
            List<Partial> partials = new ArrayList<>();
            for (Object partial : list(required(payload, "partials"))) {
                partials.add(partial(partial));
            }
            Report report = new Report(
                    isTrue(required(payload, "accepted")),
                    text(required(payload, "result")),
                    text(required(payload, "compile_error")),
                    partials);
            return Judgement.isScore(Judgement.of(report).score()) ? Optional.of(report) : Optional.empty();
        } catch (NotAScore notAScore) {
            return Optional.empty();
        }
    }

    private static Partial partial(Object value) throws NotAScore {
        Map<?, ?> members = object(value);
        List<Text> detail = new ArrayList<>();
        for (Object item : list(required(members, "detail"))) {
            detail.add(text(item));
        }
        Object time = required(members, "time");
        return new Partial(
                text(required(members, "name")),
                typeName(required(members, "typeName")),
                score(required(members, "score")),
                number(required(members, "weight")),
                time == null ? null : number(time),
                text(required(members, "brief")),
                detail);
    }

    /** The original does not check it. */
    private static String typeName(Object value) {
        return value == null ? null : PythonText.str(value);
    }

    private static Text text(Object value) throws NotAScore {
        if (value == null) {
            return null;
        }
        if (value instanceof String plain) {
            return Text.plain(plain);
        }
        Map<?, ?> members = object(value);
        Object text = required(members, "text");
        if (text != null && !(text instanceof String)) {
            throw new NotAScore();
        }
        Map<String, Object> kwargs = new LinkedHashMap<>();
        object(required(members, "kwargs")).forEach((name, argument) -> kwargs.put((String) name, storable(argument)));
        return new Text((String) text, kwargs);
    }

    private static Object storable(Object argument) {
        if (argument instanceof BigInteger integer) {
            String digits = integer.toString();
            return digits.length() < MAX_STORED_DIGITS ? argument : digits;
        }
        if (argument instanceof List<?> list) {
            List<Object> storable = new ArrayList<>();
            list.forEach(item -> storable.add(storable(item)));
            return storable;
        }
        if (argument instanceof Map<?, ?> map) {
            Map<Object, Object> storable = new LinkedHashMap<>();
            map.forEach((name, item) -> storable.put(name, storable(item)));
            return storable;
        }
        return argument;
    }

    /** Truth as Python has it. */
    private static boolean isTrue(Object value) {
        if (value instanceof Boolean truth) {
            return truth;
        }
        if (value instanceof Number number) {
            return number.doubleValue() != 0;
        }
        if (value instanceof String text) {
            return !text.isEmpty();
        }
        if (value instanceof List<?> list) {
            return !list.isEmpty();
        }
        return value instanceof Map<?, ?> map && !map.isEmpty();
    }

    private static double score(Object value) throws NotAScore {
        double score = number(value);
        if (!Judgement.isScore(score)) {
            throw new NotAScore();
        }
        return score;
    }

    private static double number(Object value) throws NotAScore {
        if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw new NotAScore();
    }

    private static Object required(Map<?, ?> members, String name) throws NotAScore {
        if (!members.containsKey(name)) {
            throw new NotAScore();
        }
        return members.get(name);
    }

    private static Map<?, ?> object(Object value) throws NotAScore {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new NotAScore();
    }

    private static List<?> list(Object value) throws NotAScore {
        if (value instanceof List<?> list) {
            return list;
        }
        throw new NotAScore();
    }

    private static final class NotAScore extends Exception {

        private static final long serialVersionUID = 1L;

        NotAScore() {
            super("not valid score object", null, false, false);
        }
    }
}
