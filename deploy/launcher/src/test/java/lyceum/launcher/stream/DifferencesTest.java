package lyceum.launcher.stream;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import lyceum.launcher.deploy.Differences;
import org.junit.jupiter.api.Test;

class DifferencesTest {

    @Test
    void standInTheDocuments() throws IOException {
        Map<String, String> reasons = new HashMap<>(Decisions.reasons());
        reasons.putAll(LeftOut.reasons());
        Differences.judge(
                "differences-streams.md",
                "Streams: where the original answered otherwise",
                "Of all that was recorded of the PTG Data Store API, these cases end otherwise, or are replayed in another"
                        + " form; all others end as recorded, which `FixtureReplayIT` shows. Numbers are those of the"
                        + " contract's section 8. Written by the tests.",
                reasons);
    }
}
