package lyceum.gateway.stream;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lyceum.gateway.TestGateway;
import lyceum.stream.PullSession;
import lyceum.stream.PullSession.ClosePull;
import lyceum.stream.PullSession.KeepPull;
import lyceum.stream.PushSession;
import lyceum.stream.PushSession.ClosePush;
import lyceum.stream.PushSession.PushFrame;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.Done;
import lyceum.stream.StreamService.OpenPull;
import lyceum.stream.StreamService.OpenPush;
import lyceum.stream.StreamService.OpenedSession;
import lyceum.stream.StreamService.Stored;

/** A gateway whose stream-service does as it is told; by itself it stores every message, with the ids 1-0, 1-1, …. */
final class StreamSocketsFixture implements AutoCloseable {

    static final String INSTANCE = "here";

    final TestGateway gateway;
    final Scripted<StreamService> service;
    final Scripted<PushSession> push;
    final Scripted<PullSession> pull;
    final ScriptedBundle bundle;

    private int entries;
    private int nextId;

    /** @param settings in pairs of key and value */
    StreamSocketsFixture(String... settings) {
        Map<String, String> environment = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            environment.put(settings[i], settings[i + 1]);
        }
        gateway = new TestGateway(environment);
        service = new Scripted<>(gateway.vertx, StreamService.class)
                .on(OpenPush.class, new OpenedSession("7", INSTANCE))
                .on(OpenPull.class, new OpenedSession("8", INSTANCE));
        push = new Scripted<>(gateway.vertx, PushSession.class, INSTANCE)
                .on(PushFrame.class, this::store)
                .on(ClosePush.class, new Done());
        pull = new Scripted<>(gateway.vertx, PullSession.class, INSTANCE)
                .on(KeepPull.class, new Done())
                .on(ClosePull.class, new Done());
        bundle = new ScriptedBundle(gateway.vertx, INSTANCE);
    }

    /** Takes a frame as stream-service does. */
    synchronized Future<Stored> store(PushFrame frame) {
        entries += frame.entries().size();
        if (frame.more()) {
            return Future.succeededFuture(new Stored(List.of(), List.of()));
        }
        int first = nextId;
        nextId += entries;
        entries = 0;
        List<String> ids =
                IntStream.range(first, nextId).mapToObj(number -> "1-" + number).collect(Collectors.toList());
        return Future.succeededFuture(new Stored(ids, List.of()));
    }

    /** @return the frames that were pushed so far, without those that only keep the session */
    List<PushFrame> pushed() {
        return push.asked(PushFrame.class).stream()
                .filter(frame -> !frame.more() || frame.bytes().length() > 0)
                .toList();
    }

    StreamVisitor visit(String path) {
        return new StreamVisitor(gateway, path);
    }

    @Override
    public void close() {
        gateway.close();
    }
}
