package lyceum.gateway.rtmp;

/** Somebody may not publish: the code that players of Flash knew, and a line for people. */
public final class PublishRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The name is none, or somebody publishes it. */
    public static final String BAD_NAME = "NetStream.Publish.BadName";

    /** Who asks may not. */
    public static final String DENIED = "NetStream.Publish.Denied";

    /** It cannot be done now, or not any more. */
    public static final String FAILED = "NetStream.Publish.Failed";

    private final String code;

    /**
     * @param code one of those above
     * @param text for people
     */
    public PublishRefused(String code, String text) {
        super(text, null, false, false);
        this.code = code;
    }

    String code() {
        return code;
    }
}
