package lyceum.gateway.stream;

import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;

/** A message that says nothing, or something that cannot be. The text is for the client. */
public final class BadMessage extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int code;

    BadMessage(WebSocketCloseStatus status, String reason) {
        super(reason, null, false, false);
        this.code = status.code();
    }

    /** @return a header that is JSON, but says something that cannot be */
    static BadMessage header(String reason) {
        return new BadMessage(WebSocketCloseStatus.POLICY_VIOLATION, "header: " + reason);
    }

    /** @return a header that is no JSON in UTF-8 */
    static BadMessage noJson(String reason) {
        return new BadMessage(WebSocketCloseStatus.INVALID_PAYLOAD_DATA, "header: " + reason);
    }

    /** @return with which number to close */
    public WebSocketCloseStatus status() {
        return WebSocketCloseStatus.valueOf(code);
    }
}
