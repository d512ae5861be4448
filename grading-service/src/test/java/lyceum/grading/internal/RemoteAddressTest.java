package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import java.util.Map;
import lyceum.grading.Text;
import lyceum.grading.internal.Assignment.Remote;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules of an address, and the texts of the contract where it breaks one. */
@TestInstance(Lifecycle.PER_CLASS)
class RemoteAddressTest {

    private static final String URL_RULE = "^http://(localhost|127\\.0\\.0\\.1)[:/]";
    private static final String IP_RULE = "^127\\.0\\.0\\.1$";

    private Vertx vertx;
    private RemoteAddress strict;
    private RemoteAddress open;

    @BeforeAll
    void start() {
        vertx = Vertx.vertx();
        strict = new RemoteAddress(vertx, false);
        open = new RemoteAddress(vertx, true);
    }

    @AfterAll
    void stop() {
        vertx.close().await();
    }

    @Test
    void takesWhatTheRulesTake() {
        assertThat(strict.check("http://localhost:81/x", URL_RULE, IP_RULE).await())
                .isEqualTo(new RemoteAddress.Checked(
                        new Remote("http://localhost:81/x", "127.0.0.1", URL_RULE, IP_RULE), null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://127.0.0.1:5061/", "http://127.0.0.1.example.invalid/", "xhttp://localhost/", ""})
    void refusesAUrlThatDoesNotMatch(String url) {
        Text complaint = new Text(
                "Address \"%(url)s\" does not match pattern \"%(rule)s\"", Map.of("url", url, "rule", URL_RULE));

        assertThat(strict.check(url, URL_RULE, IP_RULE).await()).isEqualTo(new RemoteAddress.Checked(null, complaint));
    }

    @Test
    void matchesTheBeginningOnly() {
        assertThat(strict.check("http://127.0.0.1/", "http", "127").await().remote())
                .isNotNull();
    }

    @Test
    void refusesAnAddressThatDoesNotMatch() {
        Text complaint = new Text(
                "IP address \"%(ip)s\" does not match pattern \"%(rule)s\"",
                Map.of("ip", "127.0.0.1", "rule", "^10\\."));

        assertThat(open.check("http://127.0.0.1/", null, "^10\\.").await())
                .isEqualTo(new RemoteAddress.Checked(null, complaint));
    }

    @Test
    void hasNoAddressForANameThatIsNone() {
        Text complaint = new Text(
                "IP address \"%(ip)s\" does not match pattern \"%(rule)s\"", Map.of("ip", "<invalid>", "rule", "^127"));

        assertThat(open.check("http://nothing.invalid/", null, "^127").await().complaint())
                .isEqualTo(complaint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://[::1]/",
                "http://[::ffff:8.8.8.8]:80/",
                "http://nothing.invalid/",
                "http://a@b@c/",
                "http://8.8.8.8:99999/",
                "8.8.8.8"
            })
    void takesNothingThatHasNoAddressWhereNoRuleDoes(String url) {
        assertThat(strict.check(url, null, null).await()).isEqualTo(invalid("public"));
        assertThat(open.check(url, null, null).await()).isEqualTo(invalid("public"));
        assertThat(open.check(url, null, "^127").await()).isEqualTo(invalid("^127"));
    }

    private static RemoteAddress.Checked invalid(String rule) {
        return new RemoteAddress.Checked(
                null,
                new Text(
                        "IP address \"%(ip)s\" does not match pattern \"%(rule)s\"",
                        Map.of("ip", "<invalid>", "rule", rule)));
    }

    @Test
    void connectsToNobodyWhereARuleTakesWhatIsNoAddress() {
        assertThat(strict.check("http://[::1]:81/", null, ".*").await().remote())
                .isEqualTo(new Remote("http://[::1]:81/", "<invalid>", null, ".*"));
    }

    @Test
    void sendsWhatStandsBehindAHostInAscii() {
        assertThat(strict.check("http://8.8.4.4/é/ 😀?q=%20ü", "http://8.8.4.4/é", null)
                        .await()
                        .remote()
                        .url())
                .isEqualTo("http://8.8.4.4/%C3%A9/ %F0%9F%98%80?q=%20%C3%BC");
    }

    @Test
    void takesAUrlOfAnyLengthThatAnybodyWrites() {
        String longest = "http://8.8.4.4/" + "é".repeat(2_048 - 15);

        assertThat(RemoteAddress.host(
                        strict.check(longest, null, null).await().remote().url()))
                .isEqualTo("8.8.4.4");
        assertThat(strict.check(longest + "é", null, null).await()).isEqualTo(invalid("public"));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "2130706433",
        "localhost"
    })
    void keepsAwayFromPrivateAddressesUnlessARuleMeansThem(String host) {
        String url = "http://" + host + "/";

        assertThat(strict.check(url, null, null).await().remote()).isNull();
        assertThat(strict.check(url, null, ".*").await().remote()).isNull();
        assertThat(open.check(url, null, ".*").await().remote()).isNotNull();
    }

    @Test
    void takesPublicAddresses() {
        assertThat(strict.check("https://8.8.4.4:8443/x?y#z", null, null)
                        .await()
                        .remote())
                .isEqualTo(new Remote("https://8.8.4.4:8443/x?y#z", "8.8.4.4", null, null));
    }

    @ParameterizedTest
    @CsvSource({
        "http://a.b/c, a.b, 80",
        "https://a.b, a.b, 443",
        "http://u:p@a.b:81/, a.b, 81",
        "http://[::1]:81/, [::1], 81",
        "http://a@b@c/, , 0",
        "http://a:99999/, , 99999",
        "a.b, , 0",
    })
    void findsHostAndPort(String url, String host, int port) {
        assertThat(RemoteAddress.host(url)).isEqualTo(host);
        assertThat(RemoteAddress.port(url)).isEqualTo(port);
    }
}
