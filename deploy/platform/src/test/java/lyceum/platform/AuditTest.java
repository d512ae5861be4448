package lyceum.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuditTest {

    @Test
    void tellsWhoDidWhatInOneLineAndInParts() {
        Vertx vertx = Vertx.vertx();
        Promise<Void> noted = Promise.promise();
        try (LogLines log = LogLines.of("lyceum.audit")) {
            vertx.runOnContext(go -> {
                RequestId.enter("r-17");
                Audit.note("root", "DELETE /accounts/{name}", "/accounts/ada", "192.0.2.1", "204");
                noted.complete();
            });
            noted.future().await();

            assertThat(log.lines())
                    .containsExactly("who=\"root\" what=\"DELETE /accounts/{name}\" on=\"/accounts/ada\""
                            + " from=\"192.0.2.1\" request=\"r-17\" outcome=\"204\"");
            assertThat(log.events().get(0).getKeyValuePairs())
                    .extracting(pair -> pair.key + "=" + pair.value)
                    .containsExactly(
                            "who=root",
                            "what=DELETE /accounts/{name}",
                            "on=/accounts/ada",
                            "from=192.0.2.1",
                            "request=r-17",
                            "outcome=204");
        } finally {
            vertx.close().await();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"\n", "\r", "\"", "\t", "\u0000", "\u0085", "\u2028", "\u2029", "\u202e", "\ud800"})
    void letsNoNameWriteALineOfItsOwn(String character) {
        try (LogLines log = LogLines.of("lyceum.audit")) {
            Audit.note("eve" + character + "who=root {}", "x", "y", Audit.NOBODY, "done");

            assertThat(log.lines())
                    .containsExactly(
                            "who=\"eve?who=root {}\" what=\"x\" on=\"y\" from=\"-\" request=\"-\" outcome=\"done\"");
        }
    }

    @Test
    void cutsWhatIsTooLong() {
        try (LogLines log = LogLines.of("lyceum.audit")) {
            Audit.note("x".repeat(201), "what", "y".repeat(200), Audit.NOBODY, "done");

            assertThat(log.lines().get(0))
                    .contains("who=\"" + "x".repeat(199) + "…\"")
                    .contains("on=\"" + "y".repeat(200) + "\"");
        }
    }
}
