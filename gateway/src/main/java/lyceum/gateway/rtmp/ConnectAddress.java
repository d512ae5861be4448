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

    /** @return what stands in the text; fails with {@link RtmpFault} where its query cannot be decoded */
    static ConnectAddress of(String text) {
        try {
            QueryStringDecoder decoder = new QueryStringDecoder(text);
            String path = text.split("\\?", 2)[0].replaceAll("^/+|/+$", "");
            return new ConnectAddress(path, token(decoder.parameters()));
        } catch (IllegalArgumentException e) {
            throw new RtmpFault("a query that cannot be decoded");
        }
    }

    private static Optional<String> token(Map<String, List<String>> query) {
        return query.getOrDefault("token", List.of()).stream()
                .filter(token -> !token.isEmpty())
                .findFirst();
    }
}
