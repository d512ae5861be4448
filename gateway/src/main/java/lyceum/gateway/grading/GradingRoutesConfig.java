package lyceum.gateway.grading;

import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;

/**
 * What the routes of grading let through.
 *
 * @param contentBytes longest archive, and longest CSV
 * @param packageBytes longest homework that can be uploaded
 * @param runnerHeldBytes bodies of runners that are read at once; who calls is known behind that only
 * @param watchers most of those who watch a hand-in at once, of this gateway
 * @param legacy who may send the envelope of Railgun's runners
 */
public record GradingRoutesConfig(
        int contentBytes, int packageBytes, long runnerHeldBytes, int watchers, LegacyRunnersConfig legacy) {

    /** It goes over the bus in one piece. */
    private static final long MOST_BYTES = 16L << 20;

    private static final int FORM_BYTES = 64 << 10;

    /** @return the configuration; or a {@link lyceum.platform.Settings.WrongSetting} that names the key */
    public static GradingRoutesConfig from(Settings settings) {
        return new GradingRoutesConfig(
                bytes(settings, "LYCEUM_GRADING_UPLOAD_LIMIT", "256KiB", "longest archive or CSV that is handed in"),
                bytes(settings, "LYCEUM_GRADING_HOMEWORK_LIMIT", "4MiB", "longest zip of a homework that is uploaded"),
                settings.bytes(
                        "LYCEUM_GRADING_RUNNER_HELD_LIMIT",
                        "32MiB",
                        "bodies of outside runners that are read at once, of one gateway, half of it for one address; "
                                + "more are refused"),
                settings.number(
                        "LYCEUM_GRADING_WATCHERS",
                        10_000,
                        1,
                        1_000_000,
                        "clients that watch hand-ins being graded at once, of one gateway; more are refused"),
                LegacyRunnersConfig.from(settings));
    }

    private static int bytes(Settings settings, String key, String fallback, String meaning) {
        long bytes = settings.bytes(key, fallback, meaning);
        if (bytes > MOST_BYTES) {
            throw new WrongSetting(key + ": more than 16MiB, which is too much for one message");
        }
        return (int) bytes;
    }

    /** @return longest body that hands something in, which is more than its content */
    long bodyBytes() {
        return contentBytes + FORM_BYTES;
    }

    /** @return the same of a urlencoded one, where a byte of the content may be three */
    long encodedBytes() {
        return 3L * contentBytes + FORM_BYTES;
    }
}
