package lyceum.launcher.elicast;

import java.io.IOException;
import lyceum.launcher.deploy.Differences;
import org.junit.jupiter.api.Test;

class DifferencesTest {

    @Test
    void standInTheDocuments() throws IOException {
        Differences.judge(
                "differences-lessons.md",
                "Lessons: where the original answered otherwise",
                "Of all that was recorded of elicast-server, these cases end otherwise; all others end as recorded, which"
                        + " `FixtureReplayIT` shows. Numbers are sections of the contract. Written by the tests.",
                Decisions.reasons());
    }
}
