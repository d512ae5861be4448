package lyceum.social.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import lyceum.platform.Failure.Kind;
import lyceum.social.Act;
import lyceum.social.SocialService;
import lyceum.social.SocialService.EndMember;
import lyceum.social.SocialService.KeepMember;
import lyceum.social.SocialService.Left;
import lyceum.social.SocialService.Online;
import lyceum.social.Turn;
import lyceum.social.Turn.Step;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The lives of members, and what is left of those that have ended. */
@TestInstance(Lifecycle.PER_CLASS)
class MembersTest {

    private static final Duration LEASE = Duration.ofMillis(600);
    private static final Pace SHORT = new Pace(LEASE, TestSocial.LOOK, TestSocial.LOOK, TestSocial.PATIENCE);

    private final TestSocial social = new TestSocial();

    @AfterEach
    void reset() {
        social.reset();
    }

    @AfterAll
    void close() {
        social.close();
    }

    @Test
    void letsAllSessionsOfAMemberLeaveThatEnds() {
        social.deploy();
        List<Left> left = social.heard(SocialService.LEFT);
        TestMember member = social.member("member");
        TestMember elsewhere = social.member("member", "elsewhere");
        TestMember other = social.member("other");
        member.act(Act.connect(1), Act.connect(2), Act.name(2, "Anna"));
        elsewhere.act(Act.connect(3), Act.name(3, "Anna"));
        other.act(Act.connect(1), Act.name(1, "Berta"));

        end("member");

        assertThat(social.turns(SocialService.MAIN_CLASS, 2))
                .containsExactly(new Turn(
                        SocialService.MAIN_CLASS,
                        3,
                        null,
                        0,
                        List.of(
                                new Step(Turn.Kind.LEAVE, 0, null, null, null, null, 0, 0, 2, null),
                                new Step(Turn.Kind.LEAVE, 0, "Anna", "Anna", null, null, 0, 0, 1, null))));
        assertThat(social.online()).extracting(Online::name).containsExactly("Berta");
        assertThat(social.state("elsewhere").userCount()).isZero();
        await().untilAsserted(
                        () -> assertThat(left).containsExactly(new Left("", "Anna"), new Left("elsewhere", "Anna")));
    }

    @Test
    void refusesWhatAnEndedMemberStillSends() {
        social.deploy();
        TestMember member = social.member("member");
        member.act(Act.connect(1));
        end("member");

        Failing.assertFails(
                Kind.CONFLICT,
                "the member is not there any more",
                () -> member.send(Act.connect(2)).await());
        Failing.assertFails(Kind.CONFLICT, "the member was given up", () -> keep("member"));
        assertThat(social.state().userCount()).isZero();
    }

    @Test
    void leavesAnUnknownMemberAlone() {
        social.deploy();

        end("nobody");

        keep("nobody");
        assertThat(social.state().turn()).isZero();
    }

    @Test
    void tellsOfManySessionsInSeveralTurns() {
        social.deploy();
        TestMember member = social.member("member");
        for (long from = 0; from < 1200; from += 400) {
            member.act(LongStream.rangeClosed(from + 1, from + 400)
                    .mapToObj(Act::connect)
                    .toList());
        }

        end("member");

        assertThat(social.turns(SocialService.MAIN_CLASS, 3))
                .extracting(Turn::number, turn -> turn.steps().size())
                .containsExactly(tuple(4L, 500), tuple(5L, 500), tuple(6L, 200));
        assertThat(social.state().userCount()).isZero();
        assertThat(social.online()).isEmpty();
    }

    @Test
    void givesUpOnceWhoIsNotHeardOf() {
        social.deploy(SHORT).deploy(SHORT);
        social.member("member").act(Act.connect(1), Act.connect(2));

        await().until(() -> social.state().userCount() == 0);

        assertThat(social.turns(SocialService.MAIN_CLASS, 1))
                .singleElement()
                .satisfies(turn -> assertThat(turn.steps()).hasSize(2));
        Failing.assertFails(Kind.CONFLICT, "the member was given up", () -> keep("member"));
    }

    @Test
    void keepsWhoIsHeardOf() {
        social.deploy(SHORT);
        social.member("silent", "other").act(Act.connect(1));
        social.member("heard").act(Act.connect(1));

        await().pollInterval(Duration.ofMillis(100)).until(() -> {
            keep("heard");
            return social.state("other").userCount() == 0;
        });

        keep("heard");
        assertThat(social.state().userCount()).isEqualTo(1);
    }

    /** Nobody could be heard while nobody listened. */
    @Test
    void givesNobodyUpBeforeHavingListenedForAWholeLease() {
        social.deploy(SHORT);
        TestMember member = social.member("member");
        member.act(Act.connect(1));
        social.undeploy();
        await().until(() -> social.rows("SELECT FROM member WHERE until < clock_timestamp() - interval '100 ms'")
                        .size()
                == 1);

        long begun = System.nanoTime();
        social.deploy(SHORT);
        await().until(() -> social.state().userCount() == 0);

        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isGreaterThan(LEASE);
    }

    /** Whoever has ended it is gone since. */
    @Test
    void letsTheSessionsOfAMemberLeaveThatAnotherInstanceHasEnded() {
        social.deploy();
        social.member("member").act(Act.connect(1));

        social.rows("UPDATE member SET is_ended = true WHERE name = 'member'");

        await().until(() -> social.state().userCount() == 0);
    }

    @Test
    void letsSessionsLeaveBehindAClassThatFails() {
        social.deploy(1000, 1 << 20, Duration.ofMillis(200));
        social.member("member", "a").act(Act.connect(1));
        social.member("member", "b").act(Act.connect(2));
        var holder = social.pool().getConnection().await();
        holder.query("BEGIN; SELECT FROM class WHERE name = 'a' FOR UPDATE")
                .execute()
                .await();

        Failing.assertFails(Kind.BUSY, "it takes too long, please try again", () -> end("member"));

        assertThat(social.state("b").userCount()).isZero();
        assertThat(social.state("a").userCount()).isEqualTo(1);
        holder.query("ROLLBACK").execute().eventually(holder::close).await();
        await().until(() -> social.state("a").userCount() == 0);
    }

    @Test
    void remembersAnEndedMemberForAWhile() {
        social.deploy();
        TestMember member = social.member("member");
        member.act(Act.connect(1));
        end("member");
        social.member("long ago", "other").act(Act.connect(1));
        end("long ago");

        social.rows("UPDATE member SET until = until - interval '2 hours' WHERE name = 'long ago'");

        await().until(() ->
                social.rows("SELECT FROM member WHERE name = 'long ago'").isEmpty());
        assertThat(social.rows("SELECT FROM member")).hasSize(1);
        assertThat(social.rows("SELECT FROM member_batch")).hasSize(1);
    }

    private void keep(String member) {
        social.service.keepMember(new KeepMember(member)).await();
    }

    private void end(String member) {
        social.service.endMember(new EndMember(member)).await();
    }
}
