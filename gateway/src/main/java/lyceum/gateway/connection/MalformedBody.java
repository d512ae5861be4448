package lyceum.gateway.connection;

/** The body of a request is not framed as HTTP/1.1 has it (RFC 9112, section 7.1): where it ends cannot be told. */
public final class MalformedBody extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedBody(Throwable cause) {
        super("the body is not framed as HTTP/1.1 has it", cause, false, false);
    }
}
