package lyceum.account.internal;

import static lyceum.account.internal.Failing.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccountNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "Ada Lovelace", "ada@example.org", "김철수", "🙂", "o'neill", "...", "a.b", "ä"})
    void takesWhatCanBeSeen(String name) {
        assertThat(AccountName.of(name).text()).isEqualTo(name);
        assertThat(AccountName.find(name)).contains(new AccountName(name));
    }

    @Test
    void isTheSameHoweverItWasComposed() {
        assertThat(AccountName.of("a\u0308")).isEqualTo(AccountName.of("\u00e4"));
    }

    @Test
    void countsCharactersAndNotHalvesOfThem() {
        assertThat(AccountName.of("🙂".repeat(64)).text()).hasSize(128);
        assertThat(AccountName.of("a\u0308".repeat(64)).text()).hasSize(64);
        for (String name : new String[] {"", "🙂".repeat(65), "a".repeat(65)}) {
            assertFails(Kind.INVALID, "a name has 1 to 64 characters", () -> AccountName.of(name));
            assertThat(AccountName.find(name)).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a\u0000",
                "a\nb",
                "a\u007f",
                "a\u0085",
                "a\u200bb",
                "\u202eada",
                "a\ufeff",
                "a\u2028",
                "a\u00a0b",
                "a\u3000b",
                "a\ue000",
                "a\ud800",
                " ada",
                "ada ",
                "a/b",
                "/"
            })
    void refusesWhatCannotBeSeenOrNotStandInAPath(String name) {
        assertFails(
                Kind.INVALID,
                "a name has no invisible characters, no slash, and no space at its ends",
                () -> AccountName.of(name));
    }

    @ParameterizedTest
    @ValueSource(strings = {".", ".."})
    void refusesAStepInAPath(String name) {
        assertFails(Kind.INVALID, "a name that is a step in a path cannot be one", () -> AccountName.of(name));
    }
}
