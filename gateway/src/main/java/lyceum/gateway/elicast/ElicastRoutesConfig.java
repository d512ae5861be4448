package lyceum.gateway.elicast;

import java.time.Duration;
import lyceum.gateway.access.Admission;
import lyceum.platform.Settings;

/**
 * What the routes of the elicast contract ask for and let through.
 *
 * @param admission whether they ask for a token
 * @param isEditBlocked whether lessons cannot be changed through this gateway
 * @param sourceLimitBytes longest program
 * @param logLimitBytes longest data of a log entry
 * @param heldBytes programs, answers and logs that are sent and not answered yet
 * @param codeTimeLimit how long a program may run
 * @param mediaTimeout how long an operation on sound may take
 */
public record ElicastRoutesConfig(
        Admission admission,
        boolean isEditBlocked,
        int sourceLimitBytes,
        int logLimitBytes,
        long heldBytes,
        Duration codeTimeLimit,
        Duration mediaTimeout) {

    private static final int SOURCE_LIMIT_BYTES = 8 * 1024 * 1024;
    private static final int LOG_LIMIT_BYTES = 1024 * 1024;

    /** The service waits for the sandbox; the gateway waits a little longer for the service. */
    private static final Duration MARGIN = Duration.ofSeconds(60);

    /** @return how long the answer of a program may take, waiting for its turn included */
    public Duration runTimeout() {
        return codeTimeLimit.multipliedBy(2).plus(MARGIN);
    }

    /** @return the configuration; or a {@link lyceum.platform.Settings.WrongSetting} that names the key */
    public static ElicastRoutesConfig from(Settings settings) {
        Duration codeTime = settings.duration("LYCEUM_CODE_TIME_LIMIT", "300s", "Wall clock of a program of a lesson");
        return new ElicastRoutesConfig(
                settings.choice(
                        "LYCEUM_AUTH_ELICAST", Admission.OPEN, "whether lessons, code, audio and logs ask for a token"),
                settings.flag("LYCEUM_ELICAST_EDIT_BLOCKED", false, "whether lessons can only be read and answered"),
                SOURCE_LIMIT_BYTES,
                LOG_LIMIT_BYTES,
                settings.bytes(
                        "LYCEUM_ELICAST_HELD_LIMIT",
                        "32MiB",
                        "programs, answers and logs that are sent and not answered yet, of one gateway, without the first"
                                + " 32 KiB of each; more are refused"),
                codeTime,
                settings.duration("LYCEUM_MEDIA_REPLY_TIMEOUT", "270s", "How long an operation on sound may take")
                        .plus(MARGIN));
    }
}
