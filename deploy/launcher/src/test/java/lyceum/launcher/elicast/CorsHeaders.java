package lyceum.launcher.elicast;

import java.util.List;
import java.util.Map;
import lyceum.launcher.wire.Answer;
import org.assertj.core.api.SoftAssertions;

/** What every answer of these routes carries, an error too, and what none carries (contract, section 1). */
final class CorsHeaders {

    private static final Map<String, String> ALWAYS = Map.of(
            "Access-Control-Allow-Origin", "*",
            "Access-Control-Allow-Methods", "POST, GET, OPTIONS, PUT, DELETE",
            "Access-Control-Allow-Headers", "Content-Type");

    private static final List<String> NEVER =
            List.of("Access-Control-Allow-Credentials", "Access-Control-Max-Age", "Vary");

    private CorsHeaders() {}

    static void check(Answer answer, SoftAssertions soft) {
        ALWAYS.forEach((name, value) ->
                soft.assertThat(answer.headers().getAll(name)).as(name).containsExactly(value));
        NEVER.forEach(name ->
                soft.assertThat(answer.headers().contains(name)).as(name).isFalse());
    }
}
