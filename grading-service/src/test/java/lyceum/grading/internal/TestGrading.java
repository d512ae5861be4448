package lyceum.grading.internal;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lyceum.grading.AttemptService;
import lyceum.grading.HandIn;
import lyceum.grading.HandInService;
import lyceum.grading.HandInService.CreateHandIn;
import lyceum.grading.HomeworkService;
import lyceum.grading.HomeworkService.ReloadHomework;
import lyceum.grading.HomeworkService.UploadHomework;
import lyceum.grading.Partial;
import lyceum.grading.Report;
import lyceum.grading.RunnerService;
import lyceum.grading.Text;
import lyceum.grading.Viewer;
import lyceum.platform.Bus;
import lyceum.platform.Readiness;
import lyceum.platform.Settings;
import lyceum.platform.TestPostgres;

/** grading-service on a bus and a database of its own; nobody grades unless told. */
final class TestGrading implements AutoCloseable {

    static final Viewer ADA = new Viewer("ada", false, null);
    static final Viewer EVE = new Viewer("eve", true, null);
    static final String ROMAN = "0a51c7e2f3b84d6c9e10a2b3c4d5e6f7";

    final Vertx vertx = Vertx.vertx();
    final Bus bus = new Bus(vertx, Duration.ofSeconds(20));
    final Readiness readiness = new Readiness();
    final MeterRegistry registry = new SimpleMeterRegistry();
    final HandInService handIns = bus.proxy(HandInService.class);
    final AttemptService attempts = bus.proxy(AttemptService.class);
    final HomeworkService homework = bus.proxy(HomeworkService.class);
    final RunnerService runners = bus.proxy(RunnerService.class);
    final VerdictStore verdicts;

    private final Pool pool;

    private final String url = TestPostgres.freshDatabase(vertx);

    TestGrading(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(Map.of(
                "LYCEUM_GRADING_HOMEWORK_DIR",
                Fixture.directory("homework").toString(),
                "LYCEUM_GRADING_MODE",
                "runner"));
        all.putAll(settings);
        GradingConfig config = GradingConfig.from(new Settings(all), url);
        vertx.deployVerticle(new GradingVerticle(config, readiness, registry)).await();
        pool = config.database().open(vertx);
        verdicts = new VerdictStore(pool);
    }

    static Buffer archive(String file, String content) {
        return Buffer.buffer(new Packed().add(file, content).as("answer.zip"));
    }

    static CreateHandIn order(String student, String homework, String codePackage, String fileName, Buffer content) {
        return new CreateHandIn(student, false, homework, codePackage, fileName, content, Instant.now());
    }

    /** Hands in something for roman. */
    HandIn handIn(String student) {
        return handIns.createHandIn(order(student, "roman", "python", "answer.zip", archive("roman.py", "x = 1\n")))
                .await();
    }

    /** Ends a hand-in with a score. */
    void accept(String id, double score) {
        Partial partial = new Partial(
                Text.plain("N"), "UnitTestScorer", score, 1, 0.5, Text.plain("b"), List.of(Text.plain("secret")));
        Report report = new Report(true, null, null, List.of(partial));
        verdicts.report(id, Verdict.of(report)).await();
        verdicts.proclog(id, new VerdictStore.ProcessEnd(0, "out", "err")).await();
    }

    /** Leaves of a hand-in what an import brings, which is its verdict. */
    void forgetContent(String id) {
        pool.preparedQuery("UPDATE hand_in SET content = '', file_name = NULL WHERE id = $1")
                .execute(Tuple.of(id))
                .await();
    }

    /** A homework of one package, as a teacher would upload it. */
    static Buffer homework(String uuid, String due) {
        return homework(uuid, due, 0);
    }

    /** @param extra bytes of one more file */
    static Buffer homework(String uuid, String due, int extra) {
        return Buffer.buffer(new Packed()
                .add("extra", "x".repeat(extra))
                .add("hw.xml", """
                        <homework><uuid>%s</uuid><names><name lang="en">Uploaded</name></names>
                        <deadlines><due><date>%s</date><scale>0.5</scale></due></deadlines><files/></homework>""".formatted(uuid, due))
                .add("desc/en.md", "See ![it](hw://it.png) <script>alert(1)</script>")
                .add("desc/it.png", "picture")
                .add("solve/en.md", "Do it.")
                .add("code/input/code.xml", """
                        <code><attachment>false</attachment><runner entry="judge.py"/><reportCompile>true</reportCompile>
                        <reportRuntime>false</reportRuntime></code>""")
                .add("code/input/judge.py", "")
                .as("homework.zip"));
    }

    void upload(String slug, Buffer zip) {
        homework.uploadHomework(new UploadHomework(EVE, slug, zip)).await();
    }

    /** Stores homework without a look at it. */
    void keep(String slug, String uuid, Buffer zip) {
        new HomeworkStore(pool).put(slug, uuid, zip, "somebody").await();
    }

    /** Leaves what the directory has. */
    void clear() {
        pool.query("TRUNCATE hand_in, attempt, homework, homework_access")
                .execute()
                .await();
        homework.reloadHomework(new ReloadHomework(EVE)).await();
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
