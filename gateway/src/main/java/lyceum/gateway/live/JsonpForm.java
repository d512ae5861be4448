package lyceum.gateway.live;

import io.netty.handler.codec.http.QueryStringDecoder;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A body of a client that can only send forms: its packets are the field {@code d}. Browsers write line ends of a form in
 * their own way, so engine.io-client writes them as {@code \n}, and {@code \n} of the packets with one backslash more
 * ({@code polling-jsonp.js}). The engine takes both for line ends, so this is done before it.
 */
final class JsonpForm {

    private static final String FIELD = "d";
    private static final int MOST_FIELDS = 16;
    private static final Pattern LINE_END = Pattern.compile("\\\\?\\\\n");

    private JsonpForm() {}

    /** @return the packets as in a body that is no form; fails with IllegalArgumentException where there are none */
    static Buffer packets(Buffer form) {
        // One character for each byte, as text it is read at the end.
        String fields = form.toString(StandardCharsets.ISO_8859_1);
        List<String> values = new QueryStringDecoder(fields, StandardCharsets.ISO_8859_1, false, MOST_FIELDS, true)
                .parameters()
                .get(FIELD);
        if (values == null) {
            throw new IllegalArgumentException("no packets");
        }
        String text = StrictUtf8.text(values.get(0).getBytes(StandardCharsets.ISO_8859_1));
        return Buffer.buffer(LINE_END.matcher(text).replaceAll(JsonpForm::unescaped));
    }

    private static String unescaped(MatchResult written) {
        boolean isEscape = written.group().length() == 3;
        return isEscape ? "\\\\n" : "\n";
    }
}
