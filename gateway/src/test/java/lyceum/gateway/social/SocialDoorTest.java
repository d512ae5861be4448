package lyceum.gateway.social;

import static lyceum.gateway.social.SocialDoorFixture.await;
import static lyceum.gateway.social.SocialDoorFixture.awaitHeard;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import lyceum.gateway.live.HeardSession;
import lyceum.platform.Failure;
import lyceum.social.Act;
import lyceum.social.SocialService.Batch;
import lyceum.social.SocialService.EndMember;
import lyceum.social.SocialService.KeepMember;
import lyceum.social.SocialService.Taken;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who comes in, what is taken of what he says, and who is told. */
class SocialDoorTest {

    private SocialDoorFixture fixture;

    @BeforeEach
    void start() {
        fixture = new SocialDoorFixture();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    /** Makes the fixture one that was made otherwise. */
    private void use(SocialDoorFixture other) {
        fixture.close();
        fixture = other;
    }

    @ParameterizedTest
    @CsvSource({
        "/, true",
        "/class-a, true",
        "/class-Algebra_1-b, true",
        "/class-, false",
        "/class-a.b, false",
        "/class-ä, false",
        "/class-a/b, false",
        "/classes, false",
        "/x, false",
        "'', false"
    })
    void knowsTheNamespacesOfClasses(String namespace, boolean isKnown) {
        assertThat(fixture.door.find(namespace).isPresent()).isEqualTo(isKnown);
    }

    @Test
    void knowsNoClassWithALongerName() {
        assertThat(fixture.door.find("/class-" + "a".repeat(64))).isPresent();
        assertThat(fixture.door.find("/class-" + "a".repeat(65))).isEmpty();
    }

    @Test
    void keepsClassesApart() {
        new HeardSession(fixture.loop, fixture.door.find("/class-a").orElseThrow(), HeardSession.introduction(null))
                .connect();
        fixture.enter();

        await(() -> fixture.sent().size() == 2);
        assertThat(fixture.room.service.asked(Batch.class))
                .extracting(Batch::className)
                .containsExactlyInAnyOrder("a", "");
    }

    @Test
    void tellsANewcomerHowThingsStandAndEverybodyElseThatHeIsThere() {
        HeardSession first = fixture.enter();
        awaitHeard(first, "stats 0", "status 1");
        fixture.settle();

        HeardSession second = fixture.enter();

        awaitHeard(second, "stats 0", "status 2");
        awaitHeard(first, "stats 0", "status 1", "status 2");
    }

    @Test
    void tellsAClickToEverybodyAndAcknowledgesItBehindThat() {
        HeardSession first = fixture.join();
        HeardSession second = fixture.join();
        first.forget();

        second.ask("7", "click", HeardSession.click("Bert", "x", ""));

        awaitHeard(second, "Bert ist beigetreten.", "click Bert", "ack 7");
        awaitHeard(first, "Bert ist beigetreten.", "click Bert");
    }

    @Test
    void acknowledgesEachActBehindItsOwnEvents() {
        HeardSession session = fixture.join();

        session.ask("1", "auth", "Anna");
        session.ask("2", "event", new JsonObject().put("user", "Anna").put("name", "einstein"));
        session.ask("3", "auth", "Anna");
        session.ask("4", "event", new JsonObject().put("user", "Anna").put("name", "rickroll"));

        awaitHeard(
                session,
                "Anna ist beigetreten.",
                "ack 1",
                "Anna triggered einstein!",
                "event Anna",
                "ack 2",
                "ack 3",
                "event Anna",
                "ack 4");
    }

    @Test
    void ignoresWhatCannotBeWithoutAnAcknowledgement() {
        HeardSession session = fixture.join();

        session.ask("1", "click", "x");
        session.ask("2", "click", HeardSession.click("Anna", "", ""), 1);
        session.ask("3", "auth", " ");
        session.ask("4", "nothing", "x");
        session.ask("5", "auth", "Anna");

        awaitHeard(session, "Anna ist beigetreten.", "ack 5");
        assertThat(fixture.counted("ignored")).isEqualTo(4);
    }

    @Test
    void showsANewcomerNothingThatWasBeforeHim() {
        fixture.room.happen(Act.connect(1), Act.click(1, "Alt", null, null));
        HeardSession session = fixture.enter();

        awaitHeard(session, "stats 1", "status 2");
        fixture.room.happen(Act.click(1, "Alt", null, null));

        awaitHeard(session, "stats 1", "status 2", "click Alt");
    }

    @Test
    void tellsWhoLeavesAndHowManyAreLeft() {
        HeardSession first = fixture.join();
        HeardSession second = fixture.join();
        second.say("auth", "Berta");
        awaitHeard(second, "Berta ist beigetreten.");
        first.forget();

        second.leave();

        awaitHeard(first, "Berta hat verlassen.", "status 1");
    }

    /** As the packets of one read or of one POST are taken. */
    @Test
    void letsASocketLeaveBeforeItComesBackInTheSameTurn() {
        HeardSession first = fixture.join();
        HeardSession again = new HeardSession(fixture.loop, fixture.main(), HeardSession.introduction(null));

        fixture.onLoop(() -> {
            first.close();
            again.connectNow();
            return Future.succeededFuture();
        });

        await(() -> fixture.sent().stream().mapToInt(List::size).sum() == 3);
        assertThat(fixture.sent().stream().flatMap(List::stream))
                .containsExactly(Act.connect(1), Act.leave(1), Act.connect(2));
    }

    @Test
    void countsASocketThatLeftBeforeItsComingWasKnown() {
        HeardSession first = fixture.join();
        Promise<Taken> later = Promise.promise();
        fixture.room.service.on(Batch.class, batch -> later.future());
        HeardSession second = fixture.enter();
        await(() -> fixture.sent().size() == 2);
        second.leave();

        fixture.room.service.on(Batch.class, batch -> Future.succeededFuture(fixture.room.act(batch)));
        later.complete(fixture.room.act(fixture.room.service.asked(Batch.class).get(1)));

        awaitHeard(first, "status 2", "status 1");
        assertThat(second.heard()).isEmpty();
    }

    @Test
    void tellsCountersToEverybodyWhenAnHourIsOver() {
        HeardSession session = fixture.join();

        fixture.room.rollHour();

        awaitHeard(session, "stats 0");
    }

    @Test
    void takesSoMuchAtOnceOfOneSocketAndIgnoresTheRest() {
        use(new SocialDoorFixture(
                // One of them to come in.
                new SocialLimits(200, 2_000, 200, 4, 1, 1_000, 1 << 20),
                anybody -> Future.succeededFuture(Optional.empty())));
        HeardSession first = fixture.join();
        HeardSession second = fixture.join();
        first.forget();

        for (int i = 1; i <= 5; i++) {
            first.ask(Integer.toString(i), "auth", "Anna");
        }
        second.ask("6", "auth", "Bert");

        awaitHeard(second, "Anna ist beigetreten.", "Bert ist beigetreten.", "ack 6");
        assertThat(first.heard())
                .containsExactly("Anna ist beigetreten.", "ack 1", "ack 2", "ack 3", "Bert ist beigetreten.");
    }

    @Test
    void givesASocketTheNameThatItsTokenHas() {
        use(new SocialDoorFixture(SocialDoorFixture.LIMITS, handshake -> Future.succeededFuture(Optional.of(" Ada "))));
        HeardSession session = fixture.join();

        session.say("auth", "Eve");
        session.ask("1", "click", HeardSession.click("Mallory", "x", ""));

        awaitHeard(session, "Ada ist beigetreten.", "click Ada", "ack 1");
    }

    @Test
    void refusesForGoodWhoMayNotComeIn() {
        use(new SocialDoorFixture(SocialDoorFixture.LIMITS, handshake -> Future.failedFuture("who?")));

        assertThat(fixture.main().refusal(HeardSession.introduction(null))).isEqualTo("unauthorized");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"'  '", "a\u0000b", "''"})
    void refusesANameThatNobodyCanHave(String name) {
        use(new SocialDoorFixture(SocialDoorFixture.LIMITS, handshake -> Future.succeededFuture(Optional.of(name))));

        assertThat(fixture.main().refusal(HeardSession.introduction(null))).isEqualTo("unauthorized");
    }

    @Test
    void closesWhoCannotBeKnownNowSoThatHeComesBack() {
        use(new SocialDoorFixture(
                SocialDoorFixture.LIMITS,
                handshake -> Future.failedFuture(new Failure(Failure.Kind.UNAVAILABLE, "no keys"))));

        assertThat(fixture.main().refusal(HeardSession.introduction(null))).isNull();
        HeardSession session = fixture.enter();

        await(() -> !session.isConnected());
        assertThat(fixture.sent()).isEmpty();
    }

    @Test
    void letsASocketInWhenItIsKnownWhoItIs() {
        Promise<Optional<String>> later = Promise.promise();
        use(new SocialDoorFixture(SocialDoorFixture.LIMITS, handshake -> later.future()));
        assertThat(fixture.main().refusal(HeardSession.introduction(null))).isNull();
        HeardSession session = fixture.enter();
        HeardSession gone = fixture.enter();
        gone.leave();
        await(() -> !gone.isConnected());

        later.complete(Optional.of("Ada"));

        awaitHeard(session, "stats 0", "status 1");
    }

    @Test
    void keepsItselfAliveWhileSomebodyIsThereAndEndsWhenNobodyIsForAWhile() {
        HeardSession session = fixture.join();
        await(() -> fixture.room.service.asked(KeepMember.class).size() > 3);
        String member = fixture.room.service.asked(KeepMember.class).get(0).member();
        assertThat(fixture.room.service.asked(KeepMember.class)).containsOnly(new KeepMember(member));

        session.leave();

        await(() -> fixture.room.service.asked(EndMember.class).contains(new EndMember(member)));
        HeardSession next = fixture.enter();
        awaitHeard(next, "stats 0", "status 1");
        assertThat(fixture.room.service.asked(Batch.class).get(2).member()).isNotEqualTo(member);
    }

    @Test
    void numbersSessionsAndBatchesAcrossVisits() {
        HeardSession first = fixture.join();
        first.leave();
        await(() -> fixture.sent().size() == 2);
        HeardSession second = fixture.join();
        second.click("Bert");

        await(() -> fixture.sent().size() == 4);
        assertThat(fixture.room.service.asked(Batch.class))
                .extracting(Batch::number)
                .containsExactly(1L, 2L, 3L, 4L);
        assertThat(fixture.sent().get(2)).containsExactly(Act.connect(2));
    }

    @Test
    void letsEverybodyLeaveWhenItStops() {
        HeardSession first = fixture.join();
        HeardSession second = fixture.join();

        fixture.onLoop(() -> {
            first.close();
            second.close();
            return fixture.door.stop();
        });

        assertThat(fixture.room.state().userCount()).isZero();
        assertThat(fixture.room.service.asked(EndMember.class)).hasSize(1);
        assertThat(fixture.meters.getMeters()).isEmpty();
        HeardSession late = fixture.enter();
        await(() -> !late.isConnected());
    }

    @Test
    void stopsInTimeWhereSocialServiceIsSilent() {
        HeardSession session = fixture.join();
        fixture.room.service.on(Batch.class, batch -> Promise.<Taken>promise().future());
        fixture.room.service.on(EndMember.class, batch -> RehearsedClass.unavailable());

        fixture.onLoop(() -> {
            session.close();
            return fixture.door.stop();
        });

        assertThat(fixture.room.service.asked(EndMember.class)).hasSize(1);
    }
}
