package lyceum.sandbox.internal;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;

/**
 * Where a Kubernetes cluster is, and how pods are made there.
 *
 * @param api {@code https://host[:port]} of the API server
 * @param authority certificate of who signs for the API server; empty for those that Java trusts
 * @param token of a service account; it goes before the file
 * @param tokenFile where the cluster renews that token
 * @param namespace for sandboxes and nothing else
 * @param runtimeClass name of a RuntimeClass; empty for the default of the nodes
 * @param hasOwnUsers whether a pod gets a user namespace ({@code hostUsers: false})
 * @param milliCpus of one step of a task
 * @param callLimit for one question to the API server
 * @param startLimit for a pod until it runs
 */
public record PodConfig(
        URI api,
        String authority,
        Optional<String> token,
        Path tokenFile,
        String namespace,
        String runtimeClass,
        boolean hasOwnUsers,
        int milliCpus,
        Duration callLimit,
        Duration startLimit,
        ContainerConfig containers) {

    private static final String PREFIX = "LYCEUM_SANDBOX_POD";
    private static final String ACCOUNT = "/var/run/secrets/kubernetes.io/serviceaccount/";

    /** Reads {@code LYCEUM_SANDBOX_POD_*} and {@code LYCEUM_SANDBOX_OWNER}. */
    public static PodConfig from(Settings settings) {
        return new PodConfig(
                url(settings.text(PREFIX + "_API", "https://kubernetes.default.svc", "The API server of the cluster")),
                settings.text(
                        PREFIX + "_CA", ACCOUNT + "ca.crt", "Who signs for the API server; empty for public ones"),
                settings.optionalText(PREFIX + "_TOKEN", "Token for the API server, where it is in no file"),
                settings.path(PREFIX + "_TOKEN_FILE", ACCOUNT + "token", "File with the token for the API server"),
                settings.text(PREFIX + "_NAMESPACE", "lyceum-sandbox", "Namespace of the pods, and of nothing else"),
                settings.text(PREFIX + "_RUNTIME_CLASS", "gvisor", "RuntimeClass of the pods; empty for the default"),
                settings.flag(PREFIX + "_OWN_USERS", false, "Give each pod a user namespace (hostUsers: false)"),
                settings.number(PREFIX + "_MILLICPUS", 1_000, 10, 1_000_000, "CPUs of one program, 1000 for one"),
                settings.duration(
                        PREFIX + "_TIMEOUT", "20s", "Longest time that the API server may take for an answer"),
                settings.duration(PREFIX + "_START_LIMIT", "60s", "Longest time until a new pod runs"),
                ContainerConfig.from(settings, PREFIX));
    }

    int port() {
        return api.getPort() > 0 ? api.getPort() : isSecure() ? 443 : 80;
    }

    boolean isSecure() {
        return api.getScheme().equals("https");
    }

    /** Without TLS the token would go over the network as it is; such a thing is a proxy beside us. */
    private static URI url(String text) {
        try {
            URI url = URI.create(text);
            String host = url.getHost() == null ? "" : url.getHost();
            boolean isNear = host.equals("localhost") || host.startsWith("127.");
            boolean isSafe = "https".equals(url.getScheme()) || "http".equals(url.getScheme()) && isNear;
            if (isSafe && !host.isEmpty()) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw new WrongSetting("%s_API: '%s' is not https://host:port".formatted(PREFIX, text));
    }
}
