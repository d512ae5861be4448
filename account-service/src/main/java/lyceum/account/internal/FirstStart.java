package lyceum.account.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import lyceum.account.Role;
import lyceum.platform.Audit;
import lyceum.platform.Failure;
import lyceum.platform.Profile;
import lyceum.platform.Settings.WrongSetting;

/** Creates the first account of an installation. */
final class FirstStart {

    private static final String BY = FirstAccount.USER_KEY;

    /** What examples and products have in that place, in small letters. */
    private static final Set<String> KNOWN_PASSWORDS = Set.of(
            "adminadmin",
            "admin123",
            "administrator",
            "changeme",
            "change-me",
            "changeit",
            "letmein1",
            "password",
            "password1",
            "passw0rd",
            "12345678",
            "123456789",
            "qwertyuiop",
            "secretsecret");

    private final Vertx vertx;
    private final Profile profile;
    private final AccountStore store;
    private final Hashing hashing;
    private final Clock clock;

    FirstStart(Vertx vertx, Profile profile, AccountStore store, Hashing hashing, Clock clock) {
        this.vertx = vertx;
        this.profile = profile;
        this.store = store;
        this.hashing = hashing;
        this.clock = clock;
    }

    /** @return done when there is such an account, as it was if it was there; or a {@link WrongSetting} */
    Future<Void> create(FirstAccount wanted) {
        return store.find(wanted.name().text())
                .compose(found -> found.isPresent() ? Future.succeededFuture() : createNew(wanted));
    }

    private Future<Void> createNew(FirstAccount wanted) {
        return password(wanted)
                .compose(password -> hashing.inTurn(() -> hashing.hash(password)))
                .compose(hash -> store.insert(wanted.name().text(), hash, List.of(Role.ADMIN), clock.instant()))
                .onSuccess(isNew -> {
                    // Of two processes that start at once, one is first.
                    if (isNew) {
                        Audit.note(
                                BY,
                                "created roles=[admin]",
                                "account " + wanted.name().text(),
                                Audit.NOBODY,
                                "done");
                    }
                })
                .mapEmpty();
    }

    private Future<Password> password(FirstAccount wanted) {
        return vertx.fileSystem()
                .readFile(wanted.passwordFile().toString())
                .recover(error -> Future.failedFuture(wrong("cannot be read: " + error.getMessage())))
                .map(Buffer::toString)
                .map(text -> chosen(text.replaceFirst("\\r?\\n\\z", ""), wanted.name()));
    }

    private Password chosen(String text, AccountName name) {
        if (profile == Profile.PROD && KNOWN_PASSWORDS.contains(text.toLowerCase(Locale.ROOT))) {
            throw wrong("has a password that everybody tries first; not where LYCEUM_PROFILE is prod");
        }
        try {
            return Password.chosen(text, name);
        } catch (Failure e) {
            throw wrong(e.getMessage());
        }
    }

    private static WrongSetting wrong(String what) {
        return new WrongSetting(FirstAccount.FILE_KEY + ": " + what);
    }
}
