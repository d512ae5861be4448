package lyceum.social.internal;

import io.vertx.core.Future;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.social.SocialService;
import lyceum.social.internal.ClassStore.History;

/** The contract: what is done goes to those who do it, and what is asked for is read. */
final class Social implements SocialService {

    /** Seven days. */
    private static final int LISTED_HOURS = 168;

    private final Classes classes;
    private final Members members;
    private final ClassStore store;
    private final ListStore lists;
    private final LocalHours hours;
    private final Clock clock;

    Social(Classes classes, Members members, ClassStore store, ListStore lists, LocalHours hours, Clock clock) {
        this.classes = classes;
        this.members = members;
        this.store = store;
        this.lists = lists;
        this.hours = hours;
        this.clock = clock;
    }

    @Override
    public Future<Done> keepMember(KeepMember order) {
        return members.keep(BatchRule.member(order.member())).map(kept -> new Done());
    }

    @Override
    public Future<Done> endMember(EndMember order) {
        return members.end(BatchRule.member(order.member())).map(ended -> new Done());
    }

    @Override
    public Future<Taken> act(Batch batch) {
        return classes.act(batch, BatchRule.check(batch)).map(Taken::new);
    }

    @Override
    public Future<TurnPage> listTurns(ListTurns question) {
        return store.turns(BatchRule.className(question.className()), question.after());
    }

    @Override
    public Future<ClassState> findClass(FindClass question) {
        Instant now = clock.instant();
        return store.find(BatchRule.className(question.className()))
                .map(found -> found.orElseThrow(() -> Failure.notFound("no such class"))
                        .at(now, hours))
                .map(counts -> new ClassState(counts.turn(), counts.stats(), counts.userCount()));
    }

    @Override
    public Future<ClickPage> listClicks(ListNewest question) {
        check(question.className(), question.count());
        return lists.clicks(question, today()).map(ClickPage::new);
    }

    @Override
    public Future<EventPage> listEvents(ListNewest question) {
        check(question.className(), question.count());
        return lists.events(question, today()).map(EventPage::new);
    }

    @Override
    public Future<Hours> listHours(FindClass question) {
        Instant now = clock.instant();
        long from = hours.listStart(now.getEpochSecond());
        return store.history(BatchRule.className(question.className()), from, LISTED_HOURS)
                .map(found -> found.map(history -> listed(history, now, from)).orElseGet(() -> List.of(quiet(now))))
                .map(Hours::new);
    }

    @Override
    public Future<UserPage> listUsers(ListNext question) {
        check(question.className(), question.count());
        return lists.users(question).map(UserPage::new);
    }

    @Override
    public Future<OnlinePage> listOnline(ListNext question) {
        check(question.className(), question.count());
        return lists.online(question).map(OnlinePage::new);
    }

    private Hour quiet(Instant now) {
        return new Hour(hours.hourStart(now), 0, 0, 0, 0);
    }

    /** Where nobody has ended the hour of a class that is not in use, it is listed as if somebody had. */
    private List<Hour> listed(History history, Instant now, long from) {
        List<Hour> listed = new ArrayList<>(history.hours());
        Hour running = history.counts().hour();
        Hour present = history.counts().at(now, hours).hour();
        if (running.timestampSeconds() != present.timestampSeconds() && running.timestampSeconds() >= from) {
            listed.add(running);
        }
        listed.add(present);
        return List.copyOf(listed.subList(Math.max(0, listed.size() - LISTED_HOURS), listed.size()));
    }

    private long today() {
        return hours.dayStart(clock.instant().getEpochSecond());
    }

    private static void check(String className, int count) {
        BatchRule.className(className);
        if (count < 1 || count > PAGE) {
            throw Failure.invalid("a page has 1 to %d entries".formatted(PAGE));
        }
    }
}
