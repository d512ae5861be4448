package lyceum.account.internal;

import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Optional;
import lyceum.account.AccountService;
import lyceum.platform.Failure;

/**
 * The name of an account, or one that could be. Two that look the same are the same: NFC, and nothing invisible.
 *
 * @param text in NFC
 */
record AccountName(String text) {

    /** @return the name that was typed; INVALID where it cannot be one */
    static AccountName of(String typed) {
        String text = Normalizer.normalize(typed, Form.NFC);
        int length = text.codePointCount(0, text.length());
        if (length < 1 || length > AccountService.NAME_CHARACTERS) {
            throw Failure.invalid("a name has 1 to %d characters".formatted(AccountService.NAME_CHARACTERS));
        }
        if (!text.codePoints().allMatch(AccountName::isVisible) || !text.strip().equals(text)) {
            throw Failure.invalid("a name has no invisible characters, no slash, and no space at its ends");
        }
        if (text.equals(".") || text.equals("..")) {
            throw Failure.invalid("a name that is a step in a path cannot be one");
        }
        return new AccountName(text);
    }

    /** @return the name that was typed; empty where it cannot be one */
    static Optional<AccountName> find(String typed) {
        try {
            return Optional.of(of(typed));
        } catch (Failure cannotBe) {
            return Optional.empty();
        }
    }

    /** Spaces other than the usual one look like it, and a slash could not stand in a path. */
    private static boolean isVisible(int character) {
        return switch (Character.getType(character)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            case Character.SPACE_SEPARATOR -> character == ' ';
            default -> character != '/';
        };
    }
}
