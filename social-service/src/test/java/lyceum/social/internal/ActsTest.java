package lyceum.social.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lyceum.platform.Failure.Kind;
import lyceum.social.Act;
import lyceum.social.SocialService;
import lyceum.social.SocialService.Batch;
import lyceum.social.SocialService.Click;
import lyceum.social.SocialService.Clicked;
import lyceum.social.SocialService.Event;
import lyceum.social.SocialService.FindClass;
import lyceum.social.SocialService.Happened;
import lyceum.social.SocialService.Hour;
import lyceum.social.SocialService.Joined;
import lyceum.social.SocialService.Left;
import lyceum.social.SocialService.ListNewest;
import lyceum.social.SocialService.ListNext;
import lyceum.social.SocialService.Online;
import lyceum.social.SocialService.User;
import lyceum.social.Stats;
import lyceum.social.Turn;
import lyceum.social.Turn.Step;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** What sockets do, over the bus; each test has a class and a member of its own. */
@TestInstance(Lifecycle.PER_CLASS)
class ActsTest {

    private static final long NOON = TestSocial.NOON.getEpochSecond();

    private TestSocial social;
    private String className;
    private TestMember member;

    @BeforeAll
    void start() {
        social = new TestSocial().deploy();
    }

    @AfterAll
    void stop() {
        social.close();
    }

    @BeforeEach
    void enter(TestInfo test) {
        className = test.getTestMethod().orElseThrow().getName();
        member = social.member("member of " + className, className);
    }

    @Test
    void tellsANewcomerHowTheClassStands() {
        Turn turn = member.act(Act.connect(7));

        assertThat(turn)
                .isEqualTo(new Turn(
                        className,
                        1,
                        member.name,
                        1,
                        List.of(new Step(
                                Turn.Kind.CONNECT, 7, null, null, null, null, 0, 0, 1, new Stats(0, 0, 0, 0, 0, 0)))));
    }

    @Test
    void countsTheClicksOfTheSameBatchInTheStatsOfANewcomer() {
        Turn turn = member.act(
                Act.connect(1), Act.click(1, "Anna", null, null), Act.event(1, "Anna", "sas"), Act.connect(2));

        assertThat(turn.steps().get(3).stats()).isEqualTo(new Stats(1, 1, 1, 1, 1, 1));
        assertThat(turn.steps().get(3).userCount()).isEqualTo(2);
    }

    @Test
    void namesASessionBeforeAnythingElse() {
        member.act(Act.connect(1));

        assertThat(Stream.of(
                                Act.name(1, "Anna"),
                                Act.name(1, "Anna"),
                                Act.click(1, "Berta", "x", null),
                                Act.event(1, "Clara", "sas"))
                        .map(member::step))
                .extracting(Step::kind, Step::formerUser, Step::user)
                .containsExactly(
                        tuple(Turn.Kind.NAME, null, "Anna"),
                        tuple(Turn.Kind.NAME, "Anna", "Anna"),
                        tuple(Turn.Kind.CLICK, "Anna", "Berta"),
                        tuple(Turn.Kind.EVENT, "Berta", "Clara"));
    }

    @Test
    void storesAClickAsItWasSent() {
        Turn turn =
                member.act(Act.connect(1), Act.click(1, "Anna 🙂", "\"<b>'", " "), Act.click(1, "Anna 🙂", null, null));

        assertThat(turn.steps().get(1))
                .isEqualTo(new Step(Turn.Kind.CLICK, 1, "Anna 🙂", null, "\"<b>'", " ", 0, NOON, 1, null));
        assertThat(clicks(Long.MAX_VALUE, 10))
                .extracting(Click::user, Click::comment, Click::style, Click::timestampSeconds)
                .containsExactly(tuple("Anna 🙂", null, null, NOON), tuple("Anna 🙂", "\"<b>'", " ", NOON));
        assertThat(users(0, 10))
                .extracting(User::name, User::clicks, User::events)
                .containsExactly(tuple("Anna 🙂", 2L, 0L));
    }

    /** The shortest texts that are known to have the same MD5. */
    @Test
    void keepsNamesApartThatHaveTheSameMd5() {
        String one = "TEXTCOLLBYfGiJUETHQ4hAcKSMd5zYpgqf1YRDhkmxHkhPWptrkoyz28wnI9V0aHeAuaKnak";
        String other = one.replace("hAc", "hEc");
        member.act(Act.connect(1), Act.click(1, one, null, null), Act.click(1, other, null, null));
        member.act(Act.click(1, other, null, null));

        assertThat(users(0, 10)).extracting(User::name, User::clicks).containsExactly(tuple(one, 1L), tuple(other, 2L));
    }

    @Test
    void countsSecretEventsButTellsNobody() {
        Turn turn = member.act(
                Act.connect(1),
                Act.event(1, "Anna", "rickroll"),
                Act.event(1, "Anna", "exmatrikulieren"),
                Act.event(1, "Anna", "Rickroll"),
                Act.connect(2));

        assertThat(turn.steps())
                .extracting(Step::kind, Step::text)
                .containsExactly(
                        tuple(Turn.Kind.CONNECT, null),
                        tuple(Turn.Kind.SECRET_EVENT, "rickroll"),
                        tuple(Turn.Kind.SECRET_EVENT, "exmatrikulieren"),
                        tuple(Turn.Kind.EVENT, "Rickroll"),
                        tuple(Turn.Kind.CONNECT, null));
        assertThat(turn.steps().get(4).stats()).isEqualTo(new Stats(0, 0, 0, 3, 3, 3));
        assertThat(events(Long.MAX_VALUE, 10)).extracting(Event::name).containsExactly("Rickroll");
        assertThat(users(0, 10)).extracting(User::name, User::events).containsExactly(tuple("Anna", 1L));
        assertThat(online(0, 10)).extracting(Online::events).containsExactly(3L, 0L);
    }

    @Test
    void tellsMilestonesOfTheSessionWhateverItsName() {
        member.act(Act.connect(1), Act.connect(2), Act.click(2, "Anna", null, null));

        List<Act> clicks = IntStream.rangeClosed(1, 301)
                .mapToObj(click -> Act.click(1, click % 2 == 0 ? "Anna" : "Berta", null, null))
                .toList();
        List<Step> steps = member.act(clicks).steps();

        assertThat(steps)
                .extracting(Step::milestone)
                .filteredOn(milestone -> milestone > 0)
                .containsExactly(50, 100, 200, 300);
        assertThat(steps.get(49).milestone()).isEqualTo(50);
        assertThat(steps.get(299).milestone()).isEqualTo(300);
    }

    @Test
    void leavesOutWhatIsNotInOrder() {
        Turn turn = member.act(
                Act.connect(1),
                Act.connect(1),
                Act.click(2, "Anna", null, null),
                Act.name(2, "Anna"),
                Act.event(2, "Anna", "sas"),
                Act.leave(2),
                Act.leave(1),
                Act.leave(1));

        assertThat(turn.steps())
                .extracting(Step::kind, Step::session, Step::userCount)
                .containsExactly(
                        tuple(Turn.Kind.CONNECT, 1L, 1),
                        tuple(Turn.Kind.NOTHING, 1L, 1),
                        tuple(Turn.Kind.NOTHING, 2L, 1),
                        tuple(Turn.Kind.NOTHING, 2L, 1),
                        tuple(Turn.Kind.NOTHING, 2L, 1),
                        tuple(Turn.Kind.NOTHING, 2L, 1),
                        tuple(Turn.Kind.LEAVE, 1L, 0),
                        tuple(Turn.Kind.NOTHING, 1L, 0));
        assertThat(social.state(className).stats()).isEqualTo(new Stats(0, 0, 0, 0, 0, 0));
    }

    @Test
    void keepsTheSessionsOfMembersApart() {
        TestMember other = social.member("other member of " + className, className);
        member.act(Act.connect(1), Act.name(1, "Anna"));

        assertThat(other.step(Act.click(1, "Berta", null, null)).kind()).isEqualTo(Turn.Kind.NOTHING);
        assertThat(other.step(Act.connect(1)).userCount()).isEqualTo(2);
        assertThat(online(0, 10)).extracting(Online::name).containsExactly("Anna", null);
    }

    @Test
    void tellsTheLastNameOfWhoLeaves() {
        member.act(Act.connect(1), Act.connect(2), Act.name(1, "Anna"));

        assertThat(member.act(Act.leave(1), Act.leave(2)).steps())
                .containsExactly(
                        new Step(Turn.Kind.LEAVE, 1, "Anna", "Anna", null, null, 0, 0, 1, null),
                        new Step(Turn.Kind.LEAVE, 2, null, null, null, null, 0, 0, 0, null));
        assertThat(online(0, 10)).isEmpty();
    }

    @Test
    void isToldOnlyOfAClassThatSomebodyHasEntered() {
        Failing.assertFails(Kind.NOT_FOUND, "no such class", () -> social.state(className));
        assertThat(clicks(Long.MAX_VALUE, 1)).isEmpty();
        assertThat(events(Long.MAX_VALUE, 1)).isEmpty();
        assertThat(users(0, 1)).isEmpty();
        assertThat(online(0, 1)).isEmpty();
        assertThat(social.service.listHours(new FindClass(className)).await().hours())
                .containsExactly(new Hour(NOON, 0, 0, 0, 0));
        assertThat(social.turns(className, 0)).isEmpty();

        member.act(Act.connect(1));

        assertThat(social.state(className).userCount()).isEqualTo(1);
        assertThat(social.state(className).turn()).isEqualTo(1);
    }

    @Test
    void doesABatchOnce() {
        Batch batch = member.batch(Act.connect(1), Act.click(1, "Anna", null, null));
        long turn = social.service.act(batch).await().turn();

        assertThat(social.service.act(batch).await().turn()).isEqualTo(turn);
        assertThat(social.state(className).stats().clicksTotal()).isEqualTo(1);
        assertThat(social.state(className).turn()).isEqualTo(turn);
    }

    @Test
    void doesABatchOnceThatIsSentAgainBeforeTheAnswer() {
        Batch batch = member.batch(Act.connect(1), Act.click(1, "Anna", null, null));
        var answers = Stream.generate(() -> social.service.act(batch)).limit(5).toList();

        assertThat(answers)
                .allSatisfy(answer -> assertThat(answer.await().turn()).isEqualTo(1));
        assertThat(social.state(className).stats().clicksTotal()).isEqualTo(1);
    }

    @Test
    void refusesABatchThatIsOlderThanTheLast() {
        Batch first = member.batch(Act.connect(1));
        social.service.act(first).await();
        member.act(Act.name(1, "Anna"));

        Failing.assertFails(
                Kind.INVALID,
                "a later batch was done already",
                () -> social.service.act(first).await());
    }

    @Test
    void refusesAMemberThatIsNotThere() {
        Failing.assertFails(
                Kind.CONFLICT,
                "the member is not there any more",
                () -> social.service
                        .act(new Batch(className, "nobody", 1, List.of(Act.connect(1))))
                        .await());
        Failing.assertFails(Kind.NOT_FOUND, "no such class", () -> social.state(className));
    }

    @Test
    void listsWhoIsThereInTheOrderOfConnection() {
        member.act(IntStream.rangeClosed(1, 5).mapToObj(Act::connect).toList());
        member.act(Act.name(4, "Anna"), Act.leave(2), Act.click(5, "Anna", null, null), Act.connect(6));

        List<Online> first = online(0, 3);
        List<Online> rest = online(first.get(2).id(), 3);

        assertThat(first).extracting(Online::name).containsExactly(null, null, "Anna");
        assertThat(rest).extracting(Online::name, Online::clicks).containsExactly(tuple("Anna", 1L), tuple(null, 0L));
    }

    @Test
    void pagesThroughWhatIsListed() {
        member.act(Act.connect(1));
        for (int i = 1; i <= 7; i++) {
            member.act(Act.click(1, "user " + i, "click " + i, null), Act.event(1, "user " + i, "event " + i));
        }

        List<Click> newest = clicks(Long.MAX_VALUE, 3);
        List<Event> newestEvents = events(Long.MAX_VALUE, 3);
        List<User> firstUsers = users(0, 3);

        assertThat(newest).extracting(Click::comment).containsExactly("click 7", "click 6", "click 5");
        assertThat(clicks(newest.get(2).id(), 10))
                .extracting(Click::comment)
                .containsExactly("click 4", "click 3", "click 2", "click 1");
        assertThat(newestEvents).extracting(Event::name).containsExactly("event 7", "event 6", "event 5");
        assertThat(events(newestEvents.get(2).id(), 2)).extracting(Event::name).containsExactly("event 4", "event 3");
        assertThat(firstUsers).extracting(User::name).containsExactly("user 1", "user 2", "user 3");
        assertThat(users(firstUsers.get(2).id(), 2)).extracting(User::name).containsExactly("user 4", "user 5");
    }

    @Test
    void countsAUserOfAVeryLongName() {
        // Digits of a fixed seed: what repeats itself would be compressed.
        String name =
                new Random(1).ints(20_000, 0, 10).mapToObj(Integer::toString).collect(Collectors.joining());
        member.act(Act.connect(1), Act.click(1, name, null, null));
        member.act(Act.click(1, name, null, null));

        assertThat(users(0, 10)).extracting(User::name, User::clicks).containsExactly(tuple(name, 2L));
    }

    @Test
    void publishesTurnsAndFacts() {
        List<Turn> turns = social.heard(SocialService.turns(className));
        List<Clicked> clicked = social.heard(SocialService.CLICKED);
        List<Happened> happened = social.heard(SocialService.HAPPENED);
        List<Joined> joined = social.heard(SocialService.JOINED);
        List<Left> left = social.heard(SocialService.LEFT);

        Turn first = member.act(
                Act.connect(1),
                Act.connect(2),
                Act.click(1, "Anna", "x", "y"),
                Act.event(1, "Berta", "sas"),
                Act.event(1, "Berta", "rickroll"));
        Turn second = member.act(Act.leave(1), Act.leave(2));

        await().untilAsserted(() -> assertThat(left).containsExactly(new Left(className, "Berta")));
        assertThat(turns).containsExactly(first, second);
        assertThat(joined).containsExactly(new Joined(className, "Anna"));
        assertThat(clicked)
                .containsExactly(
                        new Clicked(className, clicks(Long.MAX_VALUE, 1).get(0)));
        assertThat(happened)
                .containsExactly(
                        new Happened(className, events(Long.MAX_VALUE, 1).get(0)));
    }

    @Test
    void countsWhatItDoes() {
        double before =
                social.meters.counter("lyceum.social.steps", "kind", "click").count();

        member.act(Act.connect(1), Act.click(1, "Anna", null, null), Act.click(1, "Anna", null, null));

        assertThat(social.meters.counter("lyceum.social.steps", "kind", "click").count() - before)
                .isEqualTo(2);
        assertThat(social.meters.summary("lyceum.social.batch").max()).isGreaterThanOrEqualTo(3);
        assertThat(social.meters.get("lyceum.social.held").gauge().value()).isZero();
        await().until(() -> social.meters.get("lyceum.social.sessions").gauge().value()
                == social.rows("SELECT FROM session").size());
    }

    @Test
    void isReadyWhereTheDatabaseAnswers() {
        assertThat(social.readiness.ask().get("social").await()).isEqualTo("PostgreSQL answers");
    }

    private List<Click> clicks(long before, int count) {
        return social.service
                .listClicks(new ListNewest(className, before, count))
                .await()
                .clicks();
    }

    private List<Event> events(long before, int count) {
        return social.service
                .listEvents(new ListNewest(className, before, count))
                .await()
                .events();
    }

    private List<User> users(long after, int count) {
        return social.service
                .listUsers(new ListNext(className, after, count))
                .await()
                .users();
    }

    private List<Online> online(long after, int count) {
        return social.service
                .listOnline(new ListNext(className, after, count))
                .await()
                .sessions();
    }
}
