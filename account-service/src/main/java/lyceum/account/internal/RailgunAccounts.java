package lyceum.account.internal;

import io.vertx.core.Vertx;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import lyceum.account.Role;
import lyceum.platform.Failure;
import lyceum.platform.ImportReport;
import lyceum.platform.Migrations;

/**
 * Makes accounts of the users of Railgun. Their passwords cannot be taken over: Railgun keeps PBKDF2 with SHA-1, which this
 * house does not accept. Nobody can log in to such an account before an administrator has set a password.
 *
 * <p>Blocks: for the command line.
 */
public final class RailgunAccounts {

    private RailgunAccounts() {}

    /** @param isAdmin whether the user was an administrator there, who also was the teacher */
    public record OldUser(String name, boolean isAdmin, boolean isActive) {}

    /** @param isDry whether nothing is written in the end */
    public static void take(
            Vertx vertx, AccountConfig config, List<OldUser> users, boolean isDry, ImportReport report) {
        new Migrations(config.database(), AccountVerticle.MIGRATIONS).run(vertx).await();
        report.imported("account", 0);
        Set<String> waiting = new TreeSet<>();
        AccountImportStore.inOneGo(vertx, config.database(), isDry, store -> {
            for (OldUser user : users) {
                try {
                    take(user, config, store, report, waiting);
                } catch (Failure e) {
                    report.refused("account", user.name(), e.getMessage());
                }
            }
        });
        if (!waiting.isEmpty()) {
            report.remark("%d accounts need a new password (PUT /accounts/{name}): %s"
                    .formatted(
                            waiting.size(),
                            String.join(", ", waiting.stream().limit(20).toList())));
        }
    }

    private static void take(
            OldUser user, AccountConfig config, AccountImportStore store, ImportReport report, Set<String> waiting) {
        String name = AccountName.of(user.name()).text();
        Set<Role> roles = user.isAdmin() ? Set.of(Role.TEACHER, Role.ADMIN) : Set.of(Role.STUDENT);
        String nobody = PasswordHash.ofNobody(config.cost()).phc();
        if (store.add(
                name,
                nobody,
                roles,
                !user.isActive(),
                Clock.systemUTC().instant().atOffset(ZoneOffset.UTC))) {
            report.imported("account");
            waiting.add(name);
        } else {
            report.present("account");
        }
    }
}
