package lyceum.gateway.grading;

import java.time.Duration;
import java.util.List;
import lyceum.gateway.access.AddressRange;
import lyceum.platform.Settings;

/**
 * Who may send the envelope of Railgun's runners, which has no authentication (contracts/grading.md, section 2.2).
 *
 * @param networks where they are
 * @param failures envelopes of one address within a window that do not open, then none of it are looked at; 0 for any number
 * @param window how long they count, from the first one on
 */
public record LegacyRunnersConfig(List<AddressRange> networks, int failures, Duration window) {

    static LegacyRunnersConfig from(Settings settings) {
        return new LegacyRunnersConfig(
                AddressRange.list(
                        settings,
                        "LYCEUM_GRADING_LEGACY_NETWORKS",
                        // Runners that there are must go on, wherever they are.
                        "0.0.0.0/0,::/0",
                        "addresses and blocks (CIDR) of runners that may send the envelope of Railgun"),
                settings.number(
                        "LYCEUM_GRADING_LEGACY_FAILURES",
                        // A class may fail for an hour with scores that are no JSON (section 4.5); guessing takes
                        // thousands.
                        600,
                        0,
                        1_000_000,
                        "such envelopes of one address (IPv6: of its /64) within LYCEUM_GRADING_LEGACY_WINDOW that do not"
                                + " open, then none is looked at; 0 for any number"),
                settings.duration("LYCEUM_GRADING_LEGACY_WINDOW", "1m", "How long they count, from the first one on"));
    }
}
