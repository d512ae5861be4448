package lyceum.social;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import lyceum.platform.Topic;

/**
 * Classes that react together: who is there, what is clicked, and how often.
 *
 * <p>Whoever holds the sockets of a class is a <em>member</em> of the house: it sends what its sockets do as batches of
 * {@link Act}s, and shows everybody the {@link Turn}s that come of it. The turns of a class are numbered without gaps, and
 * everybody shows them in that order. A turn is on the disk before it is published; one that got lost on the way is
 * listed.
 *
 * <p>A class is named by 1 to {@link #CLASS_CHARACTERS} letters, digits, {@code _} or {@code -}; {@link #MAIN_CLASS} is
 * that of the original server. It comes into being when somebody enters it. Every method may fail with UNAVAILABLE while the
 * database does not answer.
 */
public interface SocialService {

    /** Somebody has clicked. */
    Topic<Clicked> CLICKED = new Topic<>("lyceum.social.clicked");

    /** Somebody has triggered an event. */
    Topic<Happened> HAPPENED = new Topic<>("lyceum.social.happened");

    /** A session got its first name. */
    Topic<Joined> JOINED = new Topic<>("lyceum.social.joined");

    /** A session with a name is over. */
    Topic<Left> LEFT = new Topic<>("lyceum.social.left");

    /** An hour of a class is over. */
    Topic<HourRolled> HOUR_ROLLED = new Topic<>("lyceum.social.hourRolled");

    /** The class that needs no name. */
    String MAIN_CLASS = "";

    /** Longest name of a class. */
    int CLASS_CHARACTERS = 64;

    /** Most acts in one batch. */
    int BATCH_ACTS = 500;

    /** Most bytes of the texts of one batch, as UTF-8. */
    int BATCH_BYTES = 256 * 1024;

    /** How long the sessions of a member live that is not heard of. */
    Duration MEMBER_LEASE = Duration.ofSeconds(6);

    /** Most clicks, events, users or sessions in one answer. */
    int PAGE = 500;

    /** Most clicks and events that are listed, the newest ones. */
    int LISTED = 10_000;

    /** @return where the turns of a class are published */
    static Topic<Turn> turns(String className) {
        return new Topic<>("lyceum.social.turn." + className);
    }

    /**
     * Begins or extends the life of a member's sessions, by {@link #MEMBER_LEASE}.
     *
     * @return done; or CONFLICT where the member was given up: its sessions have left, it must begin anew under another name
     */
    Future<Done> keepMember(KeepMember order);

    /** Ends a member: all of its sessions leave. An unknown one is left alone. */
    Future<Done> endMember(EndMember order);

    /**
     * Does what the sockets of a member did, in that order, all in one turn. A batch that was done already, which is told by
     * its number, is not done again: who has got no answer asks the same once more. Acts that are not in order are left
     * out: of an unknown session, a second CONNECT of the same.
     *
     * @return the number of the turn, once it is on the disk; or CONFLICT where the member is not there (any more),
     *     INVALID for a class, a batch or an act that cannot be, BUSY where there are too many batches, UNPROCESSABLE where the
     *     class would be one too many: asking once more only takes turns from the others
     */
    Future<Taken> act(Batch batch);

    /** @return the next turns of a class behind a number, those that are still kept, at most a few hundred KiB of them */
    Future<TurnPage> listTurns(ListTurns question);

    /** @return how a class stands, or NOT_FOUND where nobody has ever entered it */
    Future<ClassState> findClass(FindClass question);

    /** @return clicks of today, the newest first, at most {@link #PAGE} of them; none of an unknown class */
    Future<ClickPage> listClicks(ListNewest question);

    /** @return events of today that are not secret, the newest first, at most {@link #PAGE}; none of an unknown class */
    Future<EventPage> listEvents(ListNewest question);

    /** @return the hours of the last seven days, oldest first, the running one last; that alone of an unknown class */
    Future<Hours> listHours(FindClass question);

    /** @return who ever clicked or triggered, in the order of first appearance, at most {@link #PAGE} */
    Future<UserPage> listUsers(ListNext question);

    /** @return the sessions of a class in the order of connection, at most {@link #PAGE} */
    Future<OnlinePage> listOnline(ListNext question);

    /** @param member chosen by itself, unique for ever */
    record KeepMember(String member) {}

    /** Ends a member. */
    record EndMember(String member) {}

    /**
     * What the sockets of a member did in a class.
     *
     * @param number of the batch, greater than all before of this member and class; one is answered before the next is sent
     */
    record Batch(String className, String member, long number, List<Act> acts) {}

    /** @param turn in which the batch was done */
    record Taken(long turn) {}

    /** @param after the last turn that is known */
    record ListTurns(String className, long after) {}

    /**
     * @param turns without gaps from the first on; where that is not the next one, those before are not kept any more
     * @param last number of the newest turn of the class
     */
    record TurnPage(List<Turn> turns, long last) {}

    /** Asks for one class. */
    record FindClass(String className) {}

    /** @param turn the last one that is counted here */
    record ClassState(long turn, Stats stats, int userCount) {}

    /**
     * @param before id of the oldest that is known, {@link Long#MAX_VALUE} at first
     * @param count at most, 1 to {@link #PAGE}
     */
    record ListNewest(String className, long before, int count) {}

    /**
     * @param after id of the last that is known, 0 at first
     * @param count at most, 1 to {@link #PAGE}
     */
    record ListNext(String className, long after, int count) {}

    /**
     * @param id ascends with time; not for clients
     * @param comment or null
     * @param style or null
     */
    record Click(long id, String user, String comment, String style, long timestampSeconds) {}

    /** @param id ascends with time; not for clients */
    record Event(long id, String user, String name, long timestampSeconds) {}

    /**
     * @param timestampSeconds when it began
     * @param clicksTotal up to its end, or now
     * @param eventsTotal up to its end, or now
     */
    record Hour(long timestampSeconds, long clicks, long events, long clicksTotal, long eventsTotal) {}

    /** @param id ascends with the first appearance; not for clients */
    record User(long id, String name, long clicks, long events) {}

    /**
     * @param id ascends with connection; not for clients
     * @param name or null
     */
    record Online(long id, String name, long clicks, long events) {}

    /** Clicks, the newest first. */
    record ClickPage(List<Click> clicks) {}

    /** Events, the newest first. */
    record EventPage(List<Event> events) {}

    /** Hours, the oldest first. */
    record Hours(List<Hour> hours) {}

    /** Users, in the order of first appearance. */
    record UserPage(List<User> users) {}

    /** Sessions, in the order of connection. */
    record OnlinePage(List<Online> sessions) {}

    /** That, in that class. */
    record Clicked(String className, Click click) {}

    /** That, in that class; secret events are not told. */
    record Happened(String className, Event event) {}

    /** Who, in which class. */
    record Joined(String className, String name) {}

    /** Who, in which class. */
    record Left(String className, String name) {}

    /** The hour that is over, in that class. */
    record HourRolled(String className, Hour hour) {}

    /** It is done. */
    record Done() {}
}
