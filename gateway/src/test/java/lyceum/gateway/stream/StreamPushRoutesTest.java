package lyceum.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import lyceum.gateway.TestGateway;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.PushSession;
import lyceum.stream.PushSession.ClosePush;
import lyceum.stream.PushSession.EntryHead;
import lyceum.stream.PushSession.PushFrame;
import lyceum.stream.StreamService.OpenPush;
import lyceum.stream.StreamService.Refusal;
import lyceum.stream.StreamService.Stored;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pushes over a WebSocket into a session that does as it is told. */
class StreamPushRoutesTest {

    private static final int KIB = 1024;

    private StreamSocketsFixture fixture;

    @BeforeEach
    void start() {
        fixture = new StreamSocketsFixture();
    }

    @AfterEach
    void stop() {
        fixture.close();
    }

    private static EntryHead head(String stream, String id, int length) {
        return new EntryHead(stream, id, length);
    }

    private static PushFrame frame(long number, List<EntryHead> entries, String bytes) {
        return new PushFrame("7", number, entries, Buffer.buffer(bytes), false);
    }

    private List<PushFrame> pushed(int count) {
        Awaitility.await().until(() -> fixture.pushed().size() >= count);
        return fixture.pushed();
    }

    @Test
    void makesAnEntryOfEachMessage() {
        try (StreamVisitor visitor = fixture.visit("/data/p/push")) {
            visitor.say(Buffer.buffer("one"));
            visitor.say(Buffer.buffer());
            visitor.say(Buffer.buffer("two"));

            List<EntryHead> open = List.of(head("p", "", PushSession.OPEN));
            assertThat(pushed(3)).containsExactly(frame(0, open, "one"), frame(1, open, ""), frame(2, open, "two"));
            assertThat(fixture.service.asked()).containsExactly(new OpenPush(false));
            Awaitility.await()
                    .during(Duration.ofMillis(200))
                    .until(() -> visitor.heard().isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/data/p/push?ack=true", "/api/data/p/push?ack=True", "/data/p/push?ack=1&x=y&batch=off"})
    void acknowledgesEachMessage(String path) {
        try (StreamVisitor visitor = fixture.visit(path)) {
            visitor.say(Buffer.buffer("one"));
            visitor.say(Buffer.buffer("two"));

            assertThat(visitor.heard(2)).containsExactly("1-0", "1-1");
        }
    }

    @Test
    void acknowledgesABatchWithAllItsIds() {
        try (StreamVisitor visitor = fixture.visit("/data/p/push?ack=yes&batch=on")) {
            visitor.say("[3,6]");
            visitor.say(Buffer.buffer("onetwo"));
            visitor.say("[]");
            visitor.say(Buffer.buffer());
            visitor.say("[1]");
            visitor.say(Buffer.buffer("x"));

            assertThat(visitor.heard(3)).containsExactly("1-0,1-1", "", "1-2");
            assertThat(fixture.pushed())
                    .containsExactly(
                            frame(0, List.of(head("p", "", 3), head("p", "", 3)), "onetwo"),
                            frame(1, List.of(), ""),
                            frame(2, List.of(head("p", "", 1)), "x"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/data/*/push", "/data/*/push?batch=false", "/data/%2A/push?batch=true"})
    void takesBatchesWhereHeadersNameTheStreams(String path) {
        try (StreamVisitor visitor = fixture.visit(path)) {
            visitor.say("[['a',3],['b',6]]");
            visitor.say(Buffer.buffer("onetwo"));

            assertThat(pushed(1)).containsExactly(frame(0, List.of(head("a", "", 3), head("b", "", 3)), "onetwo"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/data/a+b/push?batch=true", "/data/a%2Bb/push?batch=true"})
    void givesEachEntryOfABatchAStreamOfThePath(String path) {
        try (StreamVisitor visitor = fixture.visit(path)) {
            visitor.say("[3,6]");
            visitor.say(Buffer.buffer("onetwo"));

            assertThat(pushed(1)).containsExactly(frame(0, List.of(head("a", "", 3), head("b", "", 3)), "onetwo"));
        }
    }

    @Test
    void takesIdsOfClientsAndNamesOfHeaders() {
        try (StreamVisitor visitor = fixture.visit("/data/main/push?batch=True")) {
            visitor.say("[['x',1700000000002,3],['y','17-*',6],['z',null,6]]");
            visitor.say(Buffer.buffer("onetwo"));

            assertThat(pushed(1))
                    .containsExactly(frame(
                            0,
                            List.of(head("x", "1700000000002", 3), head("y", "17-*", 3), head("z", "", 0)),
                            "onetwo"));
        }
    }

    @Test
    void takesHeadersThatTellWhereEntriesStart() {
        try (StreamVisitor visitor = fixture.visit("/data/p/push?batch=1")) {
            visitor.say("[0,3]");
            visitor.say(Buffer.buffer("onetwo"));
            visitor.say("[['p',0]]");
            visitor.say(Buffer.buffer("six"));

            assertThat(pushed(2))
                    .containsExactly(
                            frame(0, List.of(head("p", "", 3), head("p", "", PushSession.OPEN)), "onetwo"),
                            frame(1, List.of(head("p", "", PushSession.OPEN)), "six"));
        }
    }

    @Test
    void takesTimesOutOfFrames() {
        try (StreamVisitor visitor = fixture.visit("/data/main/push?parse_meta=true")) {
            visitor.say(Buffer.buffer("frame"));

            pushed(1);
            assertThat(fixture.service.asked()).containsExactly(new OpenPush(true));
        }
    }

    @Test
    void understandsMessagesOfManyFrames() {
        try (StreamVisitor visitor = fixture.visit("/data/p/push?batch=1&ack=1")) {
            visitor.socket.writeFrame(WebSocketFrame.textFrame("[3,", false));
            visitor.socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("6]"), true));
            visitor.socket.writeFrame(WebSocketFrame.binaryFrame(Buffer.buffer("onet"), false));
            visitor.socket.writePing(Buffer.buffer("still there"));
            visitor.socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("w"), false));
            visitor.socket.writeFrame(WebSocketFrame.continuationFrame(Buffer.buffer("o"), true));

            assertThat(visitor.heard(1)).containsExactly("1-0,1-1");
            assertThat(pushed(1)).hasSize(1);
        }
    }

    @Test
    void passesLongMessagesOnInPieces() {
        int length = 700 * KIB;
        try (StreamVisitor visitor = fixture.visit("/data/p/push?ack=1&batch=1")) {
            visitor.say("[1,%d]".formatted(length));
            visitor.say(Buffer.buffer(new byte[length]));

            assertThat(visitor.heard(1)).containsExactly("1-0,1-1");
            assertThat(fixture.pushed())
                    .extracting(frame -> frame.bytes().length() / KIB)
                    .containsExactly(64, 128, 256, 252);
            assertThat(fixture.pushed()).extracting(PushFrame::number).containsExactly(0L, 1L, 2L, 3L);
            assertThat(fixture.pushed()).extracting(PushFrame::more).containsExactly(true, true, true, false);
            assertThat(fixture.pushed())
                    .extracting(frame -> frame.entries().size())
                    .containsExactly(2, 0, 0, 0);
        }
    }

    @Test
    void sendsTheNextMessageBeforeTheLastIsStored() {
        Queue<Promise<Stored>> storing = new ConcurrentLinkedQueue<>();
        fixture.push.on(PushFrame.class, frame -> {
            Promise<Stored> stored = Promise.promise();
            storing.add(stored);
            return stored.future();
        });
        try (StreamVisitor visitor = fixture.visit("/data/p/push?ack=1")) {
            for (int i = 0; i < 2 * PushSession.WINDOW_FRAMES; i++) {
                visitor.say(Buffer.buffer("x"));
            }

            Awaitility.await().until(() -> storing.size() == PushSession.WINDOW_FRAMES);
            Awaitility.await().during(Duration.ofMillis(200)).until(() -> storing.size() == PushSession.WINDOW_FRAMES);
            assertThat(visitor.heard()).isEmpty();
            storing.remove().complete(new Stored(List.of("1-0"), List.of()));
            Awaitility.await().until(() -> storing.size() == PushSession.WINDOW_FRAMES);
            assertThat(visitor.heard(1)).containsExactly("1-0");
        }
    }

    @Test
    void acknowledgesInOrderWhateverIsAnsweredFirst() {
        AtomicReference<Promise<Stored>> first = new AtomicReference<>(Promise.promise());
        fixture.push.on(
                PushFrame.class,
                frame -> frame.number() == 0
                        ? first.get().future()
                        : Future.succeededFuture(new Stored(List.of("1-" + frame.number()), List.of())));
        try (StreamVisitor visitor = fixture.visit("/data/p/push?ack=1")) {
            visitor.say(Buffer.buffer("a"));
            visitor.say(Buffer.buffer("b"));
            pushed(2);
            Awaitility.await()
                    .during(Duration.ofMillis(200))
                    .until(() -> visitor.heard().isEmpty());

            first.get().complete(new Stored(List.of("1-0"), List.of()));

            assertThat(visitor.heard(2)).containsExactly("1-0", "1-1");
        }
    }

    @Test
    void keepsWithinTheWindowOfBytes() {
        Promise<Stored> first = Promise.promise();
        fixture.push.on(PushFrame.class, frame -> frame.more() ? fixture.store(frame) : first.future());
        int length = PushSession.WINDOW_BYTES / 2 + 1;
        try (StreamVisitor visitor = fixture.visit("/data/p/push?batch=1")) {
            for (int i = 0; i < 2; i++) {
                visitor.say("[%d]".formatted(length));
                visitor.say(Buffer.buffer(new byte[length]));
            }
            Awaitility.await().until(() -> fixture.pushed().stream().anyMatch(frame -> !frame.more()));

            // Of the second message not even the first piece.
            Awaitility.await()
                    .during(Duration.ofMillis(200))
                    .until(() ->
                            !fixture.pushed().get(fixture.pushed().size() - 1).more());
            first.complete(new Stored(List.of("1-0"), List.of()));
            Awaitility.await()
                    .until(() -> fixture.pushed().stream()
                                    .filter(frame -> !frame.more())
                                    .count()
                            == 2);
        }
    }

    @Test
    void keepsWithinTheWindowOfBytesWithoutAHeaderToo() {
        Promise<Stored> first = Promise.promise();
        fixture.push.on(PushFrame.class, frame -> frame.more() ? fixture.store(frame) : first.future());
        try (StreamVisitor visitor = fixture.visit("/data/p/push")) {
            visitor.say(Buffer.buffer("a"));
            visitor.say(Buffer.buffer(new byte[2 * PushSession.WINDOW_BYTES]));

            Awaitility.await().until(() -> sentBytes() > PushSession.WINDOW_BYTES - 256 * KIB);
            Awaitility.await().during(Duration.ofMillis(200)).until(() -> sentBytes() <= PushSession.WINDOW_BYTES);
            first.complete(new Stored(List.of("1-0"), List.of()));
            Awaitility.await().until(() -> sentBytes() == 1 + 2 * PushSession.WINDOW_BYTES);
        }
    }

    private long sentBytes() {
        return fixture.pushed().stream()
                .mapToLong(frame -> frame.bytes().length())
                .sum();
    }

    @Test
    void keepsWithinTheWindowOfEntries() {
        Promise<Stored> first = Promise.promise();
        fixture.push.on(PushFrame.class, frame -> first.future());
        String header = "[" + "1,".repeat(PushSession.WINDOW_ENTRIES - 1) + "1]";
        try (StreamVisitor visitor = fixture.visit("/data/p/push?batch=1")) {
            visitor.say(header);
            visitor.say(Buffer.buffer("a"));
            visitor.say("[1]");
            visitor.say(Buffer.buffer("b"));
            pushed(1);

            Awaitility.await()
                    .during(Duration.ofMillis(200))
                    .until(() -> fixture.pushed().size() == 1);
            first.complete(new Stored(List.of(), List.of()));
            pushed(2);
        }
    }

    @Test
    void stopsAClientWhoseMessagesCannotBeStored() {
        Promise<Stored> stored = Promise.promise();
        fixture.push.on(PushFrame.class, frame -> stored.future());
        int messages = 600;
        try (StreamVisitor visitor = fixture.visit("/data/p/push")) {
            List<Future<Void>> sent = new ArrayList<>();
            for (int i = 0; i < messages; i++) {
                sent.add(visitor.say(Buffer.buffer(new byte[60_000])));
            }

            Awaitility.await().until(() -> fixture.pushed().size() == PushSession.WINDOW_FRAMES);
            Awaitility.await()
                    .during(Duration.ofMillis(300))
                    .until(() -> sent.stream().anyMatch(each -> !each.isComplete()));
            assertThat(heldBytes()).isLessThan(PushSession.WINDOW_FRAMES * 60_000 + 2 * 64 * KIB);
            fixture.push.on(PushFrame.class, fixture::store);
            stored.complete(new Stored(List.of("1-0"), List.of()));
            Awaitility.await().until(() -> fixture.pushed().size() == messages);
            Awaitility.await().until(() -> heldBytes() == 0);
        }
    }

    private double heldBytes() {
        return fixture.gateway.meters.get("lyceum.gateway.stream.held").gauge().value();
    }

    @Test
    void stopsAClientThatDoesNotTakeItsAcknowledgements() {
        List<String> ids = java.util.Collections.nCopies(4096, "1700000000000-1000000");
        fixture.push.on(PushFrame.class, frame -> Future.succeededFuture(new Stored(ids, List.of())));
        try (StreamVisitor visitor = fixture.visit("/data/p/push?ack=1")) {
            visitor.socket.pause();
            for (int i = 0; i < 1000; i++) {
                visitor.say(Buffer.buffer("x"));
            }

            Awaitility.await().until(() -> fixture.pushed().size() > 1);
            Awaitility.await()
                    .during(Duration.ofMillis(300))
                    .until(() -> fixture.pushed().size() < 1000);
            visitor.socket.resume();
            Awaitility.await().until(() -> fixture.pushed().size() == 1000);
            visitor.heard(1000);
        }
    }

    @Test
    void storesWhatWasSaidByAClientThatLeaves() {
        Promise<Stored> stored = Promise.promise();
        fixture.push.on(PushFrame.class, frame -> stored.future());
        try (StreamVisitor visitor = fixture.visit("/data/p/push")) {
            for (int i = 0; i < 100; i++) {
                visitor.say(Buffer.buffer("x"));
            }
            visitor.socket.close((short) 1000);
            Awaitility.await().until(() -> fixture.pushed().size() == PushSession.WINDOW_FRAMES);

            stored.complete(new Stored(List.of("1-0"), List.of()));

            Awaitility.await().until(() -> fixture.pushed().size() == 100);
            Awaitility.await().until(() -> fixture.push.asked(ClosePush.class).size() == 1);
        }
    }

    @Test
    void closesTheSessionOfAClientThatLeaves() {
        try (StreamVisitor visitor = fixture.visit("/data/p/push")) {
            visitor.say(Buffer.buffer("x"));
            pushed(1);
        }

        Awaitility.await().until(() -> fixture.push.asked(ClosePush.class).equals(List.of(new ClosePush("7"))));
        assertThat(sockets()).isZero();
    }

    private double sockets() {
        return fixture.gateway
                .meters
                .get("lyceum.gateway.stream.sockets")
                .tag("kind", "push")
                .gauge()
                .value();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/data/p/push | text:one | 1003 a binary message is due here",
                "/data/p/push?batch=1 | bytes:[3] | 1003 a header is due here, as text",
                "/data/p/push?batch=1 | text:[3] text:[3] | 1003 a binary message is due here",
                "/data/*/push | bytes:one | 1003 a header is due here, as text",
                "/data/p/push?batch=1 | text:[nope | 1007 header: this is not JSON",
                "/data/p/push?batch=1 | text:null | 1008 header: it is a list of entries",
                "/data/p/push?batch=1 | text:[4,2] | 1008 header: entry 1 has a smaller offset than the one before",
                "/data/p/push?batch=1 | text:[16777217] | 1008 header: offset 16777217 is beyond the longest message, which has 16777216 bytes",
                "/data/p/push?batch=1 | text:[3] bytes:onet | 1008 header: more bytes follow than the 3 of its entries",
                "/data/p/push?batch=1 | text:[3,6] bytes:one | 1008 header: offset 6 is behind the 3 bytes that follow",
                "/data/p/push?batch=1 | text:[0,6] bytes:one | 1008 header: offset 6 is behind the 3 bytes that follow",
                "/data/*/push | text:[3] | 1008 header: entry 0 names no stream",
                "/data/a+b/push?batch=1 | text:[1,2,3] | 1008 header: the path has no stream for entry 2"
            })
    void saysWhyAMessageIsNone(String path, String messages, String closing) {
        try (StreamVisitor visitor = fixture.visit(path)) {
            for (String message : messages.split(" ")) {
                String content = message.substring(message.indexOf(':') + 1);
                if (message.startsWith("text")) {
                    visitor.say(content);
                } else {
                    visitor.say(Buffer.buffer(content));
                }
            }

            assertThat(visitor.closing()).isEqualTo(closing);
            Awaitility.await().until(() -> fixture.push.asked(ClosePush.class).size() == 1);
            assertThat(fixture.pushed()).isEmpty();
        }
    }

    @Test
    void readsTheLongestHeader() {
        String header = "[" + " ".repeat(PushReader.HEADER_BYTES - 3) + "1]";
        try (StreamVisitor visitor = fixture.visit("/data/p/push?batch=1&ack=1")) {
            visitor.say(header);
            visitor.say(Buffer.buffer("x"));
            assertThat(visitor.heard(1)).containsExactly("1-0");

            visitor.say(header + " ");
            assertThat(visitor.closing()).isEqualTo("1009 a header has at most 1048576 bytes");
            Awaitility.await().until(() -> heldBytes() == 0);
        }
    }

    @Test
    void givesUpALongMessageWhoseBytesDoNotFit() {
        try (StreamVisitor visitor = fixture.visit("/data/p/push?batch=1")) {
            visitor.say("[200000]");
            visitor.say(Buffer.buffer(new byte[199_999]));

            assertThat(visitor.closing())
                    .isEqualTo("1008 header: offset 200000 is behind the 199999 bytes that follow");
            Awaitility.await().until(() -> fixture.push.asked(ClosePush.class).size() == 1);
            assertThat(fixture.pushed()).allMatch(PushFrame::more);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "? | 1008 not stored: id 5-0 is not behind the last one of p",
                "?ack=1 | 1008 not stored: id 5-0 is not behind the last one of p"
            })
    void saysThatAnEntryIsRefused(String query, String closing) {
        Refusal refusal = new Refusal(0, "id 5-0 is not behind the last one of p");
        fixture.push.on(PushFrame.class, new Stored(List.of(""), List.of(refusal)));
        try (StreamVisitor visitor = fixture.visit("/data/*/push" + query)) {
            visitor.say("[['p','5-0',1]]");
            visitor.say(Buffer.buffer("x"));

            assertThat(visitor.closing()).isEqualTo(closing);
            assertThat(visitor.heard()).isEmpty();
        }
        assertThat(fixture.gateway
                        .meters
                        .counter("lyceum.gateway.stream.refused")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void saysWhichEntriesOfABatchAreRefused() {
        List<Refusal> refused = List.of(1, 3, 4, 5, 9).stream()
                .map(index -> new Refusal(index, "id 5-0 is not behind the last one of p"))
                .toList();
        fixture.push.on(PushFrame.class, new Stored(java.util.Collections.nCopies(10, "1-1"), refused));
        try (StreamVisitor visitor = fixture.visit("/data/p/push?ack=1&batch=1")) {
            visitor.say("[1,1,1,1,1,1,1,1,1,1]");
            visitor.say(Buffer.buffer("x"));

            assertThat(visitor.closing())
                    .isEqualTo("1008 of 10 entries not stored: 1, 3-5, 9; all others are;"
                            + " id 5-0 is not behind the last one of p");
        }
    }

    @Test
    void cutsAReasonToWhatACloseFrameHasRoomFor() {
        List<Refusal> refused = List.of(new Refusal(0, "id 5-0 is not behind the last one of " + "é".repeat(400)));
        fixture.push.on(PushFrame.class, new Stored(List.of(""), refused));
        try (StreamVisitor visitor = fixture.visit("/data/*/push?ack=1")) {
            visitor.say("[['p','5-0',1]]");
            visitor.say(Buffer.buffer("x"));

            String closing = visitor.closing();
            assertThat(closing).startsWith("1008 ").endsWith("é");
            assertThat(closing.substring("1008 ".length()).getBytes(StandardCharsets.UTF_8))
                    .hasSizeBetween(122, 123);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "INVALID,1008 because",
        "NOT_FOUND,1012 because",
        "BUSY,1013 because",
        "UNAVAILABLE,1013 because",
        "CONFLICT,1011 because",
        "INTERNAL,1011 because"
    })
    void saysWhyASessionIsBroken(Kind kind, String closing) {
        fixture.push.on(PushFrame.class, frame -> Future.failedFuture(new Failure(kind, "because")));
        try (StreamVisitor visitor = fixture.visit("/data/p/push?ack=1")) {
            visitor.say(Buffer.buffer("x"));

            assertThat(visitor.closing()).isEqualTo(closing);
            assertThat(visitor.heard()).isEmpty();
            Awaitility.await().until(() -> fixture.push.asked(ClosePush.class).size() == 1);
        }
    }

    @Test
    void saysThatTheInstanceOfASessionIsGone() {
        Failure gone = new Failure(Kind.UNAVAILABLE, "nobody serves it");
        fixture.push
                .on(PushFrame.class, frame -> Future.failedFuture(gone))
                .on(ClosePush.class, order -> Future.failedFuture(gone));
        try (StreamVisitor visitor = fixture.visit("/data/p/push")) {
            visitor.say(Buffer.buffer("x"));

            assertThat(visitor.closing()).isEqualTo("1012 the session is lost");
        }
    }

    @Test
    void tellsNothingOfADefect() {
        fixture.push.on(PushFrame.class, frame -> Future.failedFuture(new IllegalStateException("secret")));
        try (StreamVisitor visitor = fixture.visit("/data/p/push")) {
            visitor.say(Buffer.buffer("x"));

            assertThat(visitor.closing()).isEqualTo("1011 internal error");
        }
    }

    @Test
    void acknowledgesWhatWasStoredBeforeASessionBroke() {
        fixture.push.on(
                PushFrame.class,
                frame -> frame.number() < 2
                        ? fixture.store(frame)
                        : Future.failedFuture(new Failure(Kind.UNAVAILABLE, "because")));
        try (StreamVisitor visitor = fixture.visit("/data/p/push?ack=1")) {
            for (int i = 0; i < 10; i++) {
                visitor.say(Buffer.buffer("x"));
            }

            assertThat(visitor.closing()).isEqualTo("1013 because");
            assertThat(visitor.heard()).containsExactly("1-0", "1-1");
        }
    }

    @Test
    void countsWhatIsPushed() {
        try (StreamVisitor visitor = fixture.visit("/data/p/push?ack=1&batch=1")) {
            visitor.say("[3,6]");
            visitor.say(Buffer.buffer("onetwo"));
            visitor.heard(1);

            assertThat(sockets()).isEqualTo(1);
            assertThat(counted("messages")).isEqualTo(1);
            assertThat(counted("entries")).isEqualTo(2);
            assertThat(counted("bytes")).isEqualTo(6);
        }
    }

    private double counted(String what) {
        return fixture.gateway
                .meters
                .counter("lyceum.gateway.stream." + what, "kind", "push")
                .count();
    }

    @Test
    void saysGoodByeWhenTheGatewayStops() {
        try (StreamVisitor visitor = fixture.visit("/data/p/push")) {
            fixture.gateway.undeploy().await();

            assertThat(visitor.closing()).startsWith("1001 ");
            Awaitility.await().until(() -> fixture.push.asked(ClosePush.class).size() == 1);
            assertThat(fixture.gateway.meters.getMeters()).isEmpty();
        }
    }

    @Test
    void closesTheSessionOfAHandshakeThatComesToNothing() {
        Promise<lyceum.stream.StreamService.OpenedSession> opening = Promise.promise();
        fixture.service.on(OpenPush.class, order -> opening.future());
        try (Conversation client = new Conversation(fixture.gateway.vertx, fixture.gateway.port())) {
            client.say("GET /data/p/push HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
                    + "Authorization: Bearer " + TestGateway.token(fixture.gateway.vertx, "ada") + "\r\n\r\n");
            Awaitility.await()
                    .until(() -> !fixture.service.asked(OpenPush.class).isEmpty());
        }

        opening.complete(new lyceum.stream.StreamService.OpenedSession("7", StreamSocketsFixture.INSTANCE));

        Awaitility.await().until(() -> fixture.push.asked(ClosePush.class).size() == 1);
    }
}
