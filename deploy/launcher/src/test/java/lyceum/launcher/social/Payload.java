package lyceum.launcher.social;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Packets of Engine.IO in one body, as text (contract, section 3). */
final class Payload {

    private static final String SEPARATOR = "\u001e";

    private Payload() {}

    static String of(int eio, String... packets) {
        return eio == 4
                ? String.join(SEPARATOR, packets)
                : Arrays.stream(packets)
                        .map(packet -> packet.length() + ":" + packet)
                        .collect(Collectors.joining());
    }

    static List<String> packets(int eio, String body) {
        if (eio == 4) {
            return Arrays.asList(body.split(SEPARATOR));
        }
        List<String> packets = new ArrayList<>();
        int at = 0;
        while (at < body.length()) {
            int colon = body.indexOf(':', at);
            int end = colon + 1 + Integer.parseInt(body.substring(at, colon));
            packets.add(body.substring(colon + 1, end));
            at = end;
        }
        return packets;
    }
}
