package lyceum.sandbox.internal;

import java.net.URI;
import java.time.Duration;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;

/**
 * Where a Docker or Podman engine is, and how it makes containers.
 *
 * @param url {@code unix:///path} or {@code tcp://host:port}
 * @param certificates directory with {@code ca.pem}, {@code cert.pem} and {@code key.pem}, as for DOCKER_CERT_PATH;
 *     empty for none
 * @param runtime name of the OCI runtime that the engine knows, such as {@code runsc}; empty for its default
 * @param milliCpus how many CPUs one container may keep busy, 1000 for one, 0 for all
 * @param callLimit for one question to the engine
 */
public record EngineConfig(
        URI url, String certificates, String runtime, int milliCpus, Duration callLimit, ContainerConfig containers) {

    private static final String PREFIX = "LYCEUM_SANDBOX_ENGINE";

    /** Reads {@code LYCEUM_SANDBOX_ENGINE_*} and {@code LYCEUM_SANDBOX_OWNER}. */
    public static EngineConfig from(Settings settings) {
        URI url = url(settings.text(
                PREFIX + "_URL", "unix:///var/run/docker.sock", "The engine: unix:///path or tcp://host:port"));
        String certificates = settings.text(
                PREFIX + "_CERTS", "", "Directory with ca.pem, cert.pem and key.pem for an engine behind TLS");
        if (url.getScheme().equals("tcp") && certificates.isEmpty() && !isLoopback(url.getHost())) {
            throw new WrongSetting(PREFIX + "_CERTS: an engine on another machine must be behind TLS");
        }
        return new EngineConfig(
                url,
                certificates,
                settings.text(
                        PREFIX + "_RUNTIME", "", "OCI runtime of containers, such as runsc; empty for the default"),
                settings.number(
                        PREFIX + "_MILLICPUS", 0, 0, 1_000_000, "CPUs of one container, 1000 for one; 0 for all"),
                settings.duration(PREFIX + "_TIMEOUT", "20s", "Longest time that the engine may take for an answer"),
                ContainerConfig.from(settings, PREFIX));
    }

    /** @return whether it is a socket of this machine */
    boolean isUnix() {
        return url.getScheme().equals("unix");
    }

    /** @return whether there is TLS, and both sides show who they are */
    boolean isSecure() {
        return !isUnix() && !certificates.isEmpty();
    }

    private static URI url(String text) {
        try {
            URI url = URI.create(text);
            boolean isUnix = "unix".equals(url.getScheme())
                    && url.getPath() != null
                    && url.getPath().length() > 1;
            boolean isTcp = "tcp".equals(url.getScheme()) && url.getHost() != null && url.getPort() > 0;
            if (isUnix || isTcp) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new WrongSetting("%s_URL: '%s' is neither unix:///path nor tcp://host:port".formatted(PREFIX, text));
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("[::1]");
    }
}
