package lyceum.account.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hashes of passwords; the known ones are those that the reference implementation of Argon2 tests itself with. */
class PasswordHashTest {

    private static final HashCost CHEAP = new HashCost(64, 1, 1);
    private static final Password PASSWORD = password("password");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc",
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=256,t=2,p=2$c29tZXNhbHQ$bQk8UB/VmZZF4Oo79iDXuL5/0ttZwg2f/5U52iv1cDc"
            })
    void knowsWhatOthersHashed(String phc) {
        PasswordHash hash = PasswordHash.parse(phc);

        assertThat(hash.isOf(PASSWORD)).isTrue();
        assertThat(hash.isOf(password("Password"))).isFalse();
        assertThat(hash.phc()).isEqualTo(phc);
    }

    @Test
    void tellsItsCost() {
        assertThat(PasswordHash.parse("$argon2id$v=19$m=19456,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cI")
                        .cost())
                .isEqualTo(new HashCost(19_456, 2, 1));
    }

    @Test
    void isAnotherEachTime() {
        PasswordHash first = PasswordHash.of(PASSWORD, CHEAP);
        PasswordHash second = PasswordHash.of(PASSWORD, CHEAP);

        assertThat(first.phc()).matches("\\$argon2id\\$v=19\\$m=64,t=1,p=1\\$[\\w+/]{22}\\$[\\w+/]{43}");
        assertThat(second.phc()).isNotEqualTo(first.phc());
        assertThat(PasswordHash.parse(first.phc()).isOf(PASSWORD)).isTrue();
        assertThat(second.isOf(PASSWORD)).isTrue();
    }

    @Test
    void canBeThatOfNobody() {
        PasswordHash hash = PasswordHash.ofNobody(CHEAP);

        assertThat(hash.cost()).isEqualTo(CHEAP);
        assertThat(hash.isOf(password(""))).isFalse();
        assertThat(hash.isOf(PASSWORD)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "password",
                "$2b$12$abcdefghijklmnopqrstuv",
                "$argon2i$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=16$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=99999999,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4",
                "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65"
            })
    void isNothingElse(String phc) {
        assertThatThrownBy(() -> PasswordHash.parse(phc))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("a stored password is no PHC string of Argon2id");
    }

    private static Password password(String text) {
        return Password.typed(text).orElseThrow();
    }
}
