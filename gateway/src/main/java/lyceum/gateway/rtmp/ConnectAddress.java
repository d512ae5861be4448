package lyceum.gateway.rtmp;

import io.netty.handler.codec.http.QueryStringDecoder;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A text with a query behind it, as publishers write application, address and key: {@code live?token=…}.
 *
 * @param path without slashes at its ends
 */
record ConnectAddress(String path, Optional<String> token) {

    /** As long as the head of a request over HTTP may be: tokens of some issuers have a few thousand. */
    private static final int LONGEST_TEXT = 8 * 1024;

    /** @return what stands in the text; fails with {@link RtmpFault} where it is too long, or its query cannot be decoded */
    static ConnectAddress of(String text) {
        if (text.length() > LONGEST_TEXT) {
            throw new RtmpFault("an address that is too long");
        }
        try {
            QueryStringDecoder decoder = new QueryStringDecoder(text);
            return new ConnectAddress(withoutSlashes(text.split("\\?", 2)[0]), token(decoder.parameters()));
        } catch (IllegalArgumentException e) {
            throw new RtmpFault("a query that cannot be decoded");
        }
    }

    /** An expression looks at every slash from each slash before it: who comes without a token held up all others so. */
    private static String withoutSlashes(String path) {
        int from = 0;
        int to = path.length();
        while (from < to && path.charAt(from) == '/') {
            from++;
        }
        while (to > from && path.charAt(to - 1) == '/') {
            to--;
        }
        return path.substring(from, to);
    }

    private static Optional<String> token(Map<String, List<String>> query) {
        return query.getOrDefault("token", List.of()).stream()
                .filter(token -> !token.isEmpty())
                .findFirst();
    }
}
