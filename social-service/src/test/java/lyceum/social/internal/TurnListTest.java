package lyceum.social.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.IntStream;
import lyceum.social.Act;
import lyceum.social.SocialService;
import lyceum.social.SocialService.ListTurns;
import lyceum.social.SocialService.TurnPage;
import lyceum.social.Turn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** Turns that somebody has missed. */
@TestInstance(Lifecycle.PER_CLASS)
class TurnListTest {

    private static final String MAIN = SocialService.MAIN_CLASS;

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
    void listsWhatCameSince() {
        social.deploy();
        TestMember member = social.member("member");
        List<Turn> turns = IntStream.rangeClosed(1, 4)
                .mapToObj(i -> member.act(Act.connect(i), Act.name(i, "\u0001 \"🙂\"")))
                .toList();

        assertThat(list(0)).isEqualTo(new TurnPage(turns, 4));
        assertThat(list(2)).isEqualTo(new TurnPage(turns.subList(2, 4), 4));
        assertThat(list(4)).isEqualTo(new TurnPage(List.of(), 4));
        assertThat(list(99)).isEqualTo(new TurnPage(List.of(), 4));
    }

    @Test
    void listsAtMostSomeHundredKibibytesButOneTurnAtLeast() {
        social.deploy();
        TestMember member = social.member("member");
        member.act(Act.connect(1));
        for (int i = 0; i < 4; i++) {
            member.act(Act.click(1, "Anna", "x".repeat(SocialService.BATCH_BYTES - 4), null));
        }

        assertThat(list(0).turns()).extracting(Turn::number).containsExactly(1L, 2L);
        assertThat(list(2).turns()).extracting(Turn::number).containsExactly(3L);
        assertThat(social.turns(MAIN, 0)).hasSize(5);
    }

    @Test
    void listsManySmallTurnsInPages() {
        social.deploy();
        List<Tuple> turns = IntStream.rangeClosed(1, 1200)
                .mapToObj(number -> new Turn(MAIN, number, null, 0, List.of()))
                .map(turn -> Tuple.of(turn.number(), StoredTurn.bytes(turn)))
                .toList();
        social.pool()
                .preparedQuery("INSERT INTO turn (class, number, content) VALUES ('', $1, $2)")
                .executeBatch(turns)
                .await();
        social.rows("UPDATE class SET turn = 1200");

        TurnPage page = list(0);

        assertThat(page.turns()).hasSize(500);
        assertThat(page.last()).isEqualTo(1200);
    }

    @Test
    void forgetsOldTurns() {
        Duration kept = Duration.ofMinutes(2);
        SocialConfig usual = social.config(ZoneOffset.UTC, 10, 1 << 20);
        social.deploy(
                new SocialConfig(
                        usual.database(),
                        usual.zone(),
                        usual.mostClasses(),
                        usual.heldLimitBytes(),
                        kept,
                        usual.replyTimeout()),
                TestSocial.PACE);
        TestMember member = social.member("member");
        member.act(Act.connect(1));
        member.act(Act.connect(2));
        Turn last = member.act(Act.connect(3));

        social.rows("UPDATE turn SET at = at - interval '121 s' WHERE number < 3");

        await().until(() -> social.rows("SELECT FROM turn").size() == 1);
        assertThat(list(0)).isEqualTo(new TurnPage(List.of(last), 3));
    }

    /** The clock of the database may have been set back. */
    @Test
    void listsNoTurnsBehindOneThatIsMissing() {
        social.deploy();
        TestMember member = social.member("member");
        for (int i = 1; i <= 5; i++) {
            member.act(Act.connect(i));
        }

        social.rows("DELETE FROM turn WHERE number = 3");

        assertThat(list(0).turns()).extracting(Turn::number).containsExactly(1L, 2L);
        assertThat(list(2).turns()).extracting(Turn::number).containsExactly(4L, 5L);
    }

    private TurnPage list(long after) {
        return social.service.listTurns(new ListTurns(MAIN, after)).await();
    }
}
