package lyceum.social.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.social.Act;
import lyceum.social.SocialService;
import lyceum.social.SocialService.Batch;
import lyceum.social.SocialService.EndMember;
import lyceum.social.SocialService.FindClass;
import lyceum.social.SocialService.KeepMember;
import lyceum.social.SocialService.ListNewest;
import lyceum.social.SocialService.ListNext;
import lyceum.social.SocialService.ListTurns;
import lyceum.social.SocialService.Taken;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What cannot be, what is too much, and what takes too long. */
@TestInstance(Lifecycle.PER_CLASS)
class LimitsTest {

    private static final int MOST_CLASSES = 4;
    private static final long HELD_BYTES = 600 * 1024;
    private static final Duration PATIENCE = Duration.ofMillis(700);
    private static final String NO_CLASS = "cannot be the name of a class";
    private static final String NO_MEMBER = "cannot be the name of a member";
    private static final String NO_SIZE = "a batch has 1 to 500 acts";
    private static final String NO_ACT = "an act that cannot be";
    private static final String NO_PAGE = "a page has 1 to 500 entries";

    private TestSocial social;

    @BeforeAll
    void start() {
        social = new TestSocial().deploy(MOST_CLASSES, HELD_BYTES, PATIENCE);
        social.member("member").act(Act.connect(1));
    }

    @AfterAll
    void stop() {
        social.close();
    }

    private record Refused(String what, Supplier<Future<?>> question, String text) {
        @Override
        public String toString() {
            return what;
        }
    }

    Stream<Refused> refused() {
        SocialService service = social.service;
        String tooLong = "x".repeat(SocialService.CLASS_CHARACTERS + 1);
        return Stream.of(
                new Refused("class with space", () -> act(" ", "member", 9, Act.connect(9)), NO_CLASS),
                new Refused("class too long", () -> act(tooLong, "member", 9, Act.connect(9)), NO_CLASS),
                new Refused("no class", () -> act(null, "member", 9, Act.connect(9)), NO_CLASS),
                new Refused("class with end of line", () -> act("a\n", "member", 9, Act.connect(9)), NO_CLASS),
                new Refused("empty member", () -> act("", "", 9, Act.connect(9)), NO_MEMBER),
                new Refused("no member", () -> act("", null, 9, Act.connect(9)), NO_MEMBER),
                new Refused("member with U+0000", () -> act("", "a\0", 9, Act.connect(9)), NO_MEMBER),
                new Refused("member too long", () -> act("", "x".repeat(201), 9, Act.connect(9)), NO_MEMBER),
                new Refused("number 0", () -> act("", "member", 0, Act.connect(9)), "batches are numbered from 1"),
                new Refused("no acts", () -> act("", "member", 9), NO_SIZE),
                new Refused("acts missing", () -> service.act(new Batch("", "member", 9, null)), NO_SIZE),
                new Refused("too many acts", () -> act("", "member", 9, acts(501)), NO_SIZE),
                new Refused(
                        "too many bytes",
                        () -> act("", "member", 9, Act.click(1, "A", "ü".repeat(128 * 1024), null)),
                        "the texts of a batch have at most 262144 bytes"),
                new Refused(
                        "act missing",
                        () -> service.act(new Batch("", "member", 9, Collections.singletonList(null))),
                        NO_ACT),
                new Refused("kind missing", () -> act("", "member", 9, new Act(1, null, null, null, null)), NO_ACT),
                new Refused("session 0", () -> act("", "member", 9, Act.connect(0)), NO_ACT),
                new Refused("name missing", () -> act("", "member", 9, Act.name(1, null)), NO_ACT),
                new Refused("name empty", () -> act("", "member", 9, Act.name(1, "")), NO_ACT),
                new Refused("user empty", () -> act("", "member", 9, Act.click(1, "", null, null)), NO_ACT),
                new Refused("comment empty", () -> act("", "member", 9, Act.click(1, "A", "", null)), NO_ACT),
                new Refused("style with U+0000", () -> act("", "member", 9, Act.click(1, "A", null, "\0")), NO_ACT),
                new Refused("lone surrogate", () -> act("", "member", 9, Act.click(1, "A", "\ud83d", null)), NO_ACT),
                new Refused("event without name", () -> act("", "member", 9, Act.event(1, "A", null)), NO_ACT),
                new Refused(
                        "connection with a name",
                        () -> act("", "member", 9, new Act(1, Act.Kind.CONNECT, "A", null, null)),
                        NO_ACT),
                new Refused("member to keep", () -> service.keepMember(new KeepMember("")), NO_MEMBER),
                new Refused("member to end", () -> service.endMember(new EndMember("\0")), NO_MEMBER),
                new Refused("class to find", () -> service.findClass(new FindClass("\0")), NO_CLASS),
                new Refused("class of hours", () -> service.listHours(new FindClass("/")), NO_CLASS),
                new Refused("class of turns", () -> service.listTurns(new ListTurns("é", 0)), NO_CLASS),
                new Refused("class of clicks", () -> service.listClicks(new ListNewest("!", 1, 1)), NO_CLASS),
                new Refused("class of events", () -> service.listEvents(new ListNewest("!", 1, 1)), NO_CLASS),
                new Refused("class of users", () -> service.listUsers(new ListNext("!", 1, 1)), NO_CLASS),
                new Refused("class of sessions", () -> service.listOnline(new ListNext("!", 1, 1)), NO_CLASS),
                new Refused("page of 0", () -> service.listClicks(new ListNewest("", 1, 0)), NO_PAGE),
                new Refused("page of 501", () -> service.listOnline(new ListNext("", 1, 501)), NO_PAGE));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void refuses(Refused refused) {
        long turn = social.state().turn();

        Failing.assertFails(
                Kind.INVALID, refused.text(), () -> refused.question().get().await());

        assertThat(social.state().turn()).isEqualTo(turn);
    }

    @Test
    void takesTheLargestBatch() {
        TestMember member = social.member("largest");
        member.act(Act.connect(1));

        assertThat(member.act(acts(500)).steps()).hasSize(500);
        assertThat(member.step(Act.click(1, "ü", "x".repeat(256 * 1024 - 2), null))
                        .text())
                .hasSize(256 * 1024 - 2);
    }

    @Test
    void refusesMoreClassesThanThereMayBe() {
        String longest = "x".repeat(SocialService.CLASS_CHARACTERS);
        List<String> names = List.of("A-z_09", longest, "third");
        names.forEach(name -> social.member("member", name).act(Act.connect(1)));

        Failing.assertFails(
                Kind.UNPROCESSABLE,
                "too many classes",
                () -> act("fourth", "member", 1, Act.connect(1)).await());
        Failing.assertFails(Kind.NOT_FOUND, "no such class", () -> social.state("fourth"));
        assertThat(social.member("other", "third").step(Act.connect(1)).userCount())
                .isEqualTo(2);
    }

    /** As by a process that is frozen in the middle. */
    @Test
    void waitsForAClassThatIsHeldAndRefusesWhatIsTooMuchMeanwhile() {
        TestMember member = social.member("waiting");
        Act large = Act.click(1, "A", "x".repeat(250 * 1024), null);
        var holder = social.pool().getConnection().await();
        holder.query("BEGIN; SELECT FROM class WHERE name = '' FOR UPDATE")
                .execute()
                .await();

        Future<Taken> held = member.send(large);
        Future<Taken> second = act("", "waiting too", 1, large);
        Future<Taken> third = act("", "waiting three", 1, large);

        Failing.assertFails(Kind.BUSY, "too many batches are waiting, please try again", third::await);
        Failing.assertFails(Kind.BUSY, "it takes too long, please try again", held::await);
        holder.query("ROLLBACK").execute().eventually(holder::close).await();
        Failing.assertFails(Kind.CONFLICT, "the member is not there any more", second::await);
        assertThat(member.step(Act.connect(1)).kind()).isEqualTo(lyceum.social.Turn.Kind.CONNECT);
    }

    /** One that cannot be done does not hinder those that are done with it. */
    @Test
    void doesTheOthersOfAGroup() {
        TestMember member = social.member("of a group");
        List<Future<Taken>> answers = IntStream.range(0, 20)
                .mapToObj(i -> i % 2 == 0 ? member.send(Act.connect(i + 1)) : act("", "nobody", i, Act.connect(1)))
                .toList();

        Future.join(answers).transform(done -> Future.succeededFuture()).await();

        assertThat(answers).filteredOn(Future::succeeded).hasSize(10);
        assertThat(answers)
                .filteredOn(Future::failed)
                .extracting(answer -> ((Failure) answer.cause()).kind())
                .hasSize(10)
                .containsOnly(Kind.CONFLICT);
        assertThat(social.rows("SELECT FROM session WHERE member = 'of a group'"))
                .hasSize(10);
    }

    private Future<Taken> act(String className, String member, long number, Act... acts) {
        return act(className, member, number, List.of(acts));
    }

    private Future<Taken> act(String className, String member, long number, List<Act> acts) {
        return social.service.act(new Batch(className, member, number, acts));
    }

    private static List<Act> acts(int count) {
        return IntStream.range(0, count).mapToObj(i -> Act.name(1, "A")).toList();
    }
}
