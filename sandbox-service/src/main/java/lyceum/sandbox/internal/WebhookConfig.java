package lyceum.sandbox.internal;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import lyceum.platform.Settings;

/**
 * Whom this service calls when a submission has ended, and how.
 *
 * @param hosts those that may be called wherever they are; all others only at public addresses
 * @param secret signs what is sent, empty for no signature
 * @param timeout of one call, from the name of the host to the status
 * @param pause before the second try; before the third it is twice as long
 */
public record WebhookConfig(List<String> hosts, Optional<String> secret, Duration timeout, Duration pause) {

    /** Reads {@code LYCEUM_SANDBOX_WEBHOOK_*}. */
    static WebhookConfig from(Settings settings) {
        return new WebhookConfig(
                settings.list(
                        "LYCEUM_SANDBOX_WEBHOOK_HOSTS", "", "Hosts that webhooks may call though they are not public"),
                settings.optionalText(
                        "LYCEUM_SANDBOX_WEBHOOK_SECRET", "Key of the header Lyceum-Signature, which is absent without"),
                settings.duration("LYCEUM_SANDBOX_WEBHOOK_TIMEOUT", "5s", "How long a webhook may take to answer"),
                settings.duration("LYCEUM_SANDBOX_WEBHOOK_PAUSE", "5s", "Time before a webhook is called again"));
    }
}
