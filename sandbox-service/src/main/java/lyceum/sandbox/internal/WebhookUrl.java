package lyceum.sandbox.internal;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import lyceum.platform.Failure;

/**
 * Where a webhook is.
 *
 * @param host a name, or a literal address without brackets; lower case
 * @param port never absent
 * @param path with the query
 */
record WebhookUrl(boolean isTls, String host, int port, String path) {

    private static final int LONGEST = 2_048;
    /** A host that ends in a number can only be an address (RFC 3696, section 2); Java would ask the network for others. */
    private static final String NUMERIC = "([^:]*\\.)?\\d+\\.?";

    private static final String DOTTED_QUAD = "((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.(?!$)|$)){4}";
    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int LAST_PORT = 65_535;

    /** Throws INVALID where it is no absolute URL of http or https, or names a user. */
    static WebhookUrl of(String text) {
        URI uri = uri(text);
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        boolean isTls = scheme.equals("https");
        if (!isTls && !scheme.equals("http") || uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw wrong();
        }
        String host = host(uri);
        if (host.matches(NUMERIC) && !host.matches(DOTTED_QUAD)) {
            throw wrong();
        }
        int port = uri.getPort() == -1 ? isTls ? HTTPS_PORT : HTTP_PORT : uri.getPort();
        if (port < 1 || port > LAST_PORT) {
            throw wrong();
        }
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        return new WebhookUrl(isTls, host, port, path + query);
    }

    /**
     * Throws INVALID where it must not be called, as far as that can be said without asking for its address.
     *
     * @param allowed hosts that may be called wherever they are
     */
    void requireCallable(List<String> allowed) {
        boolean isHere = host.equals("localhost") || host.endsWith(".localhost");
        if (!isOneOf(allowed) && (isHere || isLiteral() && !isPublicLiteral())) {
            throw Failure.invalid("webhook is not at a public address");
        }
    }

    boolean isOneOf(List<String> hosts) {
        return hosts.stream().anyMatch(host::equalsIgnoreCase);
    }

    private boolean isLiteral() {
        return host.contains(":") || host.matches(DOTTED_QUAD);
    }

    private boolean isPublicLiteral() {
        try {
            return PublicAddress.is(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static URI uri(String text) {
        try {
            if (text.length() <= LONGEST) {
                return new URI(text);
            }
        } catch (URISyntaxException e) {
            throw wrong();
        }
        throw wrong();
    }

    private static String host(URI uri) {
        String host = uri.getHost().toLowerCase(Locale.ROOT);
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private static Failure wrong() {
        return Failure.invalid("webhook is no absolute URL of http or https, without a user, of at most %d characters"
                .formatted(LONGEST));
    }
}
