package lyceum.gateway.piston;

/** A job that is wrong; its text is for the client. */
public final class JobRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    JobRefused(String message) {
        super(message, null, false, false);
    }
}
