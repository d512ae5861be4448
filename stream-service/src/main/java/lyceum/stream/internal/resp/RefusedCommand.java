package lyceum.stream.internal.resp;

/** Redis has answered a command with an error, and the connection goes on. */
public final class RefusedCommand extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param reason in the words of Redis */
    RefusedCommand(String reason) {
        super(reason, null, false, false);
    }
}
