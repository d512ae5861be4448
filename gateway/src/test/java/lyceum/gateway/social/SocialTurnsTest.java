package lyceum.gateway.social;

import static lyceum.gateway.social.SocialDoorFixture.await;
import static lyceum.gateway.social.SocialDoorFixture.awaitHeard;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import java.util.stream.LongStream;
import lyceum.gateway.live.HeardSession;
import lyceum.social.Act;
import lyceum.social.SocialService.FindClass;
import lyceum.social.SocialService.ListTurns;
import lyceum.social.SocialService.TurnPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What everybody is shown: all of it, in one order, once. */
class SocialTurnsTest {

    private SocialDoorFixture fixture;
    private HeardSession session;

    @BeforeEach
    void start() {
        fixture = new SocialDoorFixture();
        fixture.room.happen(Act.connect(1), Act.name(1, "Fern"));
        session = fixture.join();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private void click(String user) {
        fixture.room.happen(Act.click(1, user, null, null));
    }

    /** Publishes again what was lost. */
    private void deliver(long turn) {
        fixture.room.publish(fixture.room.turn(turn));
    }

    @Test
    void showsTurnsInTheOrderOfTheirNumbers() {
        fixture.room.service.on(ListTurns.class, question -> RehearsedClass.unavailable());
        fixture.room.losing(turn -> true);
        long before = fixture.room.lastTurn();
        for (String user : new String[] {"A", "B", "C"}) {
            click(user);
        }

        deliver(before + 3);
        deliver(before + 2);
        deliver(before + 1);

        awaitHeard(
                session,
                "Fern hat sich umbenannt zu A.",
                "click A",
                "A hat sich umbenannt zu B.",
                "click B",
                "B hat sich umbenannt zu C.",
                "click C");
    }

    @Test
    void showsTheSameAtAllGateways() {
        HeardSession other = fixture.enterElsewhere();
        awaitHeard(other, "stats 0", "status 3");
        awaitHeard(session, "status 3");
        other.forget();
        session.forget();

        for (int i = 0; i < 20; i++) {
            session.click("Hier");
            other.click("Dort");
        }

        await(() -> session.heard().size() == 42 && other.heard().size() == 42);
        assertThat(session.heard()).isEqualTo(other.heard()).contains("click Hier", "click Dort");
    }

    @Test
    void showsATurnOnce() {
        click("A");
        deliver(fixture.room.lastTurn());
        click("A");
        deliver(fixture.room.lastTurn() - 1);
        click("B");

        awaitHeard(
                session,
                "Fern hat sich umbenannt zu A.",
                "click A",
                "click A",
                "A hat sich umbenannt zu B.",
                "click B");
    }

    @Test
    void asksForATurnThatIsLate() {
        fixture.room.losing(turn -> true);
        click("A");
        fixture.room.losing(turn -> false);

        click("B");

        awaitHeard(session, "Fern hat sich umbenannt zu A.", "click A", "A hat sich umbenannt zu B.", "click B");
    }

    @Test
    void asksForTheTurnOfItsOwnBatch() {
        fixture.room.losing(turn -> true);

        session.ask("1", "click", HeardSession.click("Anna", "x", ""));
        session.ask("2", "auth", "Anna");

        awaitHeard(session, "Anna ist beigetreten.", "click Anna", "ack 1", "ack 2");
    }

    @Test
    void asksForTheFirstTurnOfAll() {
        fixture.close();
        fixture = new SocialDoorFixture();
        fixture.room.losing(turn -> true);

        HeardSession first = fixture.enter();

        awaitHeard(first, "stats 0", "status 1");
    }

    @Test
    void findsATurnThatNothingTellsOf() {
        fixture.room.losing(turn -> true);

        click("A");

        awaitHeard(session, "Fern hat sich umbenannt zu A.", "click A");
    }

    @Test
    void asksAgainWhereItIsNotAnswered() {
        fixture.room.losing(turn -> true);
        fixture.room.service.on(ListTurns.class, question -> RehearsedClass.unavailable());
        click("A");
        await(() -> fixture.room.service.asked(ListTurns.class).size() > 2);

        fixture.room.service.on(ListTurns.class, fixture.room::list);

        awaitHeard(session, "Fern hat sich umbenannt zu A.", "click A");
    }

    @Test
    void takesPageAfterPage() {
        fixture.room.losing(turn -> true);
        fixture.room.service.on(
                ListTurns.class,
                question -> fixture.room
                        .list(question)
                        .map(page -> new TurnPage(page.turns().stream().limit(2).toList(), page.last())));
        for (int i = 0; i < 5; i++) {
            click("A");
        }

        awaitHeard(session, "Fern hat sich umbenannt zu A.", "click A", "click A", "click A", "click A", "click A");
    }

    @Test
    void tellsHowThingsStandWhereTurnsCannotBeHadAnyMore() {
        fixture.room.losing(turn -> true);
        click("A");
        click("A");
        fixture.room.prune();
        fixture.room.losing(turn -> false);

        click("A");

        awaitHeard(session, "stats 3", "status 2");
        click("A");
        awaitHeard(session, "stats 3", "status 2", "click A");
        assertThat(fixture.counted("restored")).isEqualTo(1);
    }

    @Test
    void tellsHowThingsStandWhereThereIsNothingToList() {
        fixture.room.losing(turn -> true);
        click("A");
        fixture.room.prune();

        awaitHeard(session, "stats 1", "status 2");
    }

    @Test
    void letsANewcomerInWhoseTurnCannotBeHad() {
        fixture.room.losing(turn -> true);
        fixture.room.service.on(ListTurns.class, question -> RehearsedClass.unavailable());
        HeardSession newcomer = fixture.enter();
        newcomer.ask("1", "click", HeardSession.click("Neu", "", ""));
        await(() -> fixture.sent().size() == 2);
        fixture.room.prune();

        fixture.room.service.on(ListTurns.class, fixture.room::list);

        await(() -> newcomer.heard().size() >= 2);
        assertThat(newcomer.heard()).startsWith("stats 0", "status 3");
        await(() -> newcomer.heard().contains("ack 1"));
        await(() -> session.heard().size() >= 2);
        assertThat(session.heard()).startsWith("stats 0", "status 3");
    }

    @Test
    void letsANewcomerInWhoseTurnWasPassedOver() {
        fixture.room.losing(turn -> true);
        fixture.room.service.on(ListTurns.class, question -> RehearsedClass.unavailable());
        fixture.room.service.on(lyceum.social.SocialService.Batch.class, batch -> {
            fixture.room.act(batch);
            return RehearsedClass.unavailable();
        });
        HeardSession newcomer = fixture.enter();
        await(() -> fixture.sent().size() >= 2);
        fixture.room.prune();
        fixture.room.service.on(ListTurns.class, fixture.room::list);
        await(() -> session.heard().contains("stats 0"));
        assertThat(newcomer.heard()).isEmpty();

        fixture.room.service.on(
                lyceum.social.SocialService.Batch.class, batch -> Future.succeededFuture(fixture.room.act(batch)));

        awaitHeard(newcomer, "stats 0", "status 3");
    }

    @Test
    void asksAgainHowThingsStandWhereItIsNotAnswered() {
        fixture.room.service.on(FindClass.class, question -> RehearsedClass.unavailable());
        fixture.room.losing(turn -> true);
        click("A");
        fixture.room.prune();
        await(() -> fixture.room.service.asked(FindClass.class).size() > 2);

        fixture.room.service.on(FindClass.class, question -> Future.succeededFuture(fixture.room.state()));

        awaitHeard(session, "stats 1", "status 2");
    }

    private static Act[] connects(int count) {
        return LongStream.range(10, 10 + count).mapToObj(Act::connect).toArray(Act[]::new);
    }

    @Test
    void showsTheFirstAndThenTheLastOfManyStatuses() {
        for (Act connect : connects(40)) {
            fixture.room.happen(connect);
        }

        await(() -> session.heard().contains("status 42"));
        assertThat(session.heard())
                .startsWith("status 3", "status 4", "status 5", "status 6", "status 7", "status 8")
                .endsWith("status 42")
                .hasSizeLessThan(20);
    }

    @Test
    void tellsAStatusThatWaitsBeforeAnythingElse() {
        fixture.room.happen(connects(20));
        fixture.room.happen(Act.click(1, "Fern", null, null));

        await(() -> session.heard().contains("click Fern"));
        assertThat(session.heard()).endsWith("status 22", "click Fern");
    }

    @Test
    void tellsANewcomerItsStatusOnce() {
        fixture.room.happen(connects(20));
        HeardSession newcomer = fixture.enter();

        await(() -> session.heard().contains("status 23"));
        assertThat(newcomer.heard()).containsExactly("stats 0", "status 23");
        fixture.settle();
        assertThat(newcomer.heard()).containsExactly("stats 0", "status 23");
    }

    @Test
    void tellsANewcomerALaterStatusThatWaits() {
        fixture.room.happen(connects(20));
        HeardSession newcomer = fixture.enter();
        await(() -> !newcomer.heard().isEmpty());
        fixture.room.happen(Act.leave(10));

        await(() -> session.heard().contains("status 22"));
        awaitHeard(newcomer, "stats 0", "status 23", "status 22");
    }
}
