package lyceum.gateway.stream;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import lyceum.gateway.route.Finding;
import lyceum.gateway.route.QueryParameter;
import lyceum.gateway.route.Refusal;

/**
 * Reads the query of a request as the stream contract has it (section 2): of a parameter that is given twice the last one
 * counts, unknown ones are ignored, and everything that is wrong is told at once.
 *
 * <p>Ask for every parameter, then {@link #end}; what was returned for a wrong parameter means nothing.
 */
public final class StreamQuery {

    private static final Set<String> YES = Set.of("1", "on", "t", "true", "y", "yes");
    private static final Set<String> NO = Set.of("0", "off", "f", "false", "n", "no");

    private static final String WHERE = "query";

    private final MultiMap parameters;
    private final List<Finding> findings = new ArrayList<>();

    public StreamQuery(RoutingContext ctx) {
        this(ctx.queryParams());
    }

    /** @param parameters decoded */
    public StreamQuery(MultiMap parameters) {
        this.parameters = parameters;
    }

    /** @return the text, empty where the parameter is absent; an empty text is one */
    public Optional<String> text(String name) {
        return QueryParameter.last(parameters, name);
    }

    /** @return the text, which must be there */
    String needText(String name) {
        Optional<String> text = text(name);
        if (text.isEmpty()) {
            report(Finding.missing(WHERE, name));
        }
        return text.orElse("");
    }

    /** @return the truth value; empty where the parameter is absent or wrong */
    Optional<Boolean> flag(String name) {
        Optional<String> text = text(name).map(value -> value.toLowerCase(Locale.ROOT));
        if (text.isPresent() && !YES.contains(text.get()) && !NO.contains(text.get())) {
            report(Finding.notABoolean(WHERE, name));
            return Optional.empty();
        }
        return text.map(YES::contains);
    }

    /** @return a boolean, or another one where there is none; what is neither is reported */
    public boolean flagOr(String name, boolean absent) {
        return flag(name).orElse(absent);
    }

    /** @return the integer, from {@code least} to {@code most}; empty where the parameter is absent or wrong */
    public Optional<Long> integer(String name, long least, long most) {
        Optional<String> text = text(name).map(String::strip);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.get().matches("[+-]?\\d{1,1000}")) {
            report(Finding.notAnInteger(WHERE, name));
            return Optional.empty();
        }
        BigInteger value = new BigInteger(text.get());
        if (value.compareTo(BigInteger.valueOf(least)) < 0) {
            report(Finding.below(WHERE, name, least));
            return Optional.empty();
        }
        if (value.compareTo(BigInteger.valueOf(most)) > 0) {
            report(Finding.above(WHERE, name, most));
            return Optional.empty();
        }
        return Optional.of(value.longValue());
    }

    /** @return the number of seconds in milliseconds, up to a day; empty where the parameter is absent or wrong */
    public Optional<Long> seconds(String name) {
        long most = 86_400;
        Optional<String> text = text(name).map(String::strip);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!text.get().matches("[+-]?(\\d{1,20}(\\.\\d{0,20})?|\\.\\d{1,20})(?:[eE][+-]?\\d{1,2})?")) {
            report(Finding.notANumber(WHERE, name));
            return Optional.empty();
        }
        BigDecimal value = new BigDecimal(text.get());
        if (value.signum() < 0) {
            report(Finding.below(WHERE, name, 0));
            return Optional.empty();
        }
        if (value.compareTo(BigDecimal.valueOf(most)) > 0) {
            report(Finding.above(WHERE, name, most));
            return Optional.empty();
        }
        return Optional.of(value.movePointRight(3).longValue());
    }

    /** Notes something that only the caller can see. */
    public void report(Finding finding) {
        findings.add(finding);
    }

    /** Refuses with 422 if anything was wrong. */
    public void end() {
        if (!findings.isEmpty()) {
            throw Refusal.unprocessable(findings);
        }
    }
}
