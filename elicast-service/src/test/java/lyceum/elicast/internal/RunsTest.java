package lyceum.elicast.internal;

import static lyceum.elicast.internal.Failing.NOT_THERE;
import static lyceum.elicast.internal.Failing.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Transaction;
import java.time.Instant;
import java.util.Arrays;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.AnswerExercise;
import lyceum.elicast.ElicastService.AnswerFact;
import lyceum.elicast.ElicastService.CancelRun;
import lyceum.elicast.ElicastService.DeleteLesson;
import lyceum.elicast.ElicastService.OpenTicket;
import lyceum.elicast.ElicastService.ProtectLesson;
import lyceum.elicast.ElicastService.RunCode;
import lyceum.elicast.ElicastService.RunFact;
import lyceum.elicast.ElicastService.RunResult;
import lyceum.platform.Failure.Kind;
import lyceum.sandbox.Run;
import lyceum.sandbox.SandboxService;
import lyceum.sandbox.SandboxService.Cancellation;
import lyceum.sandbox.Verdict;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs and answers over the bus, with a sandbox that ends as it is told. */
@TestInstance(Lifecycle.PER_CLASS)
class RunsTest {

    private static final String SOLVE_OTS = "[{\"ts\": 1.50, \"command\":\"nop\"}]";

    private TestElicast elicast;
    private ElicastService service;

    @BeforeAll
    void start() {
        elicast = new TestElicast();
        service = elicast.service;
    }

    @AfterAll
    void stop() {
        elicast.close();
    }

    @Test
    void asksTheSandboxForTheProgramAsItIs() {
        elicast.sandbox.endWith(Verdict.ACCEPTED, 0, "");

        service.runCode(new RunCode("run-1", Buffer.buffer("print(1)\r\n"), "ada"))
                .await();

        assertThat(elicast.sandbox.lastRun())
                .isEqualTo(Run.ofLesson("run-1", "ada", Buffer.buffer("print(1)\r\n"), TestElicast.CODE_LIMITS));
    }

    @ParameterizedTest
    @CsvSource({
        "ACCEPTED,0,0",
        "RUNTIME_ERROR,1,1",
        "RUNTIME_ERROR,139,139",
        "MEMORY_LIMIT,9,137",
        "OUTPUT_LIMIT,137,137"
    })
    void keepsARunAndTellsHowItEnded(Verdict verdict, int exitCode, int told) {
        elicast.sandbox.endWith(verdict, exitCode, "out\nunfinished");

        RunResult result = run("code");

        assertThat(result.output()).isEqualTo("out\nunfinished");
        assertThat(result.exitCode()).isEqualTo(told);
        Row row = runRow(result.id());
        assertThat(row.getInteger("exit_code")).isEqualTo(told);
        assertThat(row.getBuffer("output")).isEqualTo(Buffer.buffer("out\nunfinished"));
        assertThat(row.getBuffer("code")).isEqualTo(Buffer.buffer("code"));
        assertThat(row.getBoolean("cancelled")).isFalse();
        assertThat(row.getLong("wall_time_millis")).isEqualTo(17);
    }

    @ParameterizedTest
    @CsvSource({"'a\nb\n','a\nb\n'", "'a\nlost','a\n'", "lost,''", "'',''"})
    void marksARunWhoseTimeIsUpAndLosesItsUnfinishedLine(String output, String finished) {
        elicast.sandbox.endWith(Verdict.TIME_LIMIT, 137, output);

        RunResult result = run("while True: pass");

        assertThat(result.output()).isEqualTo(finished + "\n<TIMEOUT>");
        assertThat(result.exitCode()).isEqualTo(-1);
        assertThat(runRow(result.id()).getInteger("exit_code")).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({
        "x,16383,0",
        "x,16384,16384",
        "x,20000,16384",
        "x,40000,32768",
        "é,8191,0",
        "é,8192,8192",
        "é,10000,8192",
        "日,5462,5461",
        "🙂,4096,4096"
    })
    void keepsThePiecesOfALongUnfinishedLineOfARunWhoseTimeIsUp(String character, int written, int kept) {
        elicast.sandbox.endWith(Verdict.TIME_LIMIT, 137, "a\n" + character.repeat(written));

        assertThat(run("code").output()).isEqualTo("a\n" + character.repeat(kept) + "\n<TIMEOUT>");
    }

    @Test
    void keepsThePiecesOfAnUnfinishedLineThatIsNoText() {
        byte[] bytes = new byte[16_384 + 10];
        Arrays.fill(bytes, (byte) 0x80);
        elicast.sandbox.endWith(Verdict.TIME_LIMIT, 137, Buffer.buffer(bytes));

        assertThat(run("code").output()).isEqualTo("\uFFFD".repeat(16_384) + "\n<TIMEOUT>");
        elicast.sandbox.endWith(Verdict.TIME_LIMIT, 137, Buffer.buffer("a\n").appendBytes(bytes, 0, 10));
        assertThat(run("code").output()).isEqualTo("a\n\n<TIMEOUT>");
    }

    @Test
    void keepsACancelledRunAsSuch() {
        elicast.sandbox.endWith(Verdict.CANCELLED, 137, "half");

        RunResult result = run("code");

        assertThat(result.exitCode()).isEqualTo(-1);
        Row row = runRow(result.id());
        assertThat(row.getBoolean("cancelled")).isTrue();
        assertThat(row.getBuffer("output")).isEqualTo(Buffer.buffer("half"));
    }

    @Test
    void replacesEachByteThatIsNoCharacter() {
        byte[] output = {'a', (byte) 0xE2, (byte) 0x82, 'b', (byte) 0xFF, (byte) 0xF0, (byte) 0x9F, (byte) 0x99};
        elicast.sandbox.endWith(Verdict.ACCEPTED, 0, Buffer.buffer(output));

        RunResult result = run("code");

        assertThat(result.output()).isEqualTo("a\uFFFD\uFFFDb\uFFFD\uFFFD\uFFFD\uFFFD");
        assertThat(runRow(result.id()).getBuffer("output").toString()).isEqualTo(result.output());
    }

    @Test
    void keepsZeroBytesInProgramAndOutput() {
        elicast.sandbox.endWith(Verdict.ACCEPTED, 0, "a\0b");

        RunResult result = run("print('\0')");

        assertThat(result.output()).isEqualTo("a\0b");
        assertThat(runRow(result.id()).getBuffer("code")).isEqualTo(Buffer.buffer("print('\0')"));
        assertThat(runRow(result.id()).getBuffer("output")).isEqualTo(Buffer.buffer("a\0b"));
    }

    @Test
    void keepsAnEmptyProgram() {
        elicast.sandbox.endWith(Verdict.ACCEPTED, 0, "");

        assertThat(runRow(run("").id()).getBuffer("code")).isEqualTo(Buffer.buffer());
    }

    @Test
    void writesTheTimeOfARunAfterItsEnd() {
        elicast.sandbox.endWith(Verdict.ACCEPTED, 0, "");
        Instant before = Instant.now().minusMillis(1);

        Instant created = runRow(run("").id()).getOffsetDateTime("created_at").toInstant();

        assertThat(created).isBetween(before, Instant.now());
        assertThat(created.getNano() % 1_000_000).isZero();
    }

    @ParameterizedTest
    @EnumSource(
            value = Kind.class,
            names = {"BUSY", "UNAVAILABLE"})
    void keepsNothingWhereTheSandboxFails(Kind kind) {
        long lessonId = elicast.lesson("t", null).id();
        elicast.sandbox.failWith(kind, "no sandbox");
        int runs = count("code_run");
        int answers = count("code_run_exercise");

        assertFails(kind, "no sandbox", () -> run("code"));
        assertFails(kind, "no sandbox", () -> answer(lessonId));

        assertThat(count("code_run")).isEqualTo(runs);
        assertThat(count("code_run_exercise")).isEqualTo(answers);
    }

    @Test
    void keepsAnAnswerWithItsKeystrokesAsTheyCame() {
        long lessonId = elicast.lesson("t", null).id();
        elicast.sandbox.endWith(Verdict.RUNTIME_ERROR, 1, "AssertionError\n");

        RunResult result = answer(lessonId);

        assertThat(result.exitCode()).isEqualTo(1);
        Row row = elicast.rows("SELECT * FROM code_run_exercise WHERE id = $1", result.id())
                .get(0);
        assertThat(row.getLong("lesson_id")).isEqualTo(lessonId);
        assertThat(row.getLong("ex_id")).isEqualTo(-7);
        assertThat(row.getString("solve_ots")).isEqualTo(SOLVE_OTS);
        assertThat(row.getBuffer("output")).isEqualTo(Buffer.buffer("AssertionError\n"));
        assertThat(row.getInteger("exit_code")).isEqualTo(1);
    }

    @Test
    void numbersAnswersInASequenceOfTheirOwn() {
        long lessonId = elicast.lesson("t", null).id();
        elicast.sandbox.endWith(Verdict.ACCEPTED, 0, "");
        long first = answer(lessonId).id();
        run("code");

        assertThat(answer(lessonId).id()).isEqualTo(first + 1);
    }

    @Test
    void takesAnswersToProtectedAndDeletedLessons() {
        elicast.sandbox.endWith(Verdict.ACCEPTED, 0, "");
        long lessonId = elicast.lesson("t", null).id();
        service.deleteLesson(new DeleteLesson(lessonId, 0)).await();
        long protectedId = elicast.lesson("t", null).id();
        service.protectLesson(new ProtectLesson(protectedId, true)).await();

        assertThat(answer(lessonId).exitCode()).isZero();
        assertThat(answer(protectedId).exitCode()).isZero();
    }

    @Test
    void runsNothingForAnUnknownLesson() {
        elicast.sandbox.endWith(Verdict.ACCEPTED, 0, "");
        run("last one");

        assertFails(Kind.NOT_FOUND, NOT_THERE, () -> answer(9_999_999));
        assertFails(Kind.NOT_FOUND, NOT_THERE, () -> answer(Long.MAX_VALUE));

        assertThat(elicast.sandbox.lastRun().program().files().get(0).content()).isEqualTo(Buffer.buffer("last one"));
    }

    @Test
    void tellsTheSandboxOfARunThatNobodyWaitsFor() {
        Facts<Cancellation> cancelled = new Facts<>(elicast.bus, SandboxService.CANCEL);

        service.cancelRun(new CancelRun("run-9")).await();

        assertThat(cancelled.await(1)).containsExactly(new Cancellation("run-9"));
    }

    @Test
    void tellsTheSandboxOfARunThatItDoesNotWaitForAnyLonger() {
        long lessonId = elicast.lesson("t", null).id();
        Facts<Cancellation> cancelled = new Facts<>(elicast.bus, SandboxService.CANCEL);
        elicast.sandbox.failWith(Kind.UNAVAILABLE, "no answer in time");

        assertFails(Kind.UNAVAILABLE, "no answer in time", () -> run("code"));
        assertFails(Kind.UNAVAILABLE, "no answer in time", () -> answer(lessonId));

        assertThat(cancelled.await(2)).containsExactly(new Cancellation("run-1"), new Cancellation("run-2"));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void keepsAnAnswerAsCancelledThatIsGivenUpWhileItsLessonIsLookedFor(boolean isToldByAnother) {
        long lessonId = elicast.lesson("t", null).id();
        elicast.sandbox.endWith(Verdict.ACCEPTED, 0, "");
        run("last one");
        SqlConnection other = elicast.connect();
        Transaction locked = other.begin().await();
        other.query("LOCK TABLE lesson IN ACCESS EXCLUSIVE MODE").execute().await();
        Future<RunResult> answer =
                service.answerExercise(new AnswerExercise("run-2", lessonId, -7, SOLVE_OTS, Buffer.buffer("x")));
        Awaitility.await().until(() -> waitingForLocks() > 0);

        if (isToldByAnother) {
            elicast.bus.publish(SandboxService.CANCEL, new Cancellation("run-2"));
            // What is asked behind it is answered behind it.
            service.openTicket(new OpenTicket("::1", "", "", "n")).await();
        } else {
            service.cancelRun(new CancelRun("run-2")).await();
        }
        locked.rollback().await();
        other.close().await();

        RunResult result = answer.await();
        assertThat(result.exitCode()).isEqualTo(-1);
        assertThat(elicast.rows("SELECT cancelled FROM code_run_exercise WHERE id = $1", result.id())
                        .get(0)
                        .getBoolean(0))
                .isTrue();
        assertThat(elicast.sandbox.lastRun().id()).isEqualTo("run-1");
    }

    private int waitingForLocks() {
        return elicast.rows("SELECT count(*)::int FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
                        + " AND datname = current_database()")
                .get(0)
                .getInteger(0);
    }

    @Test
    void announcesRunsAndAnswers() {
        Facts<RunFact> runs = new Facts<>(elicast.bus, ElicastService.RUN);
        Facts<AnswerFact> answers = new Facts<>(elicast.bus, ElicastService.ANSWERED);
        long lessonId = elicast.lesson("t", null).id();
        elicast.sandbox.endWith(Verdict.ACCEPTED, 0, "");
        long run = run("code").id();
        long right = answer(lessonId).id();
        elicast.sandbox.endWith(Verdict.TIME_LIMIT, 0, "");
        long late = answer(lessonId).id();
        elicast.sandbox.endWith(Verdict.CANCELLED, 0, "");
        long cancelled = answer(lessonId).id();

        assertThat(runs.await(1)).containsExactly(new RunFact(run, 0, false, 17));
        assertThat(answers.await(3))
                .containsExactly(
                        new AnswerFact(right, lessonId, -7, true, false),
                        new AnswerFact(late, lessonId, -7, false, false),
                        new AnswerFact(cancelled, lessonId, -7, false, true));
    }

    @Test
    void countsRunsByHowTheyEnded() {
        long lessonId = elicast.lesson("t", null).id();
        double passed = counted("code", "passed");
        double failed = counted("answer", "failed");
        double cancelled = counted("answer", "cancelled");
        elicast.sandbox.endWith(Verdict.ACCEPTED, 0, "");
        run("code");
        elicast.sandbox.endWith(Verdict.TIME_LIMIT, 0, "");
        answer(lessonId);
        elicast.sandbox.endWith(Verdict.CANCELLED, 0, "");
        answer(lessonId);

        assertThat(counted("code", "passed") - passed).isEqualTo(1);
        assertThat(counted("answer", "failed") - failed).isEqualTo(1);
        assertThat(counted("answer", "cancelled") - cancelled).isEqualTo(1);
        assertThat(elicast.registry
                        .get("lyceum.elicast.lessons")
                        .tag("change", "created")
                        .counter()
                        .count())
                .isPositive();
    }

    private double counted(String kind, String outcome) {
        return elicast.registry
                .get("lyceum.elicast.runs")
                .tags("kind", kind, "outcome", outcome)
                .counter()
                .count();
    }

    private RunResult run(String code) {
        return service.runCode(new RunCode("run-1", Buffer.buffer(code))).await();
    }

    private RunResult answer(long lessonId) {
        return service.answerExercise(new AnswerExercise("run-2", lessonId, -7, SOLVE_OTS, Buffer.buffer("x")))
                .await();
    }

    private Row runRow(long id) {
        return elicast.rows("SELECT * FROM code_run WHERE id = $1", id).get(0);
    }

    private int count(String table) {
        return elicast.rows("SELECT count(*)::int FROM " + table).get(0).getInteger(0);
    }
}
