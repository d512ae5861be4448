package lyceum.social.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import lyceum.platform.Failure.Kind;
import lyceum.social.Act;
import lyceum.social.SocialService.Batch;
import lyceum.social.SocialService.Hour;
import lyceum.social.Stats;
import lyceum.social.Turn;
import lyceum.social.Turn.Step;
import lyceum.social.internal.Changes.Share;
import org.junit.jupiter.api.Test;

/** The rules of a class, without any database. */
class ReckoningTest {

    private static final LocalHours UTC = new LocalHours(ZoneOffset.UTC);
    private static final long HOUR = Instant.parse("2026-11-24T12:00:00Z").getEpochSecond();
    private static final Instant NOW = Instant.ofEpochSecond(HOUR + 60);
    private static final Counts COUNTS = new Counts(9, HOUR, 3, 2, 10, 20, 100, 200, 2);
    private static final Session ANNA = new Session(11, new Session.Key("m", 1), "Anna", 49, 0);
    private static final Session NOBODY = new Session(12, new Session.Key("m", 2), null, 0, 0);

    private final Found found =
            new Found(COUNTS, List.of(new Progress("m", 4, 8), new Progress("n", 0, 0)), List.of(ANNA, NOBODY));
    private final Reckoning reckoning = new Reckoning("class", found, NOW, UTC);

    @Test
    void changesWhatASessionHasDone() {
        long turn = act("m", 5, Act.click(1, "Berta", "x", null), Act.event(2, "Clara", "sas"), Act.name(2, "Dora"));

        Changes changes = reckoning.changes();
        assertThat(turn).isEqualTo(10);
        assertThat(changes.counts()).isEqualTo(new Counts(10, HOUR, 4, 3, 10, 20, 101, 201, 2));
        assertThat(changes.changed())
                .containsExactly(
                        new Session(11, ANNA.key(), "Berta", 50, 0), new Session(12, NOBODY.key(), "Dora", 0, 1));
        assertThat(changes.opened()).isEmpty();
        assertThat(changes.closed()).isEmpty();
        assertThat(changes.progress()).containsExactly(new Progress("m", 5, 10));
        assertThat(changes.users()).isEqualTo(Map.of("Berta", new Share(1, 0), "Clara", new Share(0, 1)));
        assertThat(changes.turns().get(0).steps().get(0).milestone()).isEqualTo(50);
    }

    @Test
    void storesNothingOfASessionThatComesAndGoes() {
        act("n", 1, Act.connect(1), Act.name(1, "Anna"), Act.leave(1));

        Changes changes = reckoning.changes();
        assertThat(changes.opened()).isEmpty();
        assertThat(changes.closed()).isEmpty();
        assertThat(changes.changed()).isEmpty();
        assertThat(changes.turns().get(0).steps()).extracting(Step::userCount).containsExactly(3, 3, 2);
    }

    @Test
    void tellsASessionFromOneThatHadItsNumber() {
        act("m", 5, Act.leave(1), Act.connect(1));

        assertThat(reckoning.changes().closed()).containsExactly(11L);
        assertThat(reckoning.changes().opened()).containsExactly(Session.opened(ANNA.key()));
    }

    @Test
    void doesABatchOfTheSameGroupOnce() {
        long turn = act("m", 5, Act.click(1, "Anna", null, null));

        assertThat(act("m", 5, Act.click(1, "Anna", null, null))).isEqualTo(turn);
        assertThat(act("m", 6, Act.click(1, "Anna", null, null))).isEqualTo(turn + 1);
        assertThat(reckoning.changes().counts().clicksTotal()).isEqualTo(102);
    }

    @Test
    void doesNothingOfABatchThatWasDoneBefore() {
        assertThat(act("m", 4, Act.click(1, "Anna", null, null))).isEqualTo(8);

        assertThat(reckoning.changes().turns()).isEmpty();
        assertThat(reckoning.changes().counts()).isEqualTo(COUNTS);
    }

    @Test
    void goesOnAfterABatchThatCannotBeDone() {
        Failing.assertFails(Kind.CONFLICT, "the member is not there any more", () -> act("o", 1, Act.connect(1)));
        Failing.assertFails(Kind.INVALID, "a later batch was done already", () -> act("m", 3, Act.connect(1)));

        assertThat(act("n", 1, Act.connect(1))).isEqualTo(10);
    }

    @Test
    void letsAMemberLeaveWithWhatItHasJustOpened() {
        act("m", 5, Act.connect(3));

        reckoning.take(new Work.Departure("m"));
        reckoning.take(new Work.Departure("m"));

        Changes changes = reckoning.changes();
        assertThat(changes.counts().userCount()).isZero();
        assertThat(changes.closed()).containsExactly(11L, 12L);
        assertThat(changes.turns())
                .extracting(Turn::number, Turn::member, turn -> turn.steps().size())
                .containsExactly(tuple(10L, "m", 1), tuple(11L, null, 3));
    }

    @Test
    void endsTheHourFirst() {
        Reckoning next = new Reckoning("class", found, Instant.ofEpochSecond(HOUR + 3600), UTC);

        next.take(new Work.Roll());

        assertThat(next.changes().ended()).contains(new Hour(HOUR, 3, 2, 100, 200));
        assertThat(next.changes().turns())
                .containsExactly(new Turn(
                        "class",
                        10,
                        null,
                        0,
                        List.of(new Step(
                                Turn.Kind.HOUR,
                                0,
                                null,
                                null,
                                null,
                                null,
                                0,
                                0,
                                2,
                                new Stats(100, 13, 0, 200, 22, 0)))));
    }

    @Test
    void beginsADayWithNothing() {
        Reckoning next = new Reckoning("class", found, Instant.ofEpochSecond(HOUR + 12 * 3600), UTC);

        assertThat(next.changes().counts().stats()).isEqualTo(new Stats(100, 0, 0, 200, 0, 0));
    }

    @Test
    void hasNothingToDoInTheRunningHour() {
        reckoning.take(new Work.Roll());

        assertThat(reckoning.changes().turns()).isEmpty();
        assertThat(reckoning.changes().ended()).isEmpty();
    }

    @Test
    void tellsMilestones() {
        List<Act> clicks = IntStream.rangeClosed(1, 310)
                .mapToObj(click -> Act.click(2, "Anna", null, null))
                .toList();
        reckoning.take(new Work.Acting(new Batch("class", "m", 5, clicks)));

        assertThat(reckoning.changes().turns().get(0).steps())
                .extracting(Step::milestone)
                .filteredOn(milestone -> milestone > 0)
                .containsExactly(50, 100, 200, 300);
    }

    private long act(String member, long number, Act... acts) {
        return reckoning.take(new Work.Acting(new Batch("class", member, number, List.of(acts))));
    }
}
