package lyceum.platform;

import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;

/**
 * An expected failure: the caller did something that cannot be, or a part of the house cannot serve now. It crosses the
 * bus as what it is. Its text is meant for the client and tells nothing of the inside.
 */
public final class Failure extends ReplyException {

    private static final long serialVersionUID = 1L;

    /** What kind of failure it is, and the HTTP status that says so where no older contract has a word of its own. */
    public enum Kind {
        /** The question itself is wrong. */
        INVALID(400),
        /** The caller may not do this. */
        FORBIDDEN(403),
        /** What was asked for does not exist, or not for this caller. */
        NOT_FOUND(404),
        /** It was changed meanwhile, or cannot be done in its present state. */
        CONFLICT(409),
        /** What was sent can be read, and breaks a rule. */
        UNPROCESSABLE(422),
        /** A bound is reached; the same question may succeed later. */
        BUSY(503),
        /** A part that is needed is not there. */
        UNAVAILABLE(503),
        /** A defect; its cause stands in the log of the service that failed. */
        INTERNAL(500);

        private final int status;

        Kind(int status) {
            this.status = status;
        }

        /** @return the HTTP status */
        public int status() {
            return status;
        }
    }

    private final Kind kind;

    /**
     * @param kind what went wrong
     * @param text one line for the client
     */
    public Failure(Kind kind, String text) {
        super(ReplyFailure.RECIPIENT_FAILURE, kind.status(), text);
        this.kind = kind;
    }

    /** @return what went wrong */
    public Kind kind() {
        return kind;
    }

    /** @return a failure that says that something does not exist */
    public static Failure notFound(String text) {
        return new Failure(Kind.NOT_FOUND, text);
    }

    /** @return a failure that says that the question is wrong */
    public static Failure invalid(String text) {
        return new Failure(Kind.INVALID, text);
    }
}
