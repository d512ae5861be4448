package lyceum.stream.internal;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import lyceum.platform.Bus;
import lyceum.platform.FirstTimer;
import lyceum.platform.Readiness;
import lyceum.platform.Settings;
import lyceum.platform.TestRedis;
import lyceum.stream.Delivery;
import lyceum.stream.PullBundle;
import lyceum.stream.PullSession;
import lyceum.stream.PullSession.Kind;
import lyceum.stream.PullSession.PullEvent;
import lyceum.stream.PullSession.ReadPull;
import lyceum.stream.PushSession;
import lyceum.stream.RecordingExportService;
import lyceum.stream.RecordingFileService;
import lyceum.stream.RecordingService;
import lyceum.stream.ReplaySession;
import lyceum.stream.ReplaySession.ReadReplay;
import lyceum.stream.ReplaySession.ReplayEvent;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.Append;
import lyceum.stream.StreamService.NewEntry;
import lyceum.stream.StreamService.OpenPull;
import lyceum.stream.StreamService.OpenedSession;
import lyceum.stream.StreamService.Stored;
import lyceum.stream.UploadSession;
import lyceum.stream.internal.StreamConfig.Converting;
import lyceum.stream.internal.StreamConfig.Limits;
import lyceum.stream.internal.StreamConfig.RedisAccess;

/** stream-service on a bus and a database of its own. */
final class TestStream implements AutoCloseable {

    static final Duration LIMIT = Duration.ofSeconds(5);
    static final Limits LIMITS = new Limits(100, 16 << 20, 64 << 20, 256 << 20, 1000, 8 << 20, 64 << 20);

    static final Converting CONVERTING = StreamConfig.from(
                    new Settings(Map.of()), "redis://localhost", "postgresql://localhost/lyceum")
            .converting();

    final Vertx vertx = Vertx.vertx();
    private final FirstTimer firstTimer = new FirstTimer(vertx);
    final Bus bus = new Bus(vertx, Duration.ofSeconds(20));
    final Readiness readiness = new Readiness();
    final MeterRegistry meters = new SimpleMeterRegistry();
    final StreamService service = bus.proxy(StreamService.class);
    final String url = TestRedis.freshDatabase(vertx);

    final RecordingService recordings = bus.proxy(RecordingService.class);
    final RecordingFileService files = bus.proxy(RecordingFileService.class);
    final RecordingExportService exports = bus.proxy(RecordingExportService.class);

    private final Redis redis = Redis.createClient(vertx, url);
    private final RecordingConfig recording;
    private String deployment;

    TestStream() {
        this(LIMITS);
    }

    TestStream(Limits limits) {
        this(limits, CONVERTING);
    }

    TestStream(Limits limits, Converting converting) {
        this.recording = recording(Path.of("target", "recordings-" + UUID.randomUUID()));
        deploy(url, LIMIT, limits, converting);
    }

    TestStream(RecordingConfig recording) {
        this(recording, LIMITS);
    }

    TestStream(RecordingConfig recording, Limits limits) {
        this.recording = recording;
        deploy(url, LIMIT, limits, CONVERTING);
    }

    private TestStream(RedisProxy proxy, Duration redisLimit, RecordingConfig recording) {
        this.recording = recording;
        proxy.forwardTo(vertx, url);
        deployBehind(proxy, redisLimit);
    }

    /** @return the service with something between it and Redis */
    static TestStream behind(RedisProxy proxy, Duration redisLimit) {
        return new TestStream(proxy, redisLimit, recording(Path.of("target", "recordings-" + UUID.randomUUID())));
    }

    /** @return the same, which records to a directory */
    static TestStream behind(RedisProxy proxy, Duration redisLimit, RecordingConfig recording) {
        return new TestStream(proxy, redisLimit, recording);
    }

    /** @return how streams are recorded to a directory, which is made when there is something to be recorded */
    static RecordingConfig recording(Path directory, String... settings) {
        Map<String, String> values = new HashMap<>(Map.of(
                "LYCEUM_RECORDINGS_DIR",
                directory.toString(),
                "LYCEUM_RECORDER_LEASE",
                "1s",
                "LYCEUM_RECORDING_EXPORT",
                "false"));
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        return RecordingConfig.from(new Settings(values));
    }

    private void deploy(String redisUrl, Duration redisLimit, Limits limits, Converting converting) {
        RedisAccess redisAccess = new RedisAccess(redisUrl, 2, redisLimit, 1000);
        StreamConfig config =
                new StreamConfig(LIMIT, redisAccess, limits, converting, TestDocuments.elsewhere(), recording);
        deployment = vertx.deployVerticle(new StreamVerticle(config, readiness, meters))
                .await();
    }

    /** Starts the instance once more, with something between it and Redis. */
    void deployBehind(RedisProxy proxy, Duration redisLimit) {
        deploy(proxy.url(url), redisLimit, LIMITS, CONVERTING);
    }

    /** Starts one more instance. */
    void deployAnother() {
        String first = deployment;
        deploy(url, LIMIT, LIMITS, CONVERTING);
        deployment = first;
    }

    /** Starts an instance where there is none. */
    void deploy() {
        deploy(url, LIMIT, LIMITS, CONVERTING);
    }

    /** Stops the first instance. */
    void undeploy() {
        vertx.undeploy(deployment).await();
    }

    /** @return what Redis answers to somebody who knows nothing of us */
    Response redis(Command command, Object... arguments) {
        Request request = Request.cmd(command);
        Arrays.stream(arguments).forEach(argument -> request.arg(argument.toString()));
        return redis.send(request).await();
    }

    Stored append(String stream, String... payloads) {
        return service.append(new Append(
                        Arrays.stream(payloads)
                                .map(payload -> new NewEntry(stream, null, Buffer.buffer(payload)))
                                .toList(),
                        false))
                .await();
    }

    /** @return what became of entries with ids of their own: each stream, id, payload */
    Stored appendWithIds(String... triples) {
        List<NewEntry> entries = new ArrayList<>();
        for (int i = 0; i < triples.length; i += 3) {
            entries.add(new NewEntry(triples[i], triples[i + 1], Buffer.buffer(triples[i + 2])));
        }
        return service.append(new Append(entries, false)).await();
    }

    PushSession push(OpenedSession session) {
        return bus.proxy(PushSession.class, Duration.ofSeconds(20), session.instance());
    }

    PullSession pull(OpenedSession session) {
        return bus.proxy(PullSession.class, Duration.ofSeconds(20), session.instance());
    }

    /** @return the bundles of the instance that holds a session */
    PullBundle bundles(OpenedSession session) {
        return bus.proxy(PullBundle.class, Duration.ofSeconds(20), session.instance());
    }

    ReplaySession replay(OpenedSession session) {
        return bus.proxy(ReplaySession.class, Duration.ofSeconds(20), session.instance());
    }

    UploadSession upload(OpenedSession session) {
        return bus.proxy(UploadSession.class, Duration.ofSeconds(20), session.instance());
    }

    ReplayEvent nextOfReplay(OpenedSession session) {
        return replay(session).readReplay(new ReadReplay(session.id())).await();
    }

    OpenedSession openPull(OpenPull order) {
        return service.openPull(order).await();
    }

    PullEvent next(OpenedSession session) {
        return pull(session).readPull(new ReadPull(session.id())).await();
    }

    /** @return the next delivery as {@code stream id payload} */
    List<String> nextEntries(OpenedSession session) {
        PullEvent event = next(session);
        if (event.kind() != Kind.DELIVERED) {
            throw new AssertionError("got " + event.kind());
        }
        return entries(event.delivery(), session);
    }

    /** @return a whole delivery, whose other parts are fetched from a session */
    List<String> entries(Delivery first, OpenedSession session) {
        Buffer bytes = Buffer.buffer();
        first.bytes().forEach(bytes::appendBuffer);
        for (Delivery part = first; part.more(); ) {
            part = next(session).delivery();
            part.bytes().forEach(bytes::appendBuffer);
        }
        List<String> entries = new ArrayList<>();
        int at = 0;
        for (Delivery.Item item : first.items()) {
            String payload = bytes.getString(at, at + item.length());
            entries.add("%s %s %s".formatted(item.stream(), item.id(), payload));
            at += item.length();
        }
        return entries;
    }

    @Override
    public void close() {
        redis.close().await();
        firstTimer.requireUntouched();
        vertx.close().await();
    }
}
