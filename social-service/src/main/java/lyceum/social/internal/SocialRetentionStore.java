package lyceum.social.internal;

import java.util.List;
import lyceum.platform.Database;
import lyceum.platform.Settings;
import lyceum.platform.retention.Sweep;
import lyceum.platform.retention.TableSweep;

/**
 * Which rows of classes are removed some day: single clicks and events. Hours, totals and what each user has done in all
 * stand in tables of their own, and stay right.
 */
public final class SocialRetentionStore {

    private static final String CLICKS = """
            DELETE FROM click
             WHERE (class, id) IN (SELECT class, id
                                     FROM click
                                    WHERE at_second < extract(epoch FROM $1::timestamptz)
                                    LIMIT $2)""";

    private static final String EVENTS = """
            DELETE FROM event
             WHERE (class, id) IN (SELECT class, id
                                     FROM event
                                    WHERE at_second < extract(epoch FROM $1::timestamptz)
                                    LIMIT $2)""";

    private SocialRetentionStore() {}

    /** @param postgresUrl where the tables are */
    public static List<Sweep> sweeps(Settings settings, String postgresUrl) {
        Database database = new Database(postgresUrl, "social", 1);
        int days = Sweep.days(
                settings,
                "LYCEUM_RETENTION_CLICKS",
                "Days that single clicks and events are kept; numbers of hours stay");
        return List.of(
                new TableSweep(database, "clicks", days, CLICKS), new TableSweep(database, "events", days, EVENTS));
    }
}
