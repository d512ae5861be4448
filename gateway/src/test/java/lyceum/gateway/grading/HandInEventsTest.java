package lyceum.gateway.grading;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import lyceum.account.AccountService;
import lyceum.account.AccountService.Revocation;
import lyceum.gateway.TestGateway;
import lyceum.gateway.stream.Scripted;
import lyceum.grading.HandIn;
import lyceum.grading.HandInDetail;
import lyceum.grading.HandInService;
import lyceum.grading.HandInService.FindHandIn;
import lyceum.grading.HandInService.Scored;
import lyceum.grading.HandInService.Started;
import lyceum.grading.HandInState;
import lyceum.grading.Text;
import lyceum.platform.Bus;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A hand-in that is watched while it is graded. */
class HandInEventsTest {

    private static final String ID = HandInRoutesTest.PENDING.id();

    private final AtomicReference<HandIn> present = new AtomicReference<>(HandInRoutesTest.PENDING);
    private final AtomicReference<Future<Void>> answering = new AtomicReference<>(Future.succeededFuture());
    private TestGateway gateway;
    private Bus bus;
    private HttpClient client;
    private Scripted<HandInService> handIns;

    @BeforeEach
    void start() {
        gateway = new TestGateway(Map.of("LYCEUM_GRADING_WATCHERS", "2"));
        bus = new Bus(gateway.vertx, Duration.ofSeconds(5));
        client = gateway.vertx.createHttpClient();
        handIns = new Scripted<>(gateway.vertx, HandInService.class)
                .on(
                        FindHandIn.class,
                        question -> answering
                                .get()
                                .map(now -> new HandInDetail(
                                        present.get(), "answer.zip", null, null, null, null, List.of())));
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private static HandIn standing(HandInState state, Integer position) {
        HandIn before = HandInRoutesTest.PENDING;
        return new HandIn(
                before.id(),
                before.student(),
                before.homework(),
                before.codePackage(),
                before.createdAt(),
                state,
                before.scale(),
                state == HandInState.ACCEPTED ? 80.0 : null,
                state == HandInState.ACCEPTED ? 40.0 : null,
                null,
                1,
                position);
    }

    /** What a client has heard. */
    private final class Watcher {

        final Buffer heard = Buffer.buffer();
        HttpClientResponse response;
        volatile boolean isOver;

        Watcher(String lastEventId) {
            this("ada", lastEventId);
        }

        Watcher(String user, String lastEventId) {
            response = client.request(new RequestOptions()
                            .setMethod(HttpMethod.GET)
                            .setHost("127.0.0.1")
                            .setPort(gateway.port())
                            .setURI("/api/grading/hand-ins/" + ID + "/events?token="
                                    + TestGateway.token(gateway.vertx, user)))
                    .compose(request -> {
                        if (lastEventId != null) {
                            request.putHeader("Last-Event-ID", lastEventId);
                        }
                        // Within, so that it listens before the first event can come.
                        return request.send()
                                .onSuccess(answer -> answer.handler(heard::appendBuffer)
                                        .exceptionHandler(cut -> isOver = true)
                                        .endHandler(end -> isOver = true));
                    })
                    .await();
        }

        void awaitText(String text) {
            Awaitility.await().until(() -> heard.toString().contains(text));
        }
    }

    @Test
    void endsForWhomeverTheTokenHasBecomeVoid() {
        Watcher ada = new Watcher(null);
        Watcher bob = new Watcher("bob", null);

        bus.publish(AccountService.REVOKED, new Revocation("ada", Instant.now().getEpochSecond() + 3600));

        Awaitility.await().until(() -> ada.isOver);
        assertThat(new Watcher(null).response.statusCode()).isEqualTo(401);
        present.set(standing(HandInState.PENDING, 2));
        bus.publish(HandInService.STARTED, new Started("another", "eve", "h", 1));
        bob.awaitText("\"queuePosition\":2");
    }

    @Test
    void tellsEveryStepFromTheQueueToTheScore() {
        Watcher watcher = new Watcher(null);
        assertThat(watcher.response.getHeader("Content-Type")).isEqualTo("text/event-stream");
        watcher.awaitText("event: progress\ndata: {\"id\":\"" + ID);
        watcher.awaitText("\"queuePosition\":3");

        present.set(standing(HandInState.PENDING, 2));
        bus.publish(HandInService.STARTED, new Started("another", "bob", "h", 1));
        watcher.awaitText("\"queuePosition\":2");

        present.set(standing(HandInState.RUNNING, null));
        bus.publish(HandInService.STARTED, new Started(ID, "ada", "h", 1));
        watcher.awaitText("\"state\":\"Running\"");

        present.set(standing(HandInState.ACCEPTED, null));
        bus.publish(
                HandInService.SCORED,
                new Scored(ID, "ada", "h", 1, HandInState.ACCEPTED, 40.0, Text.lazy("Your submission is accepted.")));
        watcher.awaitText("event: scored\nid: scored-1\ndata: ");
        watcher.awaitText("\"finalScore\":40.0");
        Awaitility.await().until(() -> watcher.isOver);
    }

    @Test
    void tellsTheEndAtOnceAndToEachClientOnce() {
        present.set(standing(HandInState.REJECTED, null));

        Watcher first = new Watcher(null);
        Awaitility.await().until(() -> first.isOver);
        assertThat(first.heard.toString()).startsWith("event: scored\n");

        assertThat(new Watcher("scored-1").response.statusCode()).isEqualTo(204);
        assertThat(new Watcher("scored-0").response.statusCode()).isEqualTo(200);
    }

    @Test
    void letsNoMoreWatchThanMay() {
        Watcher first = new Watcher(null);
        new Watcher(null);
        assertThat(new Watcher(null).response.statusCode()).isEqualTo(503);

        first.response.request().reset();

        Awaitility.await().until(() -> new Watcher(null).response.statusCode() == 200);
    }

    @Test
    void countsNobodyWhoHasLeftBeforeTheFirstStep() {
        double before = connections();
        Promise<Void> later = Promise.promise();
        answering.set(later.future());
        List<NetSocket> leaving = List.of(ask(), ask());
        Awaitility.await().until(() -> handIns.asked(FindHandIn.class).size() == 2);
        leaving.forEach(socket -> socket.close().await());
        Awaitility.await().until(() -> connections() == before);

        later.complete();

        answering.set(Future.succeededFuture());
        Awaitility.await().until(() -> new Watcher(null).response.statusCode() == 200);
    }

    private double connections() {
        return gateway.meters.get("lyceum.gateway.connections").gauge().value();
    }

    private NetSocket ask() {
        NetSocket socket = gateway.vertx
                .createNetClient()
                .connect(gateway.port(), "127.0.0.1")
                .await();
        socket.write("GET /api/grading/hand-ins/%s/events?token=%s HTTP/1.1\r\nHost: x\r\n\r\n"
                        .formatted(ID, TestGateway.token(gateway.vertx, "ada")))
                .await();
        return socket;
    }

    @Test
    void endsWhenTheGatewayStops() {
        Watcher watcher = new Watcher(null);
        watcher.awaitText("event: progress");

        gateway.undeploy().await();

        Awaitility.await().until(() -> watcher.isOver);
    }
}
