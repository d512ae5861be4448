package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import lyceum.platform.Loop;
import lyceum.stream.PullSession;
import lyceum.stream.PullSession.ReadPull;
import lyceum.stream.PushSession;
import lyceum.stream.PushSession.EntryHead;
import lyceum.stream.PushSession.PushFrame;
import lyceum.stream.StreamService.OpenPull;
import lyceum.stream.StreamService.OpenPush;
import lyceum.stream.StreamService.OpenedSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Many connections at once, at two instances. */
class ManyTest {

    private static final int PUSHERS = 10;
    private static final int FRAMES = 200;
    private static final int ENTRIES_IN_FRAME = 5;

    private TestStream stream;

    @BeforeEach
    void start() {
        stream = new TestStream();
        stream.deployAnother();
    }

    @AfterEach
    void stop() {
        stream.close();
    }

    @Test
    void bringsEveryEntryOfEveryPusherInOrderToEveryReader() {
        List<OpenedSession> readers = IntStream.range(0, 10)
                .mapToObj(i -> stream.openPull(
                        new OpenPull(List.of("all"), List.of("0"), false, 100, null, null, 0, null, null)))
                .toList();
        List<Future<List<String>>> reading = readers.stream().map(this::readAll).toList();

        Future.all(IntStream.range(0, PUSHERS).mapToObj(this::pushAll).toList()).await();

        for (Future<List<String>> read : reading) {
            List<String> entries = read.await();
            for (int pusher = 0; pusher < PUSHERS; pusher++) {
                String prefix = pusher + ":";
                assertThat(entries.stream().filter(entry -> entry.startsWith(prefix)))
                        .containsExactlyElementsOf(IntStream.range(0, FRAMES * ENTRIES_IN_FRAME)
                                .mapToObj(i -> prefix + i)
                                .toList());
            }
        }
        assertThat(readers.stream().map(OpenedSession::instance).distinct()).hasSize(2);
    }

    /** Waits for each answer before the next frame: Redis keeps a thousand entries only. */
    private Future<Void> pushAll(int pusher) {
        OpenedSession session = stream.service.openPush(new OpenPush(false)).await();
        PushSession push = stream.push(session);
        int[] frame = {0};
        return Loop.whileTrue(
                () -> push.pushFrame(frame(session, pusher, frame[0])).map(stored -> ++frame[0] < FRAMES));
    }

    private static PushFrame frame(OpenedSession session, int pusher, int number) {
        List<EntryHead> heads = new ArrayList<>();
        Buffer bytes = Buffer.buffer();
        for (int i = 0; i < ENTRIES_IN_FRAME; i++) {
            String payload = "%d:%d".formatted(pusher, number * ENTRIES_IN_FRAME + i);
            heads.add(new EntryHead("all", null, payload.length()));
            bytes.appendString(payload);
        }
        return new PushFrame(session.id(), number, heads, bytes, false);
    }

    private Future<List<String>> readAll(OpenedSession session) {
        PullSession pull = stream.pull(session);
        List<String> entries = new ArrayList<>();
        return Loop.whileTrue(() -> pull.readPull(new ReadPull(session.id())).map(event -> {
                    event.delivery().bytes().forEach(bytes -> entries.add(bytes.toString()));
                    return entries.size() < PUSHERS * FRAMES * ENTRIES_IN_FRAME;
                }))
                .map(all -> entries);
    }
}
