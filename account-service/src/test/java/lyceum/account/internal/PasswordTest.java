package lyceum.account.internal;

import static lyceum.account.internal.Failing.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordTest {

    private static final AccountName ADA = AccountName.of("Ada Lovelace");

    @Test
    void isTheSameHoweverItWasComposed() {
        assertThat(Password.typed("pa\u0308ssword").orElseThrow().bytes())
                .isEqualTo(Password.typed("p\u00e4ssword").orElseThrow().bytes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "12345678", " leading and trailing ", "🙂🙂🙂🙂🙂🙂🙂🙂"})
    void isTypedAsItIs(String text) {
        assertThat(Password.typed(text)).isPresent();
    }

    @Test
    void hasALength() {
        assertThat(Password.chosen("🙂".repeat(8), ADA).bytes()).hasSize(32);
        assertThat(Password.chosen("🙂".repeat(128), ADA).bytes()).hasSize(512);
        assertThat(Password.typed("🙂".repeat(129))).isEmpty();
        assertRefused("🙂".repeat(7));
        assertRefused("🙂".repeat(129));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pass\u0000word", "password\n", "pass\u0085word", "password\ud800"})
    void hasNoControlCharacters(String text) {
        assertThat(Password.typed(text)).isEmpty();
        assertRefused(text);
    }

    @Test
    void isNotTheName() {
        assertFails(Kind.INVALID, "a password is not the name", () -> Password.chosen("ada lovelace", ADA));
    }

    @Test
    void isNotShown() {
        assertThat(Password.chosen("correct horse", ADA).toString()).doesNotContain("horse");
    }

    private static void assertRefused(String text) {
        assertFails(
                Kind.INVALID,
                "a password has 8 to 128 characters, none of them a control",
                () -> Password.chosen(text, ADA));
    }
}
