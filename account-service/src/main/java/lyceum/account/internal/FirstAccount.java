package lyceum.account.internal;

import java.nio.file.Path;
import java.util.Optional;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;

/**
 * The administrator who is there from the first start on, and creates all others.
 *
 * @param name of the account
 * @param passwordFile holds the password, one line; read only where the account does not exist
 */
record FirstAccount(AccountName name, Path passwordFile) {

    static final String USER_KEY = "LYCEUM_ADMIN_USER";
    static final String FILE_KEY = "LYCEUM_ADMIN_PASSWORD_FILE";

    /** @return empty where none is wanted */
    static Optional<FirstAccount> from(Settings settings) {
        Optional<String> user = settings.optionalText(
                USER_KEY, "Administrator who is created at a start where there is no account of that name");
        Optional<String> file =
                settings.optionalText(FILE_KEY, "File with the password of LYCEUM_ADMIN_USER, read when it is created");
        if (user.isPresent() != file.isPresent()) {
            throw new WrongSetting("%s: needs %s, too"
                    .formatted(user.isPresent() ? USER_KEY : FILE_KEY, user.isPresent() ? FILE_KEY : USER_KEY));
        }
        return user.map(name -> new FirstAccount(name(name), Path.of(file.orElseThrow())));
    }

    private static AccountName name(String text) {
        return AccountName.find(text)
                .orElseThrow(() -> new WrongSetting("%s: '%s' cannot be a name".formatted(USER_KEY, text)));
    }
}
