package lyceum.account.internal;

import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Optional;
import lyceum.account.AccountService;
import lyceum.platform.Failure;

/** A password in clear. It is in NFC, because keyboards differ in how they compose. It has no {@code toString}. */
final class Password {

    private final String text;

    private Password(String text) {
        this.text = text;
    }

    /** @return the password that was typed; empty where it is too long for one, or has control characters */
    static Optional<Password> typed(String text) {
        return Optional.of(Normalizer.normalize(text, Form.NFC))
                .filter(password -> length(password) <= AccountService.MOST_PASSWORD_CHARACTERS)
                .filter(password -> password.codePoints().noneMatch(Password::isForbidden))
                .map(Password::new);
    }

    /** @return the password that somebody chose; INVALID where it breaks a rule */
    static Password chosen(String text, AccountName name) {
        Password password = typed(text)
                .filter(chosen -> length(chosen.text) >= AccountService.LEAST_PASSWORD_CHARACTERS)
                .orElseThrow(() -> Failure.invalid("a password has %d to %d characters, none of them a control"
                        .formatted(AccountService.LEAST_PASSWORD_CHARACTERS, AccountService.MOST_PASSWORD_CHARACTERS)));
        if (password.text.equalsIgnoreCase(name.text())) {
            throw Failure.invalid("a password is not the name");
        }
        return password;
    }

    byte[] bytes() {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }

    /** A lone half of a pair has no UTF-8: it would be hashed as a question mark. */
    private static boolean isForbidden(int character) {
        int type = Character.getType(character);
        return type == Character.CONTROL || type == Character.SURROGATE;
    }
}
