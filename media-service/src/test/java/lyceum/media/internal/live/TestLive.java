package lyceum.media.internal.live;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import lyceum.media.LiveChannel;
import lyceum.media.LiveChannel.EndPublish;
import lyceum.media.LiveChannel.FilePiece;
import lyceum.media.LiveChannel.PushMedia;
import lyceum.media.LiveChannel.ReadChannelFile;
import lyceum.media.LiveService;
import lyceum.media.LiveService.FindChannel;
import lyceum.media.LiveService.Kind;
import lyceum.media.LiveService.OpenPublish;
import lyceum.media.LiveService.Place;
import lyceum.media.LiveService.Publish;
import lyceum.media.LiveService.Publisher;
import lyceum.media.TestFfmpeg;
import lyceum.platform.Bus;
import lyceum.platform.Settings;
import lyceum.platform.TestRedis;

/** Instances of live video, asked over the bus as others ask them. */
final class TestLive implements AutoCloseable {

    static final Publisher ADA = new Publisher("ada", "192.0.2.1", "FMLE/3.0");

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Vertx vertx;
    private final Path data;
    private final Bus bus;
    private final Map<String, String> settings;
    private final String redisUrl;
    private final Map<String, String> deployments = new HashMap<>();

    TestLive(Vertx vertx, Path data, Map<String, String> settings) {
        this.vertx = vertx;
        this.data = data;
        this.bus = new Bus(vertx, LIMIT);
        this.settings = new HashMap<>(settings);
        this.settings.put("LYCEUM_DATA_DIR", data.toString());
        this.redisUrl = TestRedis.freshDatabase(vertx);
    }

    /** @return the name of a new instance */
    String start() {
        return start(List.of(TestFfmpeg.any()));
    }

    String start(List<String> ffmpeg) {
        String instance = UUID.randomUUID().toString();
        LiveConfig config = LiveConfig.from(new Settings(settings), redisUrl);
        Studio.Scene scene = new Studio.Scene(ffmpeg, Future::succeededFuture);
        Studio studio = new Studio(!ffmpeg.isEmpty(), work -> Future.succeededFuture(scene));
        LiveVerticle verticle =
                new LiveVerticle(config, studio, instance, data.resolve(instance), new SimpleMeterRegistry());
        deployments.put(instance, vertx.deployVerticle(verticle).await());
        return instance;
    }

    void stop(String instance) {
        vertx.undeploy(deployments.remove(instance)).await();
    }

    /** Redis loses who has a channel. */
    void forget(String name) {
        Redis redis = Redis.createClient(vertx, redisUrl);
        redis.send(Request.cmd(Command.DEL).arg("lyceum:live:channel:" + name))
                .eventually(redis::close)
                .await();
    }

    LiveService anyone() {
        return bus.proxy(LiveService.class);
    }

    LiveChannel at(String instance) {
        return bus.proxy(LiveChannel.class, LIMIT, instance);
    }

    Publish open(String name) {
        return anyone().openPublish(new OpenPublish(name, Kind.FLV, ADA)).await();
    }

    /** Pushes a whole file, one piece after the other. */
    void push(Publish publish, Buffer all) {
        push(publish, all, 0);
    }

    /** @param number of the first piece; @return number of the next one */
    long push(Publish publish, Buffer all, long number) {
        long next = number;
        for (int sent = 0; sent < all.length(); sent += LiveChannel.PIECE_BYTES) {
            Buffer piece = all.slice(sent, Math.min(all.length(), sent + LiveChannel.PIECE_BYTES));
            at(publish.instance())
                    .pushMedia(new PushMedia(publish.id(), next++, piece))
                    .await();
        }
        return next;
    }

    void end(Publish publish) {
        at(publish.instance()).endPublish(new EndPublish(publish.id())).await();
    }

    /** Publishes a whole file. */
    void publish(String name, Buffer all) {
        Publish publish = open(name);
        push(publish, all);
        end(publish);
    }

    String playlist(String name) {
        return read(name, LiveChannel.PLAYLIST).toString();
    }

    Buffer read(String name, String file) {
        Place place = anyone().findChannel(new FindChannel(name)).await();
        Buffer all = Buffer.buffer();
        FilePiece piece;
        do {
            piece = at(place.instance())
                    .readChannelFile(new ReadChannelFile(name, place.epoch(), file, all.length()))
                    .await();
            all.appendBuffer(piece.bytes());
        } while (all.length() < piece.sizeBytes());
        return all;
    }

    /** @return what ffmpeg tells of frames in a file, one line each */
    static List<String> frames(Buffer file) {
        try {
            Path path = Files.createTempFile("live", ".bin");
            Files.write(path, file.getBytes());
            String told = TestFfmpeg.output(List.of("-i", path.toString(), "-f", "framecrc", "-"));
            Files.delete(path);
            return told.lines().filter(line -> !line.startsWith("#")).toList();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * @param coding what stands between the sources and the output
     * @return a test picture with a tone, as FLV
     */
    static Buffer film(int seconds, String... coding) {
        try {
            Path file = Files.createTempFile("film", ".flv");
            List<String> arguments = new ArrayList<>(List.of("-y", "-f", "lavfi", "-i"));
            arguments.addAll(List.of("testsrc=size=160x120:rate=15", "-f", "lavfi", "-i", "sine=frequency=440"));
            arguments.addAll(List.of("-t", Integer.toString(seconds)));
            arguments.addAll(List.of(coding));
            arguments.addAll(List.of("-f", "flv", file.toString()));
            TestFfmpeg.output(arguments);
            Buffer all = Buffer.buffer(Files.readAllBytes(file));
            Files.delete(file);
            return all;
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** H.264 and AAC, a key frame each second. */
    static Buffer usualFilm(int seconds) {
        return film(
                seconds, "-c:v", "libx264", "-preset", "ultrafast", "-pix_fmt", "yuv420p", "-g", "15", "-c:a", "aac");
    }

    @Override
    public void close() {
        List.copyOf(deployments.keySet()).forEach(this::stop);
    }
}
