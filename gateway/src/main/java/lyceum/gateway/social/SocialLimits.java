package lyceum.gateway.social;

/**
 * What sockets of classes may say. What is above it is ignored.
 *
 * @param nameCharacters longest name of a user or of an event, in code points
 * @param commentCharacters longest comment of a click, in code points
 * @param styleCharacters longest style of a click, in code points
 * @param burst messages that a socket may send at once; to come in is one, and one too many of these ends it
 * @param perSecond messages that a socket may send in the long run
 * @param waitingActs that may wait for social-service, of all classes; sockets that are gone come on top
 * @param waitingBytes of their texts
 */
public record SocialLimits(
        int nameCharacters,
        int commentCharacters,
        int styleCharacters,
        int burst,
        int perSecond,
        int waitingActs,
        long waitingBytes) {}
