package lyceum.sandbox.internal;

import static lyceum.sandbox.internal.FakeSandbox.run;
import static lyceum.sandbox.internal.RunsTest.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lyceum.platform.Database;
import lyceum.platform.Failure.Kind;
import lyceum.platform.TestPostgres;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Run;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.SandboxService;
import lyceum.sandbox.SandboxService.Ended;
import lyceum.sandbox.SandboxService.FindSubmissions;
import lyceum.sandbox.SandboxService.Order;
import lyceum.sandbox.SandboxService.RemoveSubmission;
import lyceum.sandbox.SandboxService.Submit;
import lyceum.sandbox.SourceFile;
import lyceum.sandbox.Submission;
import lyceum.sandbox.Submission.State;
import lyceum.sandbox.Verdict;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Submissions over the bus, with a real database; one run at once, and leases that are short. */
class SubmissionsTest {

    private final Vertx vertx = Vertx.vertx();
    private final List<FakeSandbox> sandboxes = new ArrayList<>();
    private final List<Ended> ended = new CopyOnWriteArrayList<>();

    private String url;
    private FakeSandbox sandbox;

    @BeforeEach
    void start() {
        url = TestPostgres.freshDatabase(vertx);
        sandbox = sandbox(Map.of());
        sandbox.bus().listen(SandboxService.ENDED, ended::add).await();
    }

    @AfterEach
    void stop() {
        sandboxes.forEach(FakeSandbox::close);
        vertx.close().await();
        assertThat(sandboxes).allMatch(each -> each.cells().open() == 0);
    }

    @Test
    void storesNothingWhereOneOfTheWebhooksMayNotBeCalled() {
        Submit orders = new Submit(List.of(
                new Order(run("a", ""), ""),
                new Order(run("b", ""), "https://example.org/hook"),
                new Order(run("c", ""), "http://127.0.0.1/hook")));

        assertFails(sandbox.service().submit(orders), Kind.INVALID, "webhook is not at a public address");

        assertThat(find("a", "b", "c")).isEmpty();
    }

    @Test
    void runsWhatIsSubmittedAndTellsItsEnd() {
        assertThat(submit(run("a", "print hello"), run("b", "exit 4")).tokens()).containsExactly("a", "b");

        assertThat(awaitEnd("a").outcome().stdout().bytes()).hasToString("hello\n");
        assertThat(awaitEnd("b").outcome().exitCode()).isEqualTo(4);
        assertThat(awaitEnd("b").endedAt()).isAfterOrEqualTo(awaitEnd("b").submittedAt());
        Awaitility.await()
                .untilAsserted(() -> assertThat(ended)
                        .containsExactlyInAnyOrder(
                                new Ended("a", Verdict.ACCEPTED), new Ended("b", Verdict.RUNTIME_ERROR)));
    }

    @Test
    void findsSubmissionsInTheOrderOfTheQuestion() {
        submit(run("a", "hang"), run("b", "hang"));

        assertThat(find("b", "nobody", "a")).extracting(Submission::token).containsExactly("b", "a");
        assertThat(sandbox.service()
                        .findSubmissions(new FindSubmissions("ada", List.of("a")))
                        .await()
                        .submissions())
                .isEmpty();
    }

    @Test
    void tellsHowFarASubmissionIs() {
        submit(run("a", "hang"), run("b", "exit 0"));
        awaitState("a", State.RUNNING);

        assertThat(find("b").get(0).state()).isEqualTo(State.QUEUED);
        assertThat(find("b").get(0).outcome()).isNull();

        sandbox.cancel("a");
        assertThat(awaitEnd("a").outcome().verdict()).isEqualTo(Verdict.CANCELLED);
        assertThat(awaitEnd("b").outcome().verdict()).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void countsAllTheTimeThatARunHasWaited() {
        submit(run("a", "hang"), run("b", "exit 0"));
        awaitState("a", State.RUNNING);
        Awaitility.await().pollDelay(Duration.ofMillis(60)).until(() -> true);

        sandbox.cancel("a");

        assertThat(awaitEnd("b").outcome().queuedMillis()).isBetween(50L, 20_000L);
    }

    @Test
    void storesNoneWhereOneWouldBeRefused() {
        Run unknown = run("u", "", Priority.BATCH, "unknown", "");
        Run tooLong = withLimits(run("l", ""), new Limits(Duration.ofDays(1), Duration.ZERO, 0, 0, 0, 0, 0, 0));

        assertRefused(Kind.NOT_FOUND, "no such language", run("a", "exit 0"), unknown);
        assertRefused(
                Kind.INVALID,
                "runs[1].limits.wallTimeMillis is 86400000, not within 0..600000",
                run("a", "exit 0"),
                tooLong);
        assertRefused(Kind.CONFLICT, "there is a submission of that id", run("a", ""), run("a", ""));

        assertThat(find("a")).isEmpty();
        assertThat(sandbox.meters()
                        .get("lyceum.sandbox.refused")
                        .tag("kind", "not_found")
                        .counter()
                        .count())
                .isEqualTo(1);
    }

    @Test
    void refusesOrdersThatAreNone() {
        assertRefused(Kind.INVALID, "1 to 100 runs can be submitted at once");
        assertRefused(
                Kind.INVALID,
                "1 to 100 runs can be submitted at once",
                IntStream.range(0, 101).mapToObj(i -> run("r" + i, "")).toArray(Run[]::new));
        assertRefused(
                Kind.INVALID,
                "runs that are submitted at once are of one caller",
                run("a", "ada", Priority.BATCH, ""),
                run("b", "bob", Priority.BATCH, ""));
        assertFails(
                sandbox.service().submit(Submit.of(List.of(run("a", "")), "http://127.0.0.1/hook")),
                Kind.INVALID,
                "webhook is not at a public address");
        assertFails(
                sandbox.service().findSubmissions(new FindSubmissions("", Collections.nCopies(101, "a"))),
                Kind.INVALID,
                "up to 100 submissions can be found at once");
    }

    @Test
    void refusesMoreThanMayWait() {
        submit(run("first", "hang"));
        awaitState("first", State.RUNNING);
        submit(run("a", ""), run("b", ""), run("c", ""));

        assertRefused(Kind.BUSY, "too many submissions are waiting already", run("d", ""), run("e", ""));
        submit(run("d", ""));
    }

    @Test
    void refusesMoreOfACallerThanItsShare() {
        submit(run("first", "hang"));
        awaitState("first", State.RUNNING);
        submit(run("a", "ada", Priority.BATCH, ""), run("b", "ada", Priority.BATCH, ""));

        assertRefused(Kind.BUSY, "too many submissions are waiting already", run("c", "ada", Priority.BATCH, ""));
        submit(run("c", "bob", Priority.BATCH, ""));
    }

    @Test
    void letsInteractiveGoBeforeBatch() {
        submit(run("first", "hang"));
        awaitState("first", State.RUNNING);
        submit(run("grading", "", Priority.BATCH, "exit 0"));
        submit(run("screen", "", Priority.INTERACTIVE, "exit 0"));

        sandbox.cancel("first");

        awaitEnd("grading");
        assertThat(sandbox.cells().begun()).containsExactly("first", "screen", "grading");
    }

    @Test
    void leavesTheLastSlotToWhoeverSitsBeforeAScreen() {
        FakeSandbox wide = sandbox(Map.of("LYCEUM_SANDBOX_CONCURRENCY", "3"));
        sandbox.undeploy();
        List<Run> batch = IntStream.range(0, 4)
                .mapToObj(i -> run("batch" + i, "", Priority.BATCH, "hang"))
                .toList();
        wide.service().submit(Submit.of(batch, "")).await();
        Awaitility.await().until(() -> wide.cells().begun().size() == 2);

        wide.service().submit(Submit.of(List.of(run("screen", "exit 0")), "")).await();

        Awaitility.await().until(() -> wide.cells().begun().contains("screen"));
        assertThat(wide.cells().mostOpen()).isLessThanOrEqualTo(3);
        assertThat(wide.cells().begun()).hasSize(3);
    }

    @Test
    void waitsNotForTheQueueOfThoseWhoWait() {
        for (String id : List.of("running", "waiting")) {
            sandbox.service().run(run(id, "hang"));
        }
        Awaitility.await().until(() -> sandbox.cells().begun().size() == 1);
        submit(run("stored", "exit 0"));
        awaitState("stored", State.RUNNING);

        sandbox.cancel("running");
        sandbox.cancel("waiting");

        assertThat(awaitEnd("stored").outcome().verdict()).isEqualTo(Verdict.ACCEPTED);
    }

    @Test
    void triesThreeTimesWhatIsLostWithItsSandbox() {
        submit(run("lost", "break"));

        assertThat(awaitEnd("lost").outcome().verdict()).isEqualTo(Verdict.INTERNAL_ERROR);

        assertThat(sandbox.cells().begun()).containsExactly("lost", "lost", "lost");
        Awaitility.await()
                .untilAsserted(() -> assertThat(ended).containsExactly(new Ended("lost", Verdict.INTERNAL_ERROR)));
    }

    @Test
    void endsWhatItCannotReadAnyMore() {
        submit(run("first", "hang"));
        awaitState("first", State.RUNNING);
        submit(run("old", "exit 0"));
        sql("UPDATE submission SET run = 'of another time' WHERE token = 'old'");

        sandbox.cancel("first");

        assertThat(awaitEnd("old").outcome().verdict()).isEqualTo(Verdict.INTERNAL_ERROR);
    }

    @Test
    void keepsAsManyFilesAsThereIsRoomFor() {
        submit(withCollect(run("f", "exit 0"), List.of("big1", "big2", "small")));

        assertThat(awaitEnd("f").outcome().files()).extracting(SourceFile::name).containsExactly("big1", "small");
    }

    @Test
    void cancelsAndForgetsWhatIsRemoved() {
        submit(run("runs", "hang"), run("waits", "exit 0"));
        awaitState("runs", State.RUNNING);

        assertFails(
                sandbox.service().removeSubmission(new RemoveSubmission("ada", "runs")),
                Kind.NOT_FOUND,
                "no such submission");
        assertFails(
                sandbox.service().removeSubmission(new RemoveSubmission("", "a\0b")),
                Kind.NOT_FOUND,
                "no such submission");
        sandbox.service().removeSubmission(new RemoveSubmission("", "waits")).await();
        sandbox.service().removeSubmission(new RemoveSubmission("", "runs")).await();

        Awaitility.await().until(() -> sandbox.cells().open() == 0);
        assertThat(find("runs", "waits")).isEmpty();
        assertThat(sandbox.cells().begun()).containsExactly("runs");
        assertThat(ended).isEmpty();
    }

    @Test
    void killsWhatWasRemovedThoughNobodyToldIt() {
        submit(run("a", "hang"));
        Awaitility.await().until(() -> sandbox.cells().open() == 1);

        sql("DELETE FROM submission");

        Awaitility.await().until(() -> sandbox.cells().open() == 0);
    }

    @Test
    void removesOutcomesThatAreOld() {
        FakeSandbox forgetful = sandbox(Map.of("LYCEUM_SANDBOX_RESULT_AGE", "300ms"));
        submit(run("a", "exit 0"));

        Awaitility.await().until(() -> find("a").isEmpty());
        assertThat(forgetful.cells().open()).isZero();
    }

    @Test
    void runsAgainWhatADeadInstanceHad() {
        Database database = new Database(url, "sandbox", 1);
        submit(run("first", "hang"));
        awaitState("first", State.RUNNING);
        submit(run("a", "print again"));
        SubmissionStore dead = new SubmissionStore(vertx, database, "dead", Duration.ofMillis(1));
        assertThat(dead.take(Priority.INTERACTIVE, 1).await()).hasSize(1);
        sandbox.cancel("first");

        assertThat(awaitEnd("a").outcome().stdout().bytes()).hasToString("again\n");
    }

    @Test
    void givesUpWhatInstancesDieOf() {
        submit(run("first", "hang"));
        awaitState("first", State.RUNNING);
        submit(run("deadly", "exit 0"));
        sql("UPDATE submission SET tries = 2 WHERE token = 'deadly'");
        SubmissionStore dead =
                new SubmissionStore(vertx, new Database(url, "sandbox", 1), "dead", Duration.ofMillis(1));
        dead.take(Priority.INTERACTIVE, 1).await();

        assertThat(awaitEnd("deadly").outcome().verdict()).isEqualTo(Verdict.INTERNAL_ERROR);
        Awaitility.await()
                .untilAsserted(() -> assertThat(ended).containsExactly(new Ended("deadly", Verdict.INTERNAL_ERROR)));
        sandbox.cancel("first");
    }

    @Test
    void sharesTheWorkWithOtherInstances() {
        FakeSandbox other = sandbox(Map.of("LYCEUM_SANDBOX_SUBMISSIONS", "100"));
        List<Run> runs =
                IntStream.range(0, 30).mapToObj(i -> run("r" + i, "exit 0")).toList();
        other.service().submit(Submit.of(runs, "")).await();

        runs.forEach(run -> awaitEnd(run.id()));

        List<String> begun = Stream.of(sandbox, other)
                .flatMap(each -> each.cells().begun().stream())
                .toList();
        assertThat(begun).hasSize(30).doesNotHaveDuplicates();
    }

    @Test
    void leavesWhatItCannotFinishToAnotherInstance() {
        submit(run("a", "hang"), run("b", "exit 0"));
        awaitState("a", State.RUNNING);
        FakeSandbox other = sandbox(Map.of());
        Awaitility.await().until(() -> other.cells().begun().contains("b"));

        sandbox.undeploy();

        assertThat(sandbox.cells().open()).isZero();
        Awaitility.await().until(() -> other.cells().begun().contains("a"));
        assertThat(ended).doesNotContain(new Ended("a", Verdict.CANCELLED));
        other.cancel("a");
    }

    @Test
    void countsSubmissionsByTheirState() {
        submit(run("a", "hang"), run("b", "exit 0"), run("c", "exit 0"));

        Awaitility.await().until(() -> gauge("running") == 1 && gauge("queued") == 2);
        sandbox.cancel("a");
        Awaitility.await().until(() -> gauge("running") == 0 && gauge("ended") == 3);
    }

    @Test
    void runsWithoutItsDatabaseAndOpensWhenThatComes() {
        TestProxy proxy = new TestProxy(vertx, url);
        FakeSandbox alone = new FakeSandbox(settings(Map.of()), proxy.url());
        sandboxes.add(alone);
        Submit order = Submit.of(List.of(run("a", "print late")), "");

        assertThat(alone.service().run(run("now", "exit 0")).await().verdict()).isEqualTo(Verdict.ACCEPTED);
        assertFails(alone.service().submit(order), Kind.UNAVAILABLE, "the store for submissions does not answer");

        proxy.open();
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> !alone.service().submit(order).await().tokens().isEmpty());
        assertThat(awaitEnd("a").outcome().stdout().bytes()).hasToString("late\n");
    }

    @Test
    void writesAnOutcomeDownWhenTheDatabaseIsBack() {
        TestProxy proxy = new TestProxy(vertx, url);
        proxy.open();
        FakeSandbox remote = new FakeSandbox(settings(Map.of("LYCEUM_SANDBOX_LEASE", "60s")), proxy.url());
        sandboxes.add(remote);
        sandbox.undeploy();
        remote.service().submit(Submit.of(List.of(run("a", "hang")), "")).await();
        Awaitility.await().until(() -> remote.cells().open() == 1);

        proxy.close();
        remote.cancel("a");
        Awaitility.await().until(() -> remote.cells().open() == 0);
        proxy.open();

        Awaitility.await().until(() -> sql("SELECT 1 FROM submission WHERE state = 'ENDED'") == 1);
        assertThat(remote.cells().begun()).containsExactly("a");
    }

    private FakeSandbox sandbox(Map<String, String> settings) {
        FakeSandbox made = new FakeSandbox(settings(settings), url);
        sandboxes.add(made);
        return made;
    }

    private static Map<String, String> settings(Map<String, String> more) {
        Map<String, String> settings = new HashMap<>(Map.of(
                "LYCEUM_SANDBOX_CONCURRENCY", "1",
                "LYCEUM_SANDBOX_QUEUE", "1",
                "LYCEUM_SANDBOX_SUBMISSIONS", "4",
                "LYCEUM_SANDBOX_LEASE", "600ms"));
        settings.putAll(more);
        return settings;
    }

    private SandboxService.Accepted submit(Run... runs) {
        return sandbox.service().submit(Submit.of(List.of(runs), "")).await();
    }

    private List<Submission> find(String... tokens) {
        return sandbox.service()
                .findSubmissions(new FindSubmissions("", List.of(tokens)))
                .await()
                .submissions();
    }

    private Submission awaitEnd(String token) {
        return awaitState(token, State.ENDED);
    }

    private Submission awaitState(String token, State state) {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(20))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> find(token).get(0), found -> found.state() == state);
    }

    private double gauge(String state) {
        return sandbox.meters()
                .get("lyceum.sandbox.submissions")
                .tag("state", state)
                .gauge()
                .value();
    }

    private void assertRefused(Kind kind, String text, Run... runs) {
        assertFails(sandbox.service().submit(Submit.of(List.of(runs), "")), kind, text);
    }

    private int sql(String statement) {
        return new Database(url, "sandbox", 1)
                .open(vertx)
                .query(statement)
                .execute()
                .await()
                .rowCount();
    }

    private static Run withLimits(Run run, Limits limits) {
        return new Run(
                run.id(),
                run.caller(),
                run.priority(),
                run.program(),
                Buffer.buffer(),
                run.streams(),
                limits,
                Limits.OF_LANGUAGE,
                List.of());
    }

    private static Run withCollect(Run run, List<String> collect) {
        return new Run(
                run.id(),
                run.caller(),
                run.priority(),
                run.program(),
                Buffer.buffer(),
                run.streams(),
                Limits.OF_LANGUAGE,
                Limits.OF_LANGUAGE,
                collect);
    }
}
