package lyceum.platform.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lyceum.platform.Profile;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;

/**
 * How a process finds the others of its cluster, and how they know that it is one of them.
 *
 * @param host the address of this process that the others can reach
 * @param port where members are listened to, or the next free one above
 * @param busPort where the bus is listened to; 0 lets the system choose
 * @param members addresses to look for others at, {@code host} or {@code host:port}
 * @param serviceDns the name of a headless service whose addresses are the members (Kubernetes)
 * @param silence after so long a member that is not heard of is left behind; those who are cut off from each other look as
 *     often whether they are together again
 * @param secret what all members know and nobody else; without it they speak in plain text, with anybody
 * @param isNetworkTrusted whether the operator says that this does no harm
 */
public record ClusterConfig(
        String host,
        int port,
        int busPort,
        List<String> members,
        Optional<String> serviceDns,
        Duration silence,
        Optional<ClusterSecret> secret,
        boolean isNetworkTrusted) {

    private static final String TRUSTED_NETWORK = "LYCEUM_CLUSTER_TRUSTED_NETWORK";
    private static final String MEMBERS = "LYCEUM_CLUSTER_MEMBERS";
    private static final String SILENCE = "LYCEUM_CLUSTER_SILENCE";

    /** A name, an address or a range of them; IPv6 in brackets where a port follows. */
    private static final Pattern MEMBER = Pattern.compile(
            "(?:[\\w.*-]+|\\[[\\da-fA-F:.]+])(?::(?<port>\\d{1,5}))?|(?:[\\da-fA-F]*:){2,7}[\\da-fA-F.]*");

    private static final int LAST_PORT = 65_535;

    /** Hazelcast counts in seconds, and several signs of life must fail to come. */
    private static final Duration LEAST_SILENCE = Duration.ofSeconds(5);

    /** Reads {@code LYCEUM_CLUSTER_*}. */
    public static ClusterConfig from(Settings settings) {
        return new ClusterConfig(
                settings.text("LYCEUM_CLUSTER_HOST", "127.0.0.1", "Address of this process inside the cluster"),
                settings.port("LYCEUM_CLUSTER_PORT", 5701, "Port inside the cluster; the next free one is taken"),
                settings.port("LYCEUM_CLUSTER_BUS_PORT", 0, "Port of the bus inside the cluster; 0: any"),
                members(settings),
                settings.optionalText(
                        "LYCEUM_CLUSTER_SERVICE_DNS", "Headless service whose addresses are the members (Kubernetes)"),
                silence(settings),
                settings.optionalText(
                                ClusterSecret.KEY,
                                "What members know each other by and encrypt the bus with, at least 32 characters, the"
                                        + " same in all of them; required in prod, absent in dev: plain text")
                        .map(ClusterSecret::of),
                settings.flag(
                        TRUSTED_NETWORK,
                        false,
                        "Whether prod may go without that secret: nobody else is in the network of the members"));
    }

    /** A member that cannot be is passed over by Hazelcast, with a process that is alone for all that is to be seen. */
    private static List<String> members(Settings settings) {
        List<String> members = settings.list(
                MEMBERS, "127.0.0.1", "Where other processes are looked for, host or host:port, with commas");
        members.stream()
                .filter(member -> !isAddress(MEMBER.matcher(member)))
                .findFirst()
                .ifPresent(member -> {
                    throw new WrongSetting("%s: '%s' is neither host nor host:port".formatted(MEMBERS, member));
                });
        return members;
    }

    private static boolean isAddress(Matcher member) {
        String port = member.matches() ? member.group("port") : "0";
        return port == null || Integer.parseInt(port) > 0 && Integer.parseInt(port) <= LAST_PORT;
    }

    private static Duration silence(Settings settings) {
        Duration silence = settings.duration(
                SILENCE,
                "20s",
                "After so long a process that is not heard of counts as dead; at least 5s, and longer than any pause of one");
        if (silence.compareTo(LEAST_SILENCE) < 0) {
            throw new WrongSetting("%s: less than %d s".formatted(SILENCE, LEAST_SILENCE.toSeconds()));
        }
        return silence;
    }

    /**
     * @return the same, fit for a profile
     * @throws WrongSetting where members would be open to anybody in production, or to anybody who guesses, and nobody said
     *     that they may
     */
    public ClusterConfig fitFor(Profile profile) {
        if (secret.isPresent() && isNetworkTrusted) {
            throw new WrongSetting("%s: not together with %s".formatted(TRUSTED_NETWORK, ClusterSecret.KEY));
        }
        if (profile == Profile.PROD && secret.isEmpty() && !isNetworkTrusted) {
            throw new WrongSetting(
                    "%s: required where LYCEUM_PROFILE is prod and processes join a cluster, unless %s is true"
                            .formatted(ClusterSecret.KEY, TRUSTED_NETWORK));
        }
        if (profile == Profile.PROD) {
            secret.ifPresent(ClusterSecret::refuseGuessable);
        }
        return this;
    }
}
