package lyceum.grading.internal;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import lyceum.platform.Settings;

/**
 * What runners outside of the house may do.
 *
 * @param keyFile key of the original's envelope; empty where that is not taken
 * @param isShortKeyPadded whether a key below 32 bytes is taken and padded with NUL, as the original does
 * @param isLegacyTaken whether the original's envelope is taken
 * @param keys a file or directory of keys of single runners; empty where sealed envelopes are not taken
 * @param skew how far the clock of a runner may be off
 * @param lease how long a runner may take from start to report, before somebody else may grade
 */
record RunnersConfig(
        Optional<Path> keyFile,
        boolean isShortKeyPadded,
        boolean isLegacyTaken,
        Optional<Path> keys,
        Duration skew,
        Duration lease) {

    static final String KEY_FILE = "LYCEUM_GRADING_KEY_FILE";
    static final String KEYS = "LYCEUM_GRADING_RUNNER_KEYS";

    private enum ShortKey {
        REFUSE,
        PAD
    }

    private enum Legacy {
        ON,
        OFF
    }

    static RunnersConfig from(Settings settings) {
        return new RunnersConfig(
                settings.optionalText(
                                KEY_FILE,
                                "File with the key that runners of Railgun share (commKey.txt); without it none is answered")
                        .map(Path::of),
                settings.choice(
                                "LYCEUM_GRADING_SHORT_KEY",
                                ShortKey.REFUSE,
                                "What happens with such a key of less than 32 bytes: refuse, or pad it with NUL")
                        == ShortKey.PAD,
                settings.choice(
                                "LYCEUM_GRADING_LEGACY_ENVELOPE",
                                Legacy.ON,
                                "Whether the envelope of Railgun's runners is taken, which has no authentication")
                        == Legacy.ON,
                settings.optionalText(
                                KEYS,
                                "File, or directory of files, with lines runner-id:key for runners that seal their envelopes")
                        .map(Path::of),
                settings.duration("LYCEUM_GRADING_RUNNER_SKEW", "2m", "How far the clock of such a runner may be off"),
                settings.duration(
                        "LYCEUM_GRADING_RUNNER_LEASE",
                        "15m",
                        "How long a runner may take from start to report; then the hand-in waits again"));
    }
}
