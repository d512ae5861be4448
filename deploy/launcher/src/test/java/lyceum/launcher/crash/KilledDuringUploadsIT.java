package lyceum.launcher.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import lyceum.launcher.crash.Visitor.Answer;
import lyceum.launcher.wire.ChildProgram;
import lyceum.platform.Loop;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What uploads, 50 at once, leave behind when the program is killed in the middle of them. */
class KilledDuringUploadsIT {

    private static final int UPLOADS_AT_ONCE = 50;
    /** Who has one answered sends another, so that some are under way whenever the kill comes. */
    private static final int UPLOADS = 95;
    /** How many are answered when the kill comes. */
    private static final int ANSWERED_FIRST = Integer.getInteger("lyceum.uploads.answered", 15);

    @TempDir
    Path data;

    private final Vertx vertx = Vertx.vertx();
    private final Visitor visitor = new Visitor(vertx);
    private final Map<KnownLesson, Long> answered = new ConcurrentHashMap<>();

    private ChildProgram program;

    @BeforeEach
    void start() throws IOException {
        program = ChildProgram.start(data, Map.of());
    }

    @AfterEach
    void stop() throws InterruptedException {
        program.kill();
        vertx.close().await();
    }

    @Test
    void keepsEveryLessonThatWasAnsweredAndListsNoHalfOne() throws Exception {
        killAfter(ANSWERED_FIRST);

        program = ChildProgram.start(data, Map.of());
        int port = program.httpPort();
        Map<Long, String> listed = listed(port);

        assertThat(listed.keySet()).containsAll(answered.values());
        assertThat(answered.values()).doesNotHaveDuplicates();
        listed.forEach((id, title) -> assertIsWhole(port, id, KnownLesson.titled(title)));
        answered.forEach((lesson, id) -> assertIsWhole(port, id, lesson));
        assertThat(drafts()).as("uploads that were under way").isPositive();
        assertThat(save(port, new KnownLesson(UPLOADS)).await())
                .satisfies(answer -> assertThat(listed).doesNotContainKey(id(answer)));
    }

    private void killAfter(int count) throws InterruptedException {
        int port = program.httpPort();
        CountDownLatch moment = new CountDownLatch(count);
        AtomicInteger next = new AtomicInteger();
        List<Future<Void>> uploads = IntStream.range(0, UPLOADS_AT_ONCE)
                .mapToObj(lane -> Loop.whileTrue(() -> saveNext(port, next.getAndIncrement(), moment)))
                .toList();
        assertThat(moment.await(60, TimeUnit.SECONDS)).isTrue();
        await().until(() -> drafts() > 0);

        program.kill();

        // Those that are not answered fail with their connections.
        Future.join(new ArrayList<>(uploads)).otherwiseEmpty().await();
        assertThat(answered).hasSizeBetween(count, UPLOADS - 1);
    }

    /** @return whether there was one more */
    private Future<Boolean> saveNext(int port, int number, CountDownLatch moment) {
        if (number >= UPLOADS) {
            return Future.succeededFuture(false);
        }
        KnownLesson lesson = new KnownLesson(number);
        return save(port, lesson).map(answer -> {
            answered.put(lesson, id(answer));
            moment.countDown();
            return true;
        });
    }

    private Future<Answer> save(int port, KnownLesson lesson) {
        return visitor.send(HttpMethod.PUT, port, "/elicast", lesson.form());
    }

    private static long id(Answer answer) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json().getJsonObject("elicast").getLong("id");
    }

    /** @return titles by id */
    private Map<Long, String> listed(int port) {
        Map<Long, String> titles = new ConcurrentHashMap<>();
        List<?> elicasts = visitor.get(port, "/elicast?count=100")
                .await()
                .json()
                .getJsonArray("elicasts")
                .getList();
        elicasts.stream()
                .map(JsonObject::mapFrom)
                .forEach(elicast -> assertThat(titles.put(elicast.getLong("id"), elicast.getString("title")))
                        .as("another lesson of the same id")
                        .isNull());
        return titles;
    }

    private void assertIsWhole(int port, long id, KnownLesson lesson) {
        Answer answer = visitor.get(port, "/elicast/" + id).await();
        assertThat(answer.status()).isEqualTo(200);
        assertThat(KnownLesson.fingerprint(answer.json().getJsonObject("elicast")))
                .as("%s of id %d", lesson.title(), id)
                .isEqualTo(lesson.fingerprint());
    }

    /** @return how many contents belong to no lesson */
    private long drafts() throws IOException {
        String url = Files.readString(data.resolve("postgres/url"));
        return PgConnection.connect(vertx, PgConnectOptions.fromUri(url))
                .compose(connection -> connection
                        .query("SELECT count(*) FROM elicast.content WHERE NOT saved")
                        .execute()
                        .eventually(connection::close))
                .await()
                .iterator()
                .next()
                .getLong(0);
    }
}
