package lyceum.launcher.backup;

/** What was asked for is not done, for a reason that the operator can change; nothing has been touched. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public Refused(String reason) {
        super(reason);
    }
}
