package lyceum.launcher.elicast;

import java.util.Map;
import lyceum.launcher.wire.RunningSuite;

/** One suite for all that is set up alike, one after the other, each of which finds it as if it had just been started. */
final class SharedSuite implements AutoCloseable {

    private static final String FORGET = """
            TRUNCATE content, piece, lesson, lesson_history, code_run, code_run_exercise, log_ticket, log_entry
            RESTART IDENTITY CASCADE""";

    private RunningSuite suite;
    private Map<String, String> settings;

    /** @return a suite of these settings in which nothing has happened; the one that was given before is over */
    RunningSuite fresh(Map<String, String> wanted) {
        if (wanted.equals(settings)) {
            suite.rows("elicast").query(FORGET).execute().await();
            return suite;
        }
        close();
        suite = RunningSuite.start(wanted, "account", "sandbox", "media", "elicast", "gateway");
        settings = wanted;
        return suite;
    }

    @Override
    public void close() {
        if (suite != null) {
            suite.close();
        }
    }
}
