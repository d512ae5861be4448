package lyceum.social.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Loop;
import lyceum.social.Act;
import lyceum.social.SocialService;
import lyceum.social.SocialService.Batch;
import lyceum.social.SocialService.ListTurns;
import lyceum.social.SocialService.Online;
import lyceum.social.SocialService.Taken;
import lyceum.social.SocialService.User;
import lyceum.social.Stats;
import lyceum.social.Turn;
import lyceum.social.Turn.Step;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Several instances on one database, and several members that do something in the same class at once. */
@TestInstance(Lifecycle.PER_CLASS)
class SharedClassTest {

    private static final int MEMBERS = 6;
    private static final int BATCHES = 25;
    private static final int CLICKS_OF_BATCH = 9;
    private static final String MAIN = SocialService.MAIN_CLASS;

    private static final String BREAK = """
            SELECT pg_terminate_backend(pid) FROM pg_stat_activity
             WHERE datname = current_database() AND pid <> pg_backend_pid()""";

    private final TestSocial social = new TestSocial();
    private TestSocial other;

    @BeforeEach
    void start() {
        social.deploy().deploy();
        other = new TestSocial(social).deploy();
    }

    @AfterEach
    void stop() {
        other.close();
        social.reset();
    }

    @AfterAll
    void close() {
        social.close();
    }

    @Test
    void countsExactlyWhoeverDoesIt() {
        List<Future<Void>> members = new ArrayList<>();
        for (int i = 0; i < MEMBERS; i++) {
            members.add(hammer(i % 2 == 0 ? social : other, "member " + i));
        }
        Future.join(members).await();

        List<Turn> turns = social.turns(MAIN, 0);
        List<Step> steps = turns.stream().flatMap(turn -> turn.steps().stream()).toList();
        int clicks = MEMBERS * BATCHES * CLICKS_OF_BATCH;
        assertThat(turns)
                .extracting(Turn::number)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, MEMBERS * (BATCHES + 1))
                        .boxed()
                        .toList());
        assertThat(social.state().stats()).isEqualTo(new Stats(clicks, clicks, clicks, 0, 0, 0));
        assertThat(social.state().turn()).isEqualTo(turns.size());
        assertThat(social.state().userCount()).isEqualTo(MEMBERS);
        assertThat(social.online())
                .hasSize(MEMBERS)
                .extracting(Online::clicks)
                .containsOnly((long) BATCHES * CLICKS_OF_BATCH);
        assertThat(social.users())
                .hasSize(MEMBERS)
                .extracting(User::clicks)
                .containsOnly((long) BATCHES * CLICKS_OF_BATCH);
        assertThat(social.rows("SELECT FROM click")).hasSize(clicks);
        for (int milestone : new int[] {50, 100, 200}) {
            assertThat(steps).filteredOn(step -> step.milestone() == milestone).hasSize(MEMBERS);
        }
        assertThat(steps)
                .filteredOn(step -> step.kind() == Turn.Kind.CONNECT)
                .extracting(Step::userCount)
                .containsExactly(1, 2, 3, 4, 5, 6);
    }

    /** Each batch is sent twice or three times, to whichever instance takes it. */
    private static Future<Void> hammer(TestSocial social, String name) {
        TestMember member = social.member(name);
        Random random = new Random(name.hashCode());
        int[] sent = {0};
        return Loop.whileTrue(() -> {
            Batch batch = sent[0] == 0
                    ? member.batch(Act.connect(1))
                    : member.batch(Stream.generate(() -> Act.click(1, name, null, null))
                            .limit(CLICKS_OF_BATCH)
                            .toList());
            List<Future<Taken>> answers = Stream.generate(() -> social.service.act(batch))
                    .limit(2 + random.nextInt(2))
                    .toList();
            return Future.join(answers).map(done -> {
                Set<Taken> turns = new HashSet<>();
                answers.forEach(answer -> turns.add(answer.result()));
                assertThat(turns).hasSize(1);
                return sent[0]++ < BATCHES;
            });
        });
    }

    /** Nobody hears of its turn, and who has sent it gets no answer. */
    @Test
    void healsWhatWasWrittenByAnInstanceThatDiedBeforeItCouldTell() {
        List<Turn> heard = social.heard(SocialService.turns(MAIN));
        TestMember member = social.member("member");
        Turn first = member.act(Act.connect(1));
        Batch batch = member.batch(Act.click(1, "Anna", null, null));
        other.service.act(batch).await();
        other.undeploy();

        Taken again = social.service.act(batch).await();
        Turn third = member.act(Act.click(1, "Anna", null, null));

        await().until(() -> heard.contains(third));
        assertThat(heard).containsExactly(first, third);
        assertThat(again).isEqualTo(new Taken(2));
        assertThat(social.service.listTurns(new ListTurns(MAIN, 1)).await().turns())
                .extracting(Turn::number)
                .containsExactly(2L, 3L);
        assertThat(third.steps().get(0).userCount()).isEqualTo(1);
        assertThat(social.state().stats().clicksTotal()).isEqualTo(2);
    }

    /** A commit whose answer got lost was done or was not; who asks again is told. */
    @Test
    void countsExactlyWhileConnectionsBreak() {
        TestMember member = social.member("member");
        member.act(Act.connect(1));
        int failures = 0;

        for (int i = 0; i < 20; i++) {
            Batch batch = member.batch(Act.click(1, "Anna", null, null));
            Future<Taken> answer = social.service.act(batch);
            if (i % 3 == 0) {
                social.rows(BREAK);
            }
            while (answer.transform(Future::succeededFuture).await().failed()) {
                assertThat(((Failure) answer.cause()).kind()).isEqualTo(Kind.UNAVAILABLE);
                failures++;
                answer = social.service.act(batch);
            }
        }

        assertThat(failures).isPositive();
        assertThat(social.state().stats().clicksTotal()).isEqualTo(20);
        assertThat(social.rows("SELECT FROM click")).hasSize(20);
        assertThat(social.turns(MAIN, 0)).hasSize(21);
    }

    @Test
    void endsAnHourOnce() {
        social.member("member").act(Act.connect(1));

        social.clock.pass(Duration.ofHours(1));
        await().until(() -> social.state().turn() > 1);
        // Each of the three has looked again since.
        await().pollDelay(TestSocial.LOOK.multipliedBy(5)).until(() -> true);

        assertThat(social.turns(MAIN, 1))
                .singleElement()
                .satisfies(
                        turn -> assertThat(turn.steps()).extracting(Step::kind).containsExactly(Turn.Kind.HOUR));
        assertThat(social.hours()).hasSize(2);
    }
}
