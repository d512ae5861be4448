package lyceum.grading.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.URLEncoder;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lyceum.grading.Text;

/**
 * Decides whether the address that a student handed in may be talked to, and which one it is from then on: a name is
 * looked up once, so that it cannot mean something else later.
 */
final class RemoteAddress {

    static final Text REJECTED = Text.lazy("Given address is rejected.");

    private static final String INVALID = "<invalid>";
    private static final int LONGEST_URL = 2_048;
    private static final Pattern PARTS = Pattern.compile(
            "([A-Za-z][A-Za-z0-9+.-]*)://(?:[^/?#@]*@)?([^/?#:@\\[\\]]+|\\[[0-9A-Fa-f:.]+])(?::(\\d{1,5}))?([/?#].*)?",
            Pattern.DOTALL);
    private static final Pattern BEYOND_ASCII = Pattern.compile("[^\\x00-\\x7F]+");
    private static final Map<String, Integer> PORTS = Map.of("http", 80, "https", 443);
    private static final int NO_PORT = 0;
    private static final int LAST_PORT = 65_535;

    /** Of the public internet: a rule that takes these says nothing of private addresses. */
    private static final List<String> ANYBODY = List.of("8.8.8.8", "93.184.215.14", "198.41.0.4");

    private final Vertx vertx;
    private final boolean isPrivateAllowed;

    /**
     * @param isPrivateAllowed whether every package may be pointed to addresses of this machine and the networks around
     *     it. Else only one may whose {@code ip} rule means such addresses and no public ones
     */
    RemoteAddress(Vertx vertx, boolean isPrivateAllowed) {
        this.vertx = vertx;
        this.isPrivateAllowed = isPrivateAllowed;
    }

    /**
     * @param remote where the judge may go, or null
     * @param complaint why it may not, for {@code compile_error} beside {@link #REJECTED}; or null
     */
    record Checked(Assignment.Remote remote, Text complaint) {}

    /**
     * @param urlRule a regular expression that the beginning of the URL has to match, or null
     * @param ipRule the same for its IPv4 address, which is {@code <invalid>} where there is none; or null
     */
    Future<Checked> check(String url, String urlRule, String ipRule) {
        if (!matches(urlRule, url)) {
            return Future.succeededFuture(refused(
                    "Address \"%(url)s\" does not match pattern \"%(rule)s\"", Map.of("url", url, "rule", urlRule)));
        }
        String host = url.length() > LONGEST_URL ? null : host(url);
        if (host == null) {
            return Future.succeededFuture(refused(INVALID, ipRule));
        }
        return vertx.executeBlocking(() -> lookUp(host), false).map(found -> {
            String ip = found == null ? INVALID : found.getHostAddress();
            return isAllowed(found, ip, ipRule)
                    ? new Checked(new Assignment.Remote(ascii(url), ip, urlRule, ipRule), null)
                    : refused(ip, ipRule);
        });
    }

    /** @return the host as the URL has it, or null where it has none */
    static String host(String url) {
        Matcher parts = PARTS.matcher(url);
        return parts.matches() && port(parts) <= LAST_PORT ? parts.group(2) : null;
    }

    /** @return the URL with what stands behind its host as it is sent: most that send it know no other way */
    private static String ascii(String url) {
        Matcher parts = PARTS.matcher(url);
        if (!parts.matches() || parts.group(4) == null) {
            return url;
        }
        return url.substring(0, parts.start(4))
                + BEYOND_ASCII
                        .matcher(parts.group(4))
                        .replaceAll(part -> URLEncoder.encode(part.group(), StandardCharsets.UTF_8));
    }

    /** @return the port that the URL means, 0 where it means none */
    static int port(String url) {
        Matcher parts = PARTS.matcher(url);
        return parts.matches() ? port(parts) : NO_PORT;
    }

    private static int port(Matcher parts) {
        return parts.group(3) == null
                ? PORTS.getOrDefault(parts.group(1).toLowerCase(Locale.ROOT), NO_PORT)
                : Integer.parseInt(parts.group(3));
    }

    private static Checked refused(String ip, String ipRule) {
        String rule = ipRule == null ? "public" : ipRule;
        return refused("IP address \"%(ip)s\" does not match pattern \"%(rule)s\"", Map.of("ip", ip, "rule", rule));
    }

    private static Checked refused(String text, Map<String, Object> arguments) {
        return new Checked(null, new Text(text, arguments));
    }

    /** What cannot be told in time does not match. */
    private static boolean matches(String rule, String text) {
        try {
            return rule == null || AnchoredPattern.of(rule).matches(text);
        } catch (AnchoredPattern.Undecided e) {
            return false;
        }
    }

    /** @return its IPv4 address, or null: also where it is written as one of IPv6, of which some mean one of IPv4 */
    private static InetAddress lookUp(String host) {
        if (host.startsWith("[")) {
            return null;
        }
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .filter(Inet4Address.class::isInstance)
                    .findFirst()
                    .orElse(null);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    private boolean isAllowed(InetAddress address, String ip, String ipRule) {
        if (!matches(ipRule, ip)) {
            return false;
        }
        if (address == null) {
            return ipRule != null; // which takes what is none: nobody will be reached
        }
        boolean isMeant = ipRule != null && ANYBODY.stream().noneMatch(other -> matches(ipRule, other));
        return isPrivateAllowed || isMeant || isPublic(address.getAddress());
    }

    /** The special-purpose blocks of IPv4 (IANA's registry, RFC 6890) are not. */
    private static boolean isPublic(byte[] address) {
        int first = address[0] & 0xFF;
        int second = address[1] & 0xFF;
        int third = address[2] & 0xFF;
        return switch (first) {
            case 0, 10, 127 -> false;
            case 100 -> second < 64 || second > 127;
            case 169 -> second != 254;
            case 172 -> second < 16 || second > 31;
            case 192 ->
                !(second == 168 || (second == 0 && (third == 0 || third == 2)) || (second == 88 && third == 99));
            case 198 -> !(second == 18 || second == 19 || (second == 51 && third == 100));
            case 203 -> !(second == 0 && third == 113);
            default -> first < 224;
        };
    }
}
