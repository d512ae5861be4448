package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookUrlTest {

    @Test
    void readsWhatACallNeeds() {
        assertThat(WebhookUrl.of("https://Hooks.Example/done%20it?a=b&c=%2F"))
                .isEqualTo(new WebhookUrl(true, "hooks.example", 443, "/done%20it?a=b&c=%2F"));
        assertThat(WebhookUrl.of("HTTP://1.1.1.1:8080")).isEqualTo(new WebhookUrl(false, "1.1.1.1", 8080, "/"));
        assertThat(WebhookUrl.of("http://[2600::1]/x#fragment")).isEqualTo(new WebhookUrl(false, "2600::1", 80, "/x"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "x",
                "/path",
                "//host/path",
                "ftp://host/",
                "file:///etc/passwd",
                "http:",
                "http:///path",
                "http://user@host/",
                "http://user:secret@host/",
                "http://host:0/",
                "http://host:65536/",
                "http://host:x/",
                "http://host/a b",
                "http://host/\r\nX: y",
                "http://ho_st!/",
                "http://2130706433/",
                "http://99999999999/",
                "http://999.1.1.1/",
                "http://1.2.3.4.5/",
                "http://host.127/",
                "http://host.127./",
                "http://127.1/",
                "http://0x7f.0.0.1/",
                "http://127.0.0.1.:80/",
                "http://[::1/",
                "http://[fe80::1%25lo]x/"
            })
    void refusesWhatIsNoSuchUrl(String text) {
        assertInvalid(() -> WebhookUrl.of(text), "webhook is no absolute URL of http or https");
    }

    @Test
    void refusesAUrlThatIsTooLong() {
        String longest = "http://host/" + "x".repeat(2_048 - 12);

        assertThat(WebhookUrl.of(longest).path()).hasSize(2_048 - 11);
        assertInvalid(() -> WebhookUrl.of(longest + "x"), "of at most 2048 characters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/",
                "https://10.1.2.3:8443/",
                "http://169.254.169.254/latest/meta-data",
                "http://0.0.0.0/",
                "http://[::1]/",
                "http://[::]/",
                "http://[::ffff:192.168.0.1]/",
                "http://[fe80::1]/",
                "http://[fd00::1]/",
                "http://localhost/",
                "http://LOCALHOST:9/",
                "http://db.localhost/"
            })
    void refusesALiteralAddressThatIsNotPublic(String text) {
        WebhookUrl url = WebhookUrl.of(text);

        assertInvalid(() -> url.requireCallable(List.of()), "webhook is not at a public address");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://1.1.1.1/", "https://[2600::1]/", "https://hooks.example/", "http://host1/"})
    void allowsPublicAddressesAndNames(String text) {
        assertThatCode(() -> WebhookUrl.of(text).requireCallable(List.of())).doesNotThrowAnyException();
    }

    @Test
    void allowsAHostThatIsListedWhereverItIs() {
        List<String> allowed = List.of("127.0.0.1", "Hooks.Internal", "::1");

        assertThatCode(() -> {
                    WebhookUrl.of("http://127.0.0.1/").requireCallable(allowed);
                    WebhookUrl.of("http://[::1]/").requireCallable(allowed);
                    WebhookUrl.of("http://hooks.internal/").requireCallable(allowed);
                })
                .doesNotThrowAnyException();
        assertInvalid(
                () -> WebhookUrl.of("http://127.0.0.2/").requireCallable(allowed),
                "webhook is not at a public address");
    }

    private static void assertInvalid(Runnable action, String text) {
        assertThatThrownBy(action::run).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(Kind.INVALID);
            assertThat(failure).hasMessageContaining(text);
        });
    }
}
