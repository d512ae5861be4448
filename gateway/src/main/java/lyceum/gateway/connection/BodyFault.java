package lyceum.gateway.connection;

/**
 * Why the rest of a body is not waited for; whoever reads it fails with this. Whoever does not read it answers as if it had
 * come. The connection is closed behind the answer either way.
 */
public final class BodyFault extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    private BodyFault(int status, String text) {
        super(text, null, false, false);
        this.status = status;
    }

    static BodyFault late() {
        return new BodyFault(408, "the body did not arrive in time");
    }

    /** RFC 9112, section 7.1: where it ends cannot be told. */
    static BodyFault malformed() {
        return new BodyFault(400, "the body is not framed as HTTP/1.1 has it");
    }

    /** @return the HTTP status that says so */
    public int status() {
        return status;
    }
}
