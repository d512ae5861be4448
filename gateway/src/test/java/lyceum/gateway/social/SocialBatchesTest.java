package lyceum.gateway.social;

import static lyceum.gateway.social.SocialDoorFixture.await;
import static lyceum.gateway.social.SocialDoorFixture.awaitHeard;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import lyceum.gateway.live.HeardSession;
import lyceum.gateway.live.LiveListener;
import lyceum.platform.Failure;
import lyceum.social.Act;
import lyceum.social.SocialService;
import lyceum.social.SocialService.Batch;
import lyceum.social.SocialService.EndMember;
import lyceum.social.SocialService.KeepMember;
import lyceum.social.SocialService.Taken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What sockets do, on its way to social-service. */
class SocialBatchesTest {

    private SocialDoorFixture fixture;

    @BeforeEach
    void start() {
        fixture = new SocialDoorFixture();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private void use(SocialLimits limits) {
        use(limits, SocialDoorFixture.PACE);
    }

    private void use(SocialLimits limits, SocialPace pace) {
        fixture.close();
        fixture = new SocialDoorFixture(limits, pace, anybody -> Future.succeededFuture(Optional.empty()));
    }

    private List<Batch> batches() {
        return fixture.room.service.asked(Batch.class);
    }

    /** Answers batches as it should, from now on. */
    private void recover() {
        fixture.room.service.on(Batch.class, batch -> Future.succeededFuture(fixture.room.act(batch)));
    }

    /** Answers no batch until that is recovered. */
    private Promise<Taken> hold() {
        Promise<Taken> answer = Promise.promise();
        fixture.room.service.on(Batch.class, batch -> answer.future());
        return answer;
    }

    @Test
    void collectsWhatIsDoneWhileABatchIsUnanswered() {
        HeardSession session = fixture.join();
        Promise<Taken> answer = hold();
        session.click("Anna");
        await(() -> batches().size() == 2);
        session.click("Anna");
        session.say("auth", "Berta");
        session.click("Berta");
        recover();
        answer.complete(fixture.room.act(batches().get(1)));

        await(() -> batches().size() == 3);
        assertThat(fixture.sent().get(2))
                .containsExactly(
                        Act.click(1, "Anna", null, null), Act.name(1, "Berta"), Act.click(1, "Berta", null, null));
        awaitHeard(
                session,
                "Anna ist beigetreten.",
                "click Anna",
                "click Anna",
                "Anna hat sich umbenannt zu Berta.",
                "click Berta");
    }

    @Test
    void collectsForAMomentWhatIsDoneInALoudClass() {
        use(SocialDoorFixture.LIMITS, SocialDoorFixture.collecting(Duration.ofSeconds(1)));
        HeardSession session = fixture.join();
        session.click("Anna");
        session.click("Anna");
        session.click("Anna");

        await(() -> batches().size() == 2);
        assertThat(batches().get(1).acts()).hasSize(3);
    }

    @Test
    void putsNoMoreIntoABatchThanItTakes() {
        use(new SocialLimits(200, 2_000, 200, 2_000, 1, 5_000, 8 << 20));
        HeardSession session = fixture.join();
        Promise<Taken> answer = hold();
        session.click("Anna");
        await(() -> batches().size() == 2);
        for (int i = 0; i < 501; i++) {
            session.click("Anna");
        }
        String comment = "😀".repeat(2_000);
        for (int i = 0; i < 40; i++) {
            session.say("click", HeardSession.click("Anna", comment, ""));
        }
        session.ask("end", "auth", "Anna");
        recover();
        answer.complete(fixture.room.act(batches().get(1)));

        await(() -> session.heard().contains("ack end"));
        assertThat(fixture.sent()).allSatisfy(acts -> {
            assertThat(acts).hasSizeLessThanOrEqualTo(SocialService.BATCH_ACTS);
            assertThat(bytes(acts)).isLessThanOrEqualTo(SocialService.BATCH_BYTES);
        });
        assertThat(batches().get(2).acts()).hasSize(500);
        assertThat(fixture.room.state().stats().clicksTotal()).isEqualTo(542);
    }

    private static int bytes(List<Act> acts) {
        return acts.stream()
                .flatMap(act -> Stream.of(act.user() == null ? "" : act.user(), act.text() == null ? "" : act.text()))
                .mapToInt(text -> text.getBytes(java.nio.charset.StandardCharsets.UTF_8).length)
                .sum();
    }

    @ParameterizedTest
    @EnumSource(
            value = Failure.Kind.class,
            mode = Mode.INCLUDE,
            names = {"UNAVAILABLE", "BUSY", "INTERNAL"})
    void repeatsABatchUnderItsNumberUntilItIsDone(Failure.Kind kind) {
        HeardSession session = fixture.join();
        fixture.room.service.on(Batch.class, batch -> Future.failedFuture(new Failure(kind, "not now")));
        session.ask("1", "click", HeardSession.click("Anna", "x", ""));
        await(() -> batches().size() == 4);
        session.click("Berta");

        recover();

        awaitHeard(
                session,
                "Anna ist beigetreten.",
                "click Anna",
                "ack 1",
                "Anna hat sich umbenannt zu Berta.",
                "click Berta");
        Batch first = batches().get(1);
        assertThat(batches().stream().filter(batch -> batch.number() == first.number()))
                .hasSizeGreaterThanOrEqualTo(3)
                .containsOnly(first);
    }

    @Test
    void repeatsABatchThatIsNotAnswered() {
        HeardSession session = fixture.join();
        hold();
        session.ask("1", "click", HeardSession.click("Anna", "x", ""));
        await(() -> batches().size() == 3);

        recover();

        awaitHeard(session, "Anna ist beigetreten.", "click Anna", "ack 1");
        assertThat(batches().get(2)).isEqualTo(batches().get(1));
        assertThat(fixture.counted("repeated")).isEqualTo(batches().size() - 2);
    }

    @Test
    void showsABatchOnceWhoseAnswerWasLost() {
        HeardSession session = fixture.join();
        AtomicInteger times = new AtomicInteger();
        fixture.room.service.on(Batch.class, batch -> {
            Taken taken = fixture.room.act(batch);
            return times.incrementAndGet() == 1 ? RehearsedClass.unavailable() : Future.succeededFuture(taken);
        });

        session.ask("1", "click", HeardSession.click("Anna", "x", ""));
        session.ask("2", "click", HeardSession.click("Anna", "y", ""));

        awaitHeard(session, "Anna ist beigetreten.", "click Anna", "ack 1", "click Anna", "ack 2");
        assertThat(fixture.room.state().stats().clicksTotal()).isEqualTo(2);
    }

    @Test
    void sendsNothingBeforeSocialServiceKnowsIt() {
        fixture.room.service.on(KeepMember.class, order -> RehearsedClass.unavailable());
        HeardSession session = fixture.enter();
        await(() -> fixture.room.service.asked(KeepMember.class).size() > 3);
        assertThat(batches()).isEmpty();

        fixture.room.service.on(KeepMember.class, new SocialService.Done());

        awaitHeard(session, "stats 0", "status 1");
    }

    @Test
    void startsAnewWhereABatchFindsThatItWasGivenUp() {
        HeardSession first = fixture.join();
        HeardSession second = fixture.join();
        String member = batches().get(0).member();
        fixture.room.service.on(Batch.class, batch -> RehearsedClass.conflict());

        first.click("Anna");

        await(() -> !first.isConnected() && !second.isConnected());
        recover();
        HeardSession back = fixture.enter();
        await(() -> back.heard().contains("stats 0"));
        Batch last = batches().get(batches().size() - 1);
        assertThat(last.member()).isNotEqualTo(member);
        assertThat(last.acts()).containsExactly(Act.connect(3));
        assertThat(fixture.room.service.asked(EndMember.class)).contains(new EndMember(member));
        assertThat(fixture.counted("lost")).isEqualTo(1);
    }

    @Test
    void startsAnewWhereItHearsThatItWasGivenUp() {
        HeardSession session = fixture.join();
        String member = batches().get(0).member();
        fixture.room.service.on(
                KeepMember.class,
                order -> order.member().equals(member)
                        ? RehearsedClass.conflict()
                        : Future.succeededFuture(new SocialService.Done()));

        await(() -> !session.isConnected());
        HeardSession back = fixture.enter();

        await(() -> back.heard().contains("stats 0"));
        assertThat(batches().get(batches().size() - 1).member()).isNotEqualTo(member);
    }

    @Test
    void startsAnewWhereWhatIsDoneCannotBeStored() {
        HeardSession session = fixture.join();
        fixture.room.service.on(Batch.class, batch -> Future.failedFuture("a defect"));

        session.click("Anna");

        await(() -> !session.isConnected());
        assertThat(batches()).hasSize(6);
    }

    @Test
    void doesNotLetOneActThatCannotBeSpoilTheOthers() {
        HeardSession session = fixture.join();
        Promise<Taken> answer = hold();
        session.click("Anna");
        await(() -> batches().size() == 2);
        session.ask("1", "click", HeardSession.click("Anna", "good", ""));
        session.ask("2", "click", HeardSession.click("Anna", "evil", ""));
        session.ask("3", "click", HeardSession.click("Anna", "good", ""));
        fixture.room.service.on(
                Batch.class,
                batch -> batch.acts().stream().anyMatch(act -> "evil".equals(act.text()))
                        ? Future.failedFuture(Failure.invalid("cannot be"))
                        : Future.succeededFuture(fixture.room.act(batch)));
        answer.complete(fixture.room.act(batches().get(1)));

        awaitHeard(session, "Anna ist beigetreten.", "click Anna", "click Anna", "ack 1", "click Anna", "ack 3");
        session.ask("4", "auth", "Anna");
        await(() -> session.heard().contains("ack 4"));
    }

    @Test
    void closesASocketWhoseComingIsRefused() {
        HeardSession first = fixture.join();
        fixture.room.service.on(Batch.class, batch -> Future.failedFuture(Failure.invalid("cannot be")));
        HeardSession second = fixture.enter();

        await(() -> !second.isConnected());
        assertThat(first.isConnected()).isTrue();
    }

    /** Whoever waits there is closed, and told for good when he comes back; nobody else notices. */
    @Test
    void letsGoOfAClassThatThereIsNoRoomFor() {
        HeardSession first = fixture.join();
        Promise<Taken> answer = Promise.promise();
        fixture.room.service.on(
                Batch.class,
                batch -> batch.className().equals("full")
                        ? answer.future()
                        : Future.succeededFuture(fixture.room.act(batch)));
        LiveListener full = fixture.door.find("/class-full").orElseThrow();
        assertThat(full.refusal(HeardSession.introduction(null))).isNull();
        List<HeardSession> others = Stream.generate(
                        () -> new HeardSession(fixture.loop, full, HeardSession.introduction(null)).connect())
                .limit(3)
                .toList();
        others.get(0).click("Anna");
        others.get(1).leave();
        await(() -> batches().size() == 2 && !others.get(1).isConnected());

        answer.fail(new Failure(Failure.Kind.UNPROCESSABLE, "too many classes"));

        await(() -> others.stream().noneMatch(HeardSession::isConnected));
        first.ask("1", "click", HeardSession.click("Bert", "x", ""));
        awaitHeard(first, "Bert ist beigetreten.", "click Bert", "ack 1");
        fixture.settle();
        assertThat(batches()).extracting(Batch::className).containsOnlyOnce("full");
        assertThat(fixture.<Integer>onLoop(() -> Future.succeededFuture(fixture.door.waitingActs())))
                .isZero();
        assertThat(fixture.<Long>onLoop(() -> Future.succeededFuture(fixture.door.waitingBytes())))
                .isZero();
        assertThat(full.refusal(HeardSession.introduction(null))).isEqualTo("too many classes");
        assertThat(fixture.main().refusal(HeardSession.introduction(null))).isNull();
        assertThat(fixture.counted("lost")).isZero();
    }

    @Test
    void ignoresWhatIsTooMuchToWaitAndClosesWhoComes() {
        use(new SocialLimits(200, 2_000, 200, 100, 50, 3, 1 << 20));
        HeardSession first = fixture.join();
        HeardSession second = fixture.join();
        first.forget();
        Promise<Taken> answer = hold();
        for (int i = 1; i <= 5; i++) {
            first.ask(Integer.toString(i), "click", HeardSession.click("Anna", "x", ""));
        }
        HeardSession third = fixture.enter();
        await(() -> !third.isConnected());

        second.leave();
        await(() -> !second.isConnected());
        recover();
        answer.complete(fixture.room.act(batches().get(2)));

        // Who leaves is not forgotten.
        awaitHeard(
                first,
                "Anna ist beigetreten.",
                "click Anna",
                "ack 1",
                "click Anna",
                "ack 2",
                "click Anna",
                "ack 3",
                "status 1");
        assertThat(fixture.counted("ignored")).isEqualTo(2);
        HeardSession next = fixture.enter();
        awaitHeard(next, "stats 3", "status 2");
    }

    @Test
    void ignoresWhatWouldTakeTooManyBytes() {
        use(new SocialLimits(200, 2_000, 200, 100, 50, 1_000, 2_500));
        HeardSession session = fixture.join();
        Promise<Taken> answer = hold();
        String comment = "ä".repeat(1_000);
        session.ask("1", "click", HeardSession.click("Anna", comment, ""));
        session.ask("2", "click", HeardSession.click("Anna", comment, ""));
        session.ask("3", "click", HeardSession.click("Anna", comment, ""));
        await(() -> batches().size() == 2);
        recover();
        answer.complete(fixture.room.act(batches().get(1)));

        awaitHeard(session, "Anna ist beigetreten.", "click Anna", "ack 1", "click Anna", "ack 2");
    }
}
