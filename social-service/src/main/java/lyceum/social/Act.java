package lyceum.social;

/**
 * What one socket did. Texts are trimmed already, never empty, and have neither U+0000 nor lone surrogates.
 *
 * @param session number that the member has given the socket, never given again
 * @param kind what it did
 * @param user name that is given to the session first; null of CONNECT and LEAVE
 * @param text comment of a click, or null; name of an event; else null
 * @param style of a click, or null; else null
 */
public record Act(long session, Kind kind, String user, String text, String style) {

    /** What a socket can do. */
    public enum Kind {
        /** It is there, without a name. */
        CONNECT,
        /** It says its name. */
        NAME,
        /** It clicks. */
        CLICK,
        /** It triggers an event. */
        EVENT,
        /** It is gone. */
        LEAVE
    }

    /** A socket is there. */
    public static Act connect(long session) {
        return new Act(session, Kind.CONNECT, null, null, null);
    }

    /** A socket says its name. */
    public static Act name(long session, String user) {
        return new Act(session, Kind.NAME, user, null, null);
    }

    /** A socket clicks. */
    public static Act click(long session, String user, String comment, String style) {
        return new Act(session, Kind.CLICK, user, comment, style);
    }

    /** A socket triggers an event. */
    public static Act event(long session, String user, String name) {
        return new Act(session, Kind.EVENT, user, name, null);
    }

    /** A socket is gone. */
    public static Act leave(long session) {
        return new Act(session, Kind.LEAVE, null, null, null);
    }
}
