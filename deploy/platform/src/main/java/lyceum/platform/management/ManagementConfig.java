package lyceum.platform.management;

import lyceum.platform.Settings;

/**
 * Where the operator's port is.
 *
 * @param host address to listen at
 * @param port port to listen at; 0 lets the system choose
 */
public record ManagementConfig(String host, int port) {

    /** Reads {@code LYCEUM_MANAGEMENT_*}. */
    public static ManagementConfig from(Settings settings) {
        return new ManagementConfig(
                settings.text("LYCEUM_MANAGEMENT_HOST", "0.0.0.0", "Address of health and metrics"),
                settings.port("LYCEUM_MANAGEMENT_PORT", 9090, "Port of health and metrics"));
    }
}
