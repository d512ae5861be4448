package lyceum.gateway.live;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A packet of Socket.IO as a client writes it: {@code type[attachments-][/namespace,][id][JSON]}, the same in both
 * generations.
 *
 * @param namespace {@code /} where none is named; with its query, which old clients put there
 * @param id of the acknowledgement that is wanted, a number; empty for none
 * @param payload JSON, not looked at yet; may be empty
 */
record PacketText(int type, String namespace, String id, String payload) {

    static final int CONNECT = 0;
    static final int DISCONNECT = 1;
    static final int EVENT = 2;
    static final int ACK = 3;
    static final int CONNECT_ERROR = 4;
    static final int BINARY_EVENT = 5;
    static final int BINARY_ACK = 6;

    private static final Pattern LEADING_ZEROS = Pattern.compile("^0+(?=[0-9])");
    private static final int LONGEST_NAMESPACE = 1024;

    /** As python-socketio, which has no greatest number. */
    private static final int MOST_DIGITS = 100;

    /** @return the packet, or empty where it is none */
    static Optional<PacketText> parse(String text) {
        int type = text.isEmpty() ? -1 : text.charAt(0) - '0';
        if (type < CONNECT || type > BINARY_ACK) {
            return Optional.empty();
        }
        int at = 1;
        if (type >= BINARY_EVENT) {
            int dash = digitsEnd(text, at);
            if (dash == at || dash == text.length() || text.charAt(dash) != '-') {
                return Optional.empty();
            }
            at = dash + 1;
        }
        String namespace = "/";
        if (text.startsWith("/", at)) {
            int comma = text.indexOf(',', at);
            int end = comma < 0 ? text.length() : comma;
            namespace = text.substring(at, end);
            at = comma < 0 ? end : end + 1;
        }
        int end = digitsEnd(text, at);
        if (namespace.length() > LONGEST_NAMESPACE || end - at > MOST_DIGITS) {
            return Optional.empty();
        }
        String id = LEADING_ZEROS.matcher(text.substring(at, end)).replaceFirst("");
        return Optional.of(new PacketText(type, namespace, id, text.substring(end)));
    }

    private static int digitsEnd(String text, int from) {
        int end = from;
        while (end < text.length() && text.charAt(end) >= '0' && text.charAt(end) <= '9') {
            end++;
        }
        return end;
    }

    /** @return the beginning of a packet */
    static String head(int type, String namespace) {
        return namespace.equals("/") ? Integer.toString(type) : type + namespace + ",";
    }
}
