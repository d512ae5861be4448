package lyceum.sandbox.internal;

import static lyceum.sandbox.internal.FakeSandbox.run;
import static lyceum.sandbox.internal.RunsTest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lyceum.platform.Database;
import lyceum.platform.Failure.Kind;
import lyceum.platform.TestPostgres;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.SandboxService.Order;
import lyceum.sandbox.SandboxService.Submit;
import lyceum.sandbox.Submission;
import lyceum.sandbox.Submission.State;
import lyceum.sandbox.Verdict;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;

/** The store as two instances see it, one of which gives no signs. */
@TestInstance(Lifecycle.PER_CLASS)
class SubmissionStoreTest {

    private static final int MANY = 1_000;
    private static final Outcome OUTCOME = Outcome.of(Verdict.ACCEPTED, 0, 0);

    private final Vertx vertx = Vertx.vertx();
    private Database database;
    private SubmissionStore store;
    private SubmissionStore dead;

    @BeforeAll
    void start() {
        database = new Database(TestPostgres.freshDatabase(vertx), "sandbox", 4);
        store = new SubmissionStore(vertx, database, "here", Duration.ofMinutes(1));
        // Its lease is over as soon as it has it.
        dead = new SubmissionStore(vertx, database, "dead", Duration.ZERO);
        store.prepare(vertx).await();
    }

    @BeforeEach
    void empty() {
        sql("DELETE FROM submission");
    }

    @AfterAll
    void stop() {
        vertx.close().await();
    }

    @Test
    void findsWhatIsStored() {
        Run run = run("a", "ada", Priority.BATCH, "print hello");
        store.insert(orders(List.of(run), ""), MANY, MANY).await();

        Submission found = find("ada", "a");

        assertThat(found.run()).isEqualTo(run);
        assertThat(found.state()).isEqualTo(State.QUEUED);
        assertThat(found.outcome()).isNull();
        assertThat(found.endedAt()).isNull();
        assertThat(store.find("bob", List.of("a")).await()).isEmpty();
    }

    @Test
    void storesAllOrNone() {
        insert("a", "ada");

        assertFails(
                store.insert(orders(runs("ada", "b", "a"), ""), MANY, MANY),
                Kind.CONFLICT,
                "there is a submission of that id");

        assertThat(store.find("ada", List.of("a", "b")).await()).containsOnlyKeys("a");
    }

    @Test
    void refusesMoreThanMayWait() {
        store.insert(orders(runs("ada", "a", "b"), ""), 3, MANY).await();

        assertFails(
                store.insert(orders(runs("bob", "c", "d"), ""), 3, MANY),
                Kind.BUSY,
                "too many submissions are waiting already");

        store.take(Priority.BATCH, 1).await();
        store.insert(orders(runs("bob", "c", "d"), ""), 3, MANY).await();
    }

    @Test
    void refusesMoreOfACallerThanItsShare() {
        store.insert(orders(runs("ada", "a", "b"), ""), MANY, 2).await();

        assertFails(
                store.insert(orders(runs("ada", "c"), ""), MANY, 2),
                Kind.BUSY,
                "too many submissions are waiting already");
        store.insert(orders(runs("bob", "c", "d"), ""), MANY, 2).await();
    }

    @Test
    void givesEachCallerOneRunInEachTurn() {
        store.insert(orders(runs("ada", "a1", "a2", "a3"), ""), MANY, MANY).await();
        store.insert(orders(runs("bob", "b1", "b2"), ""), MANY, MANY).await();
        assertThat(takeOneByOne(3)).containsExactly("a1", "b1", "a2");

        // Who comes later begins with the turn that the others have reached.
        store.insert(orders(runs("cem", "c1", "c2"), ""), MANY, MANY).await();

        assertThat(takeOneByOne(4)).containsExactly("b2", "c1", "a3", "c2");
    }

    @Test
    void takesRunsOfOnePriorityOnly() {
        insert("a", "ada");

        assertThat(store.take(Priority.INTERACTIVE, 5).await()).isEmpty();
        assertThat(store.take(Priority.BATCH, 5).await()).hasSize(1);
        assertThat(find("ada", "a").state()).isEqualTo(State.RUNNING);
        assertThat(store.take(Priority.BATCH, 5).await()).isEmpty();
    }

    @Test
    void takesNoRunTwice() {
        store.insert(orders(runs("ada", "a", "b", "c", "d", "e", "f"), ""), MANY, MANY)
                .await();
        List<String> tokens = new ArrayList<>();

        var first = store.take(Priority.BATCH, 2);
        var second = store.take(Priority.BATCH, 2);
        var third = store.take(Priority.BATCH, 2);

        for (var taken : List.of(first, second, third)) {
            taken.await().forEach(run -> tokens.add(run.token()));
        }
        assertThat(tokens).hasSize(6).doesNotHaveDuplicates();
    }

    @Test
    void keepsTheOutcome() {
        insert("a", "ada");
        TakenRun taken = take();

        assertThat(store.finish(taken, OUTCOME).await()).isTrue();

        Submission ended = find("ada", "a");
        assertThat(ended.state()).isEqualTo(State.ENDED);
        assertThat(ended.outcome()).isEqualTo(OUTCOME);
        assertThat(ended.endedAt()).isAfterOrEqualTo(ended.submittedAt());
        assertThat(store.finish(taken, Unreadable.OUTCOME).await()).isFalse();
        assertThat(find("ada", "a").outcome()).isEqualTo(OUTCOME);
    }

    @Test
    void ignoresTheOutcomeOfAnInstanceThatLostTheRun() {
        insert("a", "ada");
        TakenRun lost = dead.take(Priority.BATCH, 1).await().get(0);
        assertThat(store.requeue().await()).isEqualTo(1);
        TakenRun taken = take();

        assertThat(dead.finish(lost, Unreadable.OUTCOME).await()).isFalse();
        assertThat(dead.giveBack(lost, true).await()).isFalse();
        assertThat(dead.renew(List.of("a")).await()).isEmpty();

        assertThat(taken.attempt()).isEqualTo(2);
        assertThat(store.finish(taken, OUTCOME).await()).isTrue();
        assertThat(find("ada", "a").outcome()).isEqualTo(OUTCOME);
    }

    @Test
    void leavesARunToItsInstanceAsLongAsThatGivesSigns() {
        insert("a", "ada");
        dead.take(Priority.BATCH, 1).await();

        // It was not dead after all.
        SubmissionStore alive = new SubmissionStore(vertx, database, "dead", Duration.ofMinutes(1));
        assertThat(alive.renew(List.of("a", "b")).await()).isEqualTo(Set.of("a"));

        assertThat(store.requeue().await()).isZero();
        assertThat(find("ada", "a").state()).isEqualTo(State.RUNNING);
    }

    @Test
    void endsARunThatWasLostInItsLastAttempt() {
        insert("a", "ada");
        for (int attempt = 1; attempt < TakenRun.MOST_ATTEMPTS; attempt++) {
            dead.take(Priority.BATCH, 1).await();
            assertThat(store.endHopeless(Unreadable.OUTCOME).await()).isEmpty();
            assertThat(store.requeue().await()).isEqualTo(1);
        }
        dead.take(Priority.BATCH, 1).await();

        assertThat(store.requeue().await()).isZero();
        assertThat(store.endHopeless(Unreadable.OUTCOME).await()).containsExactly("a");
        assertThat(find("ada", "a").outcome().verdict()).isEqualTo(Verdict.INTERNAL_ERROR);
    }

    @Test
    void countsAnAttemptOnlyWhereItWasOne() {
        insert("a", "ada");

        assertThat(store.giveBack(take(), false).await()).isTrue();
        TakenRun again = take();
        assertThat(again.attempt()).isEqualTo(1);
        assertThat(store.giveBack(again, true).await()).isTrue();

        assertThat(take().attempt()).isEqualTo(2);
    }

    @Test
    void removesWhatBelongsToTheCaller() {
        insert("a", "ada");
        TakenRun taken = take();

        assertThat(store.remove("bob", "a").await()).isFalse();
        assertThat(store.remove("ada", "a").await()).isTrue();
        assertThat(store.remove("ada", "a").await()).isFalse();

        assertThat(store.finish(taken, OUTCOME).await()).isFalse();
        assertThat(store.renew(List.of("a")).await()).isEmpty();
    }

    @Test
    void removesOutcomesThatAreOldAndDelivered() {
        store.insert(orders(runs("ada", "old"), ""), MANY, MANY).await();
        store.insert(orders(runs("ada", "due"), "http://there"), MANY, MANY).await();
        store.insert(orders(runs("ada", "waits"), ""), MANY, MANY).await();
        store.take(Priority.BATCH, 2)
                .await()
                .forEach(taken -> store.finish(taken, OUTCOME).await());

        assertThat(store.removeOld(Duration.ofHours(1)).await()).isZero();
        assertThat(store.removeOld(Duration.ZERO).await()).isEqualTo(1);

        assertThat(store.find("ada", List.of("old", "due", "waits")).await()).containsOnlyKeys("due", "waits");
    }

    @Test
    void countsEachState() {
        store.insert(orders(runs("ada", "a", "b", "c", "d"), ""), MANY, MANY).await();
        store.take(Priority.BATCH, 1).await();
        store.finish(take(), OUTCOME).await();

        assertThat(store.count().await()).isEqualTo(Map.of(State.QUEUED, 2L, State.RUNNING, 1L, State.ENDED, 1L));
    }

    @Test
    void tellsWhatItCannotRead() {
        insert("a", "ada");
        sql("UPDATE submission SET run = 'what?'::bytea");

        assertThat(take().run()).isEmpty();
        Submission found = find("ada", "a");
        assertThat(found.run().id()).isEqualTo("a");
        assertThat(found.run().program().files()).isEmpty();

        sql("UPDATE submission SET state = 'ENDED', owner = NULL, outcome = 'what?'::bytea");
        assertThat(find("ada", "a").outcome()).isEqualTo(Unreadable.OUTCOME);
    }

    @Test
    void isNotStoredInAStateThatCannotBe() {
        insert("a", "ada");

        assertThatThrownBy(() -> sql("UPDATE submission SET state = 'ENDED'")).hasMessageContaining("check");
        assertThatThrownBy(() -> sql("UPDATE submission SET state = 'RUNNING'")).hasMessageContaining("check");
    }

    @Test
    void keepsBytesAsTheyAre() {
        Buffer bytes = Buffer.buffer(new byte[] {0, -1, 127, -128});
        insert("a", "ada");
        Outcome outcome = new Outcome(
                Verdict.ACCEPTED,
                0,
                0,
                new Outcome.Output(bytes, 4, false),
                Outcome.Output.NONE,
                Outcome.Usage.NONE,
                null,
                List.of(),
                0);

        store.finish(take(), outcome).await();

        assertThat(find("ada", "a").outcome().stdout().bytes()).isEqualTo(bytes);
    }

    private static List<Order> orders(List<Run> runs, String webhook) {
        return Submit.of(runs, webhook).orders();
    }

    private void insert(String id, String caller) {
        store.insert(orders(runs(caller, id), ""), MANY, MANY).await();
    }

    private TakenRun take() {
        return store.take(Priority.BATCH, 1).await().get(0);
    }

    private List<String> takeOneByOne(int count) {
        List<String> tokens = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tokens.add(take().token());
        }
        return tokens;
    }

    private Submission find(String caller, String token) {
        return store.find(caller, List.of(token)).await().get(token);
    }

    private static List<Run> runs(String caller, String... ids) {
        return List.of(ids).stream()
                .map(id -> run(id, caller, Priority.BATCH, "exit 0"))
                .toList();
    }

    private void sql(String statement) {
        database.open(vertx).query(statement).execute().await();
    }
}
