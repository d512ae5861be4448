package lyceum.platform.management;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import lyceum.platform.Readiness;

/**
 * What the checks of a process say at one moment.
 *
 * @param checks one for each check, in the order of their names
 */
public record Findings(List<Finding> checks) {

    /** @param text what is there, or why it is not */
    public record Finding(String name, boolean ok, String text) {}

    /** @return the answer of every check, never failed; a check that takes longer than the limit is not ok */
    public static Future<Findings> ask(Readiness readiness, Duration limit) {
        List<Future<Finding>> findings = new ArrayList<>();
        readiness.ask().forEach((name, answer) -> findings.add(finding(name, answer, limit)));
        return Future.all(findings).map(all -> new Findings(all.list()));
    }

    private static Future<Finding> finding(String name, Future<String> answer, Duration limit) {
        return answer.timeout(limit.toMillis(), TimeUnit.MILLISECONDS)
                .map(text -> new Finding(name, true, text))
                .otherwise(error -> new Finding(name, false, reason(error)));
    }

    private static String reason(Throwable error) {
        return Objects.requireNonNullElse(error.getMessage(), error.getClass().getSimpleName());
    }

    boolean allOk() {
        return checks.stream().allMatch(Finding::ok);
    }

    JsonObject json() {
        JsonObject json = new JsonObject();
        checks.forEach(check ->
                json.put(check.name(), new JsonObject().put("ok", check.ok()).put("text", check.text())));
        return json;
    }
}
