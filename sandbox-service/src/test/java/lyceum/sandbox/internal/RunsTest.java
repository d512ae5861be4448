package lyceum.sandbox.internal;

import static lyceum.sandbox.internal.FakeSandbox.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.SandboxService.FindSubmissions;
import lyceum.sandbox.SandboxService.Inspect;
import lyceum.sandbox.SandboxService.RemoveSubmission;
import lyceum.sandbox.SandboxService.Submit;
import lyceum.sandbox.Verdict;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Runs over the bus: what is taken, what waits, what is refused, what is given up; two slots, two may wait. */
class RunsTest {

    private final FakeSandbox sandbox =
            new FakeSandbox(Map.of("LYCEUM_SANDBOX_CONCURRENCY", "2", "LYCEUM_SANDBOX_QUEUE", "2"));
    private final List<Future<Outcome>> outcomes = new ArrayList<>();

    @AfterEach
    void stop() {
        sandbox.close();
        assertThat(sandbox.cells().open()).isZero();
    }

    @Test
    void tellsTheOutcomeOfARun() {
        Outcome outcome = sandbox.service()
                .run(run("one", "print hello\ncomplain oh\nexit 3"))
                .await();

        assertThat(outcome.verdict()).isEqualTo(Verdict.RUNTIME_ERROR);
        assertThat(outcome.exitCode()).isEqualTo(3);
        assertThat(outcome.stdout().bytes()).hasToString("hello\n");
        assertThat(outcome.stderr().bytes()).hasToString("oh\n");
        assertThat(outcome.usage().cpuTimeMillis()).isEqualTo(3);
    }

    @Test
    void saysWhichWallsStand() {
        assertThat(sandbox.service().inspect(new Inspect()).await()).satisfies(isolation -> {
            assertThat(isolation.possible()).isTrue();
            assertThat(isolation.text()).isEqualTo("walls of air");
        });
    }

    @Test
    void runsOnlyAsManyAsThereAreSlots() {
        start("a", "hang");
        start("b", "hang");
        start("c", "print at last");
        start("d", "print at last");
        awaitBegun("a", "b");

        sandbox.cancel("a");

        assertThat(outcomes.get(2).await().stdout().bytes()).hasToString("at last\n");
        assertThat(outcomes.get(3).await().stdout().bytes()).hasToString("at last\n");
        assertThat(sandbox.cells().mostOpen()).isEqualTo(2);
    }

    @Test
    void tellsHowLongARunHasWaited() {
        start("a", "hang");
        start("b", "hang");
        start("c", "exit 0");
        awaitBegun("a", "b");
        Awaitility.await().pollDelay(Duration.ofMillis(50)).until(() -> true);

        sandbox.cancel("a");

        long waited = outcomes.get(2).await().queuedMillis();
        assertThat(waited).isGreaterThanOrEqualTo(50);
        assertThat(outcomes.get(0).await().queuedMillis()).isLessThan(waited);
    }

    @Test
    void refusesMoreThanMayWait() {
        for (String id : List.of("a", "b", "c", "d")) {
            start(id, "hang");
        }
        awaitBegun("a", "b");

        assertRefused(run("e", "hang"), Kind.BUSY, "too many runs are waiting already");
        assertThat(count("lyceum.sandbox.refused", "kind", "busy")).isEqualTo(1);
    }

    @Test
    void sendsAwayTheLastOfTheBusiestNetworkWhereAllIsFull() {
        String flood = Run.ofNetwork("198.51.100.7");
        for (String id : List.of("a", "b", "c", "d")) {
            outcomes.add(sandbox.service().run(FakeSandbox.run(id, flood, Priority.INTERACTIVE, "hang")));
        }
        awaitBegun("a", "b");
        String other = Run.ofNetwork("192.0.2.1");

        outcomes.add(sandbox.service().run(FakeSandbox.run("e", other, Priority.INTERACTIVE, "exit 0")));

        assertThatThrownBy(() -> outcomes.get(3).await()).hasMessage("too many runs are waiting already");
        sandbox.cancel("a");
        assertThat(outcomes.get(4).await().verdict()).isEqualTo(Verdict.ACCEPTED);
        assertThat(count("lyceum.sandbox.refused", "kind", "busy")).isEqualTo(1);
    }

    @Test
    void refusesMoreThanTheShareOfACaller() {
        start("a", "hang");
        start("b", "hang");
        awaitBegun("a", "b");
        outcomes.add(sandbox.service().run(run("c", "ada", Priority.INTERACTIVE, "hang")));

        assertRefused(
                run("d", "ada", Priority.INTERACTIVE, "hang"),
                Kind.BUSY,
                "too many runs of this caller are waiting already");
    }

    @Test
    void refusesAnIdThatIsInUse() {
        start("twice", "hang");

        assertRefused(run("twice", "hang"), Kind.CONFLICT, "a run of that id is not over");

        sandbox.cancel("twice");
        outcomes.get(0).await();
        assertThat(sandbox.service().run(run("twice", "exit 0")).await().verdict())
                .isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void refusesAnIdThatIsStillBeingTranslated() {
        Promise<Void> ready = Promise.promise();
        sandbox.languages().ready = ready.future();
        start("slow", "exit 0");

        assertRefused(run("slow", "exit 0"), Kind.CONFLICT, "a run of that id is not over");

        ready.complete();
        assertThat(outcomes.get(0).await().verdict()).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void boundsHowManyAreTranslatedAtOnce() {
        Promise<Void> ready = Promise.promise();
        sandbox.languages().ready = ready.future();
        for (int i = 0; i < 6; i++) {
            start("slow" + i, "exit 0");
        }

        assertRefused(run("one more", "exit 0"), Kind.BUSY, "too many runs are waiting already");

        ready.complete();
    }

    @Test
    void boundsHowMuchWaitsAtOnce() {
        Promise<Void> ready = Promise.promise();
        sandbox.languages().ready = ready.future();
        String script = "exit 0\n" + "x".repeat(15 << 20);
        for (int i = 0; i < 4; i++) {
            start("long" + i, script);
        }

        assertRefused(run("one more", script), Kind.BUSY, "too many runs are waiting already");

        ready.complete();
        assertThat(outcomes).allMatch(outcome -> outcome.await().verdict() == Verdict.ACCEPTED);
        start("one more", script);
        assertThat(outcomes.get(4).await().verdict()).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void refusesALimitAboveItsCeilingBeforeItIsTranslated() {
        Run run = run("long", "", Priority.BATCH, "unknown", "exit 0");
        Limits eleven = new Limits(Duration.ofMinutes(11), Duration.ZERO, 0, 0, 0, 0, 0, 0);
        Run tooLong = new Run(
                run.id(),
                run.caller(),
                run.priority(),
                run.program(),
                Buffer.buffer(),
                run.streams(),
                eleven,
                Limits.OF_LANGUAGE,
                List.of());

        assertRefused(tooLong, Kind.INVALID, "limits.wallTimeMillis is 660000, not within 0..600000");
    }

    @Test
    void refusesALanguageThatIsNotThere() {
        assertRefused(run("x", "", Priority.BATCH, "unknown", ""), Kind.NOT_FOUND, "no such language");
        assertRefused(run("x", "", Priority.BATCH, "unknown", ""), Kind.NOT_FOUND, "no such language");
    }

    @Test
    void forgetsARunWhoseTranslationIsADefect() {
        for (int i = 0; i < 7; i++) {
            assertRefused(run("x", "", Priority.BATCH, "odd", ""), Kind.INTERNAL, "internal error");
        }
    }

    @Test
    void killsARunThatIsCancelled() {
        start("unwanted", "print begun\nhang");
        awaitBegun("unwanted");

        sandbox.cancel("unwanted");

        Outcome outcome = outcomes.get(0).await();
        assertThat(outcome.verdict()).isEqualTo(Verdict.CANCELLED);
        assertThat(outcome.exitCode()).isEqualTo(137);
        assertThat(outcome.signal()).isEqualTo(9);
    }

    @Test
    void cancelsARunThatWaits() {
        start("a", "hang");
        start("b", "hang");
        start("c", "hang");
        awaitBegun("a", "b");

        sandbox.cancel("c");

        assertUnbegun(outcomes.get(2).await());
        assertThat(sandbox.cells().begun()).containsExactly("a", "b");
    }

    @Test
    void cancelsARunThatIsStillBeingTranslated() {
        Promise<Void> ready = Promise.promise();
        sandbox.languages().ready = ready.future();
        start("slow", "exit 0");
        assertRefused(run("slow", ""), Kind.CONFLICT, "a run of that id is not over");

        sandbox.cancel("slow");
        ready.complete();

        assertUnbegun(outcomes.get(0).await());
        assertThat(sandbox.cells().begun()).isEmpty();
    }

    @Test
    void ignoresTheCancellationOfWhatItDoesNotKnow() {
        start("a", "hang");
        awaitBegun("a");

        sandbox.cancel("b");

        assertRefused(run("a", ""), Kind.CONFLICT, "a run of that id is not over");
        assertThat(outcomes.get(0).isComplete()).isFalse();
    }

    @Test
    void doesNotBlameTheProgramForALostCell() {
        assertRefused(run("lost", "break"), Kind.UNAVAILABLE, "the sandbox was lost");
        assertRefused(run("lost", "no cell"), Kind.UNAVAILABLE, "the sandbox was lost");

        assertThat(count("lyceum.sandbox.runs", "verdict", "internal_error")).isEqualTo(2);
        assertThat(sandbox.service().run(run("lost", "exit 0")).await().verdict())
                .isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void tellsWhatTheCompilerSaid() {
        Run run = run("c", "", Priority.BATCH, "compiled", "print ran", "print line 1: no\nexit 1");

        Outcome outcome = sandbox.service().run(run).await();

        assertThat(outcome.verdict()).isEqualTo(Verdict.COMPILE_ERROR);
        assertThat(outcome.compilation().output().bytes()).hasToString("line 1: no\n");
        assertThat(outcome.stdout().written()).isZero();
    }

    @Test
    void cancelsEverythingWhenItIsStopped() {
        for (String id : List.of("a", "b", "c")) {
            start(id, "hang");
        }
        awaitBegun("a", "b");

        sandbox.undeploy();

        assertThat(outcomes).allMatch(outcome -> outcome.await().verdict() == Verdict.CANCELLED);
        assertThat(sandbox.cells().begun()).containsExactly("a", "b");
    }

    @Test
    void countsWhatRunsAndWhatHasEnded() {
        start("a", "hang");
        start("b", "hang");
        outcomes.add(sandbox.service().run(run("c", "", Priority.BATCH, "exit 0")));
        awaitBegun("a", "b");
        Awaitility.await().until(() -> gauge("lyceum.sandbox.waiting", "priority", "batch") == 1);
        assertThat(sandbox.meters().get("lyceum.sandbox.running").gauge().value())
                .isEqualTo(2);
        assertThat(gauge("lyceum.sandbox.waiting", "priority", "interactive")).isZero();

        sandbox.cancel("a");
        sandbox.cancel("b");
        outcomes.get(2).await();

        assertThat(count("lyceum.sandbox.runs", "verdict", "cancelled")).isEqualTo(2);
        assertThat(count("lyceum.sandbox.runs", "verdict", "accepted")).isEqualTo(1);
        assertThat(sandbox.meters().get("lyceum.sandbox.queue").timer().count()).isEqualTo(3);
        assertThat(sandbox.meters().get("lyceum.sandbox.wall").timer().count()).isEqualTo(3);
        sandbox.undeploy();
        assertThat(sandbox.meters().getMeters()).isEmpty();
    }

    @Test
    void storesNothingWithoutAStore() {
        String text = "there is no store for submissions";

        assertFails(sandbox.service().submit(Submit.of(List.of(run("a", "")), "")), Kind.UNAVAILABLE, text);
        assertFails(sandbox.service().findSubmissions(new FindSubmissions("", List.of("a"))), Kind.UNAVAILABLE, text);
        assertFails(sandbox.service().removeSubmission(new RemoveSubmission("", "a")), Kind.UNAVAILABLE, text);
    }

    private void start(String id, String script) {
        outcomes.add(sandbox.service().run(run(id, script)));
    }

    private void awaitBegun(String... ids) {
        Awaitility.await()
                .untilAsserted(() -> assertThat(sandbox.cells().begun()).containsExactly(ids));
    }

    private double count(String name, String key, String value) {
        return sandbox.meters().get(name).tag(key, value).counter().count();
    }

    private double gauge(String name, String key, String value) {
        return sandbox.meters().get(name).tag(key, value).gauge().value();
    }

    private void assertRefused(Run run, Kind kind, String text) {
        assertFails(sandbox.service().run(run), kind, text);
    }

    private static void assertUnbegun(Outcome outcome) {
        assertThat(outcome.verdict()).isEqualTo(Verdict.CANCELLED);
        assertThat(outcome.exitCode()).isEqualTo(137);
        assertThat(outcome.stdout().written()).isZero();
    }

    static void assertFails(Future<?> answer, Kind kind, String text) {
        assertThatThrownBy(answer::await).isInstanceOfSatisfying(Failure.class, failure -> {
            assertThat(failure.kind()).isEqualTo(kind);
            assertThat(failure).hasMessage(text);
        });
    }
}
