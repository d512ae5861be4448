package lyceum.gateway.grading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import lyceum.gateway.TestGateway;
import lyceum.gateway.stream.Scripted;
import lyceum.grading.RunnerService;
import lyceum.grading.RunnerService.RunnerAnswer;
import lyceum.grading.RunnerService.RunnerCall;
import lyceum.platform.Settings.WrongSetting;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** From whom the envelope of the original's runners is taken, and how often it may be wrong. */
class LegacyRunnersTest {

    private static final String SEALED = "application/vnd.lyceum.envelope.v2";
    private static final RunnerAnswer OK = answer(200, "OK");
    private static final RunnerAnswer FAILED = answer(400, "not valid json");

    private TestGateway gateway;
    private Scripted<RunnerService> runners;

    private void start(String networks, String failures, String window) {
        gateway = new TestGateway(Map.of(
                "LYCEUM_GRADING_LEGACY_NETWORKS", networks,
                "LYCEUM_GRADING_LEGACY_FAILURES", failures,
                "LYCEUM_GRADING_LEGACY_WINDOW", window,
                "LYCEUM_TRUSTED_PROXIES", "127.0.0.1"));
        runners = new Scripted<>(gateway.vertx, RunnerService.class).on(RunnerCall.class, OK);
    }

    @AfterEach
    void stop() {
        if (gateway != null) {
            gateway.close();
        }
    }

    private static RunnerAnswer answer(int status, String text) {
        return new RunnerAnswer(status, "text/html; charset=utf-8", Buffer.buffer(text));
    }

    private HttpResponse<Buffer> call(String client, String type) {
        return gateway.request(HttpMethod.POST, "/api/handin/start/x/")
                .putHeader("X-Forwarded-For", client)
                .putHeader("Content-Type", type)
                .sendBuffer(Buffer.buffer("x"))
                .await();
    }

    private HttpResponse<Buffer> legacy(String client) {
        return call(client, RunnerService.LEGACY_ENVELOPE);
    }

    private double counted(String outcome) {
        return gateway.meters
                .get("lyceum.gateway.runners.legacy")
                .tag("outcome", outcome)
                .counter()
                .count();
    }

    @Test
    void doesNotKnowTheEnvelopeOfOtherNetworks() {
        start("10.0.0.0/8,2001:db8::/32", "1", "15m");

        HttpResponse<Buffer> outside = legacy("192.0.2.1");

        assertThat(outside.statusCode()).isEqualTo(400);
        assertThat(outside.getHeader("Content-Type")).isEqualTo("text/html; charset=utf-8");
        assertThat(outside.bodyAsString()).isEqualTo("not application/octet-stream");
        assertThat(runners.asked(RunnerCall.class)).isEmpty();
        assertThat(legacy("10.1.2.3").bodyAsString()).isEqualTo("OK");
        assertThat(legacy("2001:db8::7").bodyAsString()).isEqualTo("OK");
        assertThat(call("192.0.2.1", SEALED).bodyAsString()).isEqualTo("OK");
        assertThat(counted("outside")).isEqualTo(1);
        assertThat(counted("opened")).isEqualTo(2);
    }

    @Test
    void looksAtNoneOfAnAddressThatWasWrongTooOften() {
        start("0.0.0.0/0", "2", "15m");
        runners.on(RunnerCall.class, FAILED);
        assertThat(legacy("192.0.2.1").bodyAsString()).isEqualTo("not valid json");
        assertThat(legacy("192.0.2.1").bodyAsString()).isEqualTo("not valid json");
        runners.on(RunnerCall.class, OK);
        int asked = runners.asked(RunnerCall.class).size();

        HttpResponse<Buffer> limited = legacy("192.0.2.1");

        assertThat(limited.statusCode()).isEqualTo(429);
        assertThat(Integer.parseInt(limited.getHeader("Retry-After"))).isBetween(1, 900);
        assertThat(limited.bodyAsString()).isEqualTo("too many envelopes did not open");
        assertThat(runners.asked(RunnerCall.class)).hasSize(asked);
        assertThat(legacy("192.0.2.2").bodyAsString()).isEqualTo("OK");
        assertThat(call("192.0.2.1", SEALED).bodyAsString()).isEqualTo("OK");
        assertThat(counted("failed")).isEqualTo(2);
        assertThat(counted("limited")).isEqualTo(1);
    }

    @Test
    void countsOnlyWhatWasThisEnvelopeAndDidNotOpen() {
        start("0.0.0.0/0", "1", "15m");
        runners.on(RunnerCall.class, answer(200, "uuid mismatch, do not attack"));
        legacy("192.0.2.1");
        runners.on(RunnerCall.class, FAILED);
        call("192.0.2.1", SEALED);
        call("192.0.2.1", "text/plain");

        assertThat(legacy("192.0.2.1").bodyAsString()).isEqualTo("not valid json");
        assertThat(legacy("192.0.2.1").statusCode()).isEqualTo(429);
    }

    @Test
    void countsNothingWhereNothingIsLimited() {
        start("0.0.0.0/0", "0", "15m");
        runners.on(RunnerCall.class, FAILED);

        for (int i = 0; i < 20; i++) {
            assertThat(legacy("192.0.2.1").statusCode()).isEqualTo(400);
        }
        assertThat(counted("failed")).isEqualTo(20);
    }

    @Test
    void refusesToStartWithWhatIsNoNetwork() {
        assertThatThrownBy(() -> TestGateway.config(Map.of("LYCEUM_GRADING_LEGACY_NETWORKS", "10.0.0.0/33")))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("LYCEUM_GRADING_LEGACY_NETWORKS: '10.0.0.0/33' is not an address or block");
    }
}
