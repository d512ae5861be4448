package lyceum.sandbox.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import lyceum.platform.Settings;

/**
 * What containers of every origin have in common.
 *
 * @param ready how many wait at least, once something has been run
 * @param mostReady how many wait at most, all together
 * @param life after that time a container ends by itself; longer than any run may take
 * @param owner whose they are: what is left of its name is removed when it starts, so it must be the only one of that
 *     name at one engine, or in one namespace
 */
record ContainerConfig(Images images, int ready, int mostReady, Duration life, String owner) {

    /** Label of all our containers, with the value {@link #SANDBOX}. */
    static final String LABEL = "lyceum";

    static final String SANDBOX = "sandbox";
    static final String OWNER_LABEL = "lyceum-owner";
    /** Who runs programs: nobody on any machine. */
    static final int USER = 1_536;

    /** Reads {@code LYCEUM_SANDBOX_OWNER} and {@code …_IMAGE}, {@code …_IMAGES}, {@code …_POOL*}, {@code …_LIFE}. */
    static ContainerConfig from(Settings settings, String prefix) {
        int ready = settings.number(prefix + "_POOL", 2, 0, 1_000, "Containers that wait for runs at least");
        int most = settings.number(prefix + "_POOL_MOST", 16, 0, 1_000, "Containers that wait for runs at most");
        String owner = settings.text("LYCEUM_SANDBOX_OWNER", "", "Whose containers these are; empty for the host name");
        return new ContainerConfig(
                Images.from(settings, prefix),
                ready,
                Math.max(ready, most),
                settings.duration(prefix + "_LIFE", "1h", "Containers end after that time, whatever happens"),
                label(owner.isEmpty() ? hostName() : owner));
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** @return what can be the value of a label, in Kubernetes too: 63 characters, letters and digits at both ends */
    private static String label(String owner) {
        String text = owner.replaceAll("[^A-Za-z0-9.-]", "-");
        return text.substring(0, Math.min(63, text.length())).replaceAll("^[^A-Za-z0-9]+|[^A-Za-z0-9]+$", "");
    }
}
