package lyceum.gateway.access;

import io.netty.util.NetUtil;
import io.vertx.core.http.HttpServerRequest;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lyceum.platform.Settings;

/**
 * The proxies in front of the gateway, which are believed about whom they speak for.
 *
 * @param ranges where they are; empty when clients connect directly
 */
public record TrustedProxies(List<AddressRange> ranges) {

    /** Some proxies add the port: {@code 10.0.0.7:4711}, {@code [fd00::7]:4711}. */
    private static final Pattern WITH_PORT = Pattern.compile("(?<address>\\[[^]]+]|[^:]+):\\d+");

    /** @return the configuration; or a {@link lyceum.platform.Settings.WrongSetting} that names the key */
    public static TrustedProxies from(Settings settings) {
        return new TrustedProxies(AddressRange.list(
                settings,
                "LYCEUM_TRUSTED_PROXIES",
                "",
                "addresses and blocks (CIDR) of proxies whose X-Forwarded-For and -Proto are believed"));
    }

    /** @return whether the client has asked by TLS: here, or, as a trusted proxy says, at the proxy */
    public boolean isByTls(HttpServerRequest request) {
        return request.isSSL()
                || "https".equalsIgnoreCase(first(request.getHeader("X-Forwarded-Proto")))
                        && isTrustedAt(request.remoteAddress().hostAddress());
    }

    private boolean isTrustedAt(String socket) {
        return AddressRange.address(socket).filter(this::isTrusted).isPresent();
    }

    /** Of several proxies, the outermost is the one that the client has asked. */
    private static String first(String list) {
        return list == null ? "" : list.split(",", 2)[0].strip();
    }

    /**
     * @return the address of the client: of the socket, or, where that is a trusted proxy, the right-most one in
     *     {@code X-Forwarded-For} that is not; IPv6 in its short form, without brackets and zone
     */
    public String clientOf(HttpServerRequest request) {
        return client(request.remoteAddress().hostAddress(), request.headers().getAll("X-Forwarded-For"));
    }

    /**
     * Each proxy appends whom it heard, so the list is believed from the right, as far as trusted proxies wrote it. What
     * is no address ends it.
     *
     * @param socket the address that is connected to us
     * @param forwarded lines of the header, each a list
     */
    String client(String socket, List<String> forwarded) {
        InetAddress client = AddressRange.address(socket).orElseThrow();
        String[] hops = String.join(",", forwarded).split(",");
        for (int i = hops.length - 1; i >= 0 && isTrusted(client); i--) {
            Optional<InetAddress> hop = hop(hops[i].strip());
            if (hop.isEmpty()) {
                break;
            }
            client = hop.get();
        }
        return NetUtil.toAddressString(client);
    }

    private boolean isTrusted(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }

    private static Optional<InetAddress> hop(String text) {
        Matcher matcher = WITH_PORT.matcher(text);
        return AddressRange.address(matcher.matches() ? matcher.group("address") : text);
    }
}
