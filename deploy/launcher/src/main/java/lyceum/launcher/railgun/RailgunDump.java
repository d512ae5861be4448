package lyceum.launcher.railgun;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lyceum.account.internal.RailgunAccounts.OldUser;
import lyceum.grading.internal.RailgunHandIns.OldHandIn;
import lyceum.grading.internal.RailgunHandIns.Sink;
import lyceum.platform.Settings.WrongSetting;

/**
 * Users and hand-ins of Railgun. Tables are known by their columns (contract, section 3.1), because what they are called depends
 * on the version. Of users all are in memory, of hand-ins one is.
 */
public final class RailgunDump {

    private static final Set<String> USER = Set.of("id", "name", "email", "is_admin", "is_active");
    private static final Set<String> HAND_IN =
            Set.of("id", "uuid", "hwid", "lang", "state", "score", "scale", "user_id");

    /** More than any university has. */
    private static final int MOST_USERS = 1_000_000;

    private final Path file;
    private final Map<String, OldUser> usersById = new HashMap<>();

    private RailgunDump(Path file) {
        this.file = file;
    }

    /** @throws WrongSetting where it is neither a dump nor a file of SQLite, or has no users */
    public static RailgunDump open(Path file) {
        RailgunDump dump = new RailgunDump(file);
        try {
            if (!Files.isRegularFile(file)) {
                throw new IOException("there is no such file");
            }
            dump.read((table, row) -> {
                if (row.keySet().containsAll(USER)) {
                    dump.addUser(row);
                }
            });
            if (dump.usersById.isEmpty()) {
                throw new IOException("there is no table with the columns " + USER);
            }
            return dump;
        } catch (IOException e) {
            throw new WrongSetting(
                    "--import=railgun: '%s' is not a database of Railgun: %s".formatted(file, e.getMessage()));
        }
    }

    private void addUser(Map<String, String> row) throws IOException {
        if (usersById.size() == MOST_USERS) {
            throw new IOException("more than %d users".formatted(MOST_USERS));
        }
        usersById.put(
                row.get("id"),
                new OldUser(
                        String.valueOf(row.get("name")), isTrue(row.get("is_admin")), isTrue(row.get("is_active"))));
    }

    public List<OldUser> users() {
        return new ArrayList<>(usersById.values());
    }

    /** Gives the hand-ins in the order in which they are written, which pg_dump takes from where they lie. */
    public void handIns(Sink sink) throws IOException {
        read((table, row) -> {
            if (row.keySet().containsAll(HAND_IN)) {
                sink.take(handIn(row));
            }
        });
    }

    private OldHandIn handIn(Map<String, String> row) {
        OldUser user = usersById.get(row.get("user_id"));
        return new OldHandIn(
                row.get("id"),
                row.get("uuid"),
                row.get("ctime"),
                row.get("hwid"),
                row.get("lang"),
                row.get("state"),
                row.get("score"),
                row.get("scale"),
                row.get("exitcode"),
                row.get("stdout"),
                row.get("stderr"),
                user == null ? null : user.name(),
                user != null && user.isAdmin());
    }

    private void read(SqlDump.Rows rows) throws IOException {
        if (SqliteFile.isOne(file)) {
            SqliteFile.read(file, rows);
        } else {
            SqlDump.read(file, rows);
        }
    }

    private static boolean isTrue(String value) {
        return "1".equals(value) || "t".equalsIgnoreCase(value) || "true".equalsIgnoreCase(value);
    }
}
