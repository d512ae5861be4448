package lyceum.elicast.internal;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.StreamSupport;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.AppendPieces;
import lyceum.elicast.ElicastService.CreateLesson;
import lyceum.elicast.ElicastService.DraftSize;
import lyceum.elicast.ElicastService.OpenDraft;
import lyceum.elicast.ElicastService.Piece;
import lyceum.elicast.ElicastService.ReadPieces;
import lyceum.elicast.Lesson;
import lyceum.media.MediaService;
import lyceum.platform.Bus;
import lyceum.platform.Database;
import lyceum.platform.Readiness;
import lyceum.platform.TestPostgres;
import lyceum.sandbox.Limits;
import lyceum.sandbox.SandboxService;

/** elicast-service on a bus and a database of its own, between a sandbox and a media-service that do as they are told. */
final class TestElicast implements AutoCloseable {

    static final Limits CODE_LIMITS =
            new Limits(Duration.ofSeconds(3), Duration.ofSeconds(2), 1 << 20, 7, 1 << 16, 1000, 2000, 0);

    private static final Duration LIMIT = Duration.ofSeconds(5);

    final Vertx vertx = Vertx.vertx();
    final Bus bus = new Bus(vertx, LIMIT);
    final Readiness readiness = new Readiness();
    final MeterRegistry registry = new SimpleMeterRegistry();
    final FakeSandbox sandbox = new FakeSandbox();
    final FakeMedia media = new FakeMedia();
    final ElicastService service = bus.proxy(ElicastService.class);

    private final Database database = new Database(TestPostgres.freshDatabase(vertx), "elicast", 4);
    private final Pool pool = database.open(vertx);

    private String deployment;

    TestElicast() {
        bus.serve(SandboxService.class, sandbox).await();
        bus.serve(MediaService.class, media).await();
        bus.serve(MediaService.class, media, FakeMedia.INSTANCE).await();
        deploy();
    }

    /** Starts the service, once more where it runs already. */
    void deploy() {
        deploy(LIMIT);
    }

    /** @param drainLimit how long runs may go on when it is stopped */
    void deploy(Duration drainLimit) {
        Duration draftAge = Duration.ofHours(6);
        ElicastConfig config = new ElicastConfig(database, CODE_LIMITS, LIMIT, LIMIT, LIMIT, draftAge, drainLimit);
        deployment = vertx.deployVerticle(new ElicastVerticle(config, readiness, registry))
                .await();
    }

    /** Stops what was started last. */
    Future<Void> undeploy() {
        return vertx.undeploy(deployment);
    }

    /** @return a connection of its own */
    SqlConnection connect() {
        return pool.getConnection().await();
    }

    /** @return the rows that an operator would see */
    List<Row> rows(String sql, Object... parameters) {
        return StreamSupport.stream(
                        pool.preparedQuery(sql)
                                .execute(Tuple.from(parameters))
                                .await()
                                .spliterator(),
                        false)
                .toList();
    }

    /** @return a new draft with these pieces, which is not saved */
    DraftSize draft(int voices, Piece... pieces) {
        long id = service.openDraft(new OpenDraft()).await().id();
        for (Piece piece : pieces) {
            service.appendPieces(new AppendPieces(id, List.of(piece))).await();
        }
        return new DraftSize(id, pieces.length, voices);
    }

    /** @return a draft with no steps and no voice */
    DraftSize emptyDraft() {
        return draft(0, ots("[]"));
    }

    Lesson lesson(String title, String teacher) {
        return service.createLesson(new CreateLesson(emptyDraft(), title, teacher))
                .await();
    }

    /** @return every piece of a content, read to its end */
    List<Piece> contentOf(Lesson lesson) {
        List<Piece> all = new ArrayList<>();
        List<Piece> next = read(lesson, -1, -1);
        while (!next.isEmpty()) {
            all.addAll(next);
            Piece last = next.get(next.size() - 1);
            next = read(lesson, last.part(), last.position());
        }
        return all;
    }

    List<Piece> read(Lesson lesson, int afterPart, int afterPosition) {
        return service.readPieces(new ReadPieces(lesson.contentId(), afterPart, afterPosition))
                .await()
                .items();
    }

    static Piece ots(String json) {
        return new Piece(0, 0, true, Buffer.buffer(json));
    }

    static Piece voice(int part, int position, String bytes) {
        return new Piece(part, position, false, Buffer.buffer(bytes));
    }

    @Override
    public void close() {
        vertx.close().await();
    }
}
