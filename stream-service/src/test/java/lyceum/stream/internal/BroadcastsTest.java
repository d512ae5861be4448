package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import javax.imageio.ImageIO;
import lyceum.media.LiveChannel;
import lyceum.media.LiveChannel.EndPublish;
import lyceum.media.LiveChannel.PushMedia;
import lyceum.media.LiveChannel.Pushed;
import lyceum.media.LiveService;
import lyceum.media.LiveService.Kind;
import lyceum.media.LiveService.OpenPublish;
import lyceum.media.LiveService.Publish;
import lyceum.media.MediaService;
import lyceum.media.PictureFilm;
import lyceum.platform.Failure;
import lyceum.stream.BroadcastService;
import lyceum.stream.BroadcastService.StartBroadcast;
import lyceum.stream.StreamService.Append;
import lyceum.stream.StreamService.NewEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Streams that are filmed, with a media-service that keeps what it gets. */
class BroadcastsTest {

    private final Map<Class<?>, Function<Record, Future<? extends Record>>> media = new ConcurrentHashMap<>();
    private final List<Record> asked = new CopyOnWriteArrayList<>();
    private volatile long unwatchedMillis;
    private TestStream stream;
    private BroadcastService broadcasts;

    @BeforeEach
    void start() {
        stream = new TestStream();
        broadcasts = stream.bus.proxy(BroadcastService.class);
        media.put(OpenPublish.class, order -> Future.succeededFuture(new Publish("session", "one")));
        media.put(PushMedia.class, order -> Future.succeededFuture(new Pushed(unwatchedMillis)));
        media.put(EndPublish.class, order -> Future.succeededFuture(new MediaService.Done()));
        serve(LiveService.class, "");
        serve(LiveChannel.class, "one");
    }

    private <S> void serve(Class<S> contract, String instance) {
        Object service = Proxy.newProxyInstance(
                contract.getClassLoader(), new Class<?>[] {contract}, (self, method, arguments) -> {
                    asked.add((Record) arguments[0]);
                    return media.get(arguments[0].getClass()).apply((Record) arguments[0]);
                });
        stream.bus.serve(contract, contract.cast(service), instance).await();
    }

    @AfterEach
    void stop() {
        stream.close();
    }

    private void append(String name, String id, Buffer payload) {
        stream.service
                .append(new Append(List.of(new NewEntry(name, id, payload)), false))
                .await();
    }

    private static Buffer jpeg() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            ImageIO.write(new BufferedImage(32, 24, BufferedImage.TYPE_INT_RGB), "jpg", bytes);
            return Buffer.buffer(bytes.toByteArray());
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void begin(String name) {
        broadcasts.startBroadcast(new StartBroadcast(name)).await();
    }

    private <Q extends Record> List<Q> asked(Class<Q> question) {
        return asked.stream().filter(question::isInstance).map(question::cast).toList();
    }

    @Test
    void filmsFromTheNewestEntryOnAndShowsItAgainWhileNothingComes() {
        append("desk", "1000-0", jpeg());
        begin("desk");

        OpenPublish order = asked(OpenPublish.class).get(0);
        assertThat(order.name()).isEqualTo("desk");
        assertThat(order.kind()).isEqualTo(Kind.PICTURES);
        await().until(() -> !asked(PushMedia.class).isEmpty());
        PushMedia first = asked(PushMedia.class).get(0);
        assertThat(first.number()).isZero();
        Buffer beginning = PictureFilm.beginning();
        assertThat(first.bytes().slice(0, beginning.length())).isEqualTo(beginning);
        append("desk", "1040-0", jpeg());
        await().until(() -> asked(PushMedia.class).size() >= 4);
        assertThat(asked(PushMedia.class)).extracting(PushMedia::number).startsWith(0L, 1L, 2L, 3L);
    }

    @Test
    void filmsAStreamOnce() {
        append("desk", "1000-0", jpeg());
        Future.all(
                        broadcasts.startBroadcast(new StartBroadcast("desk")),
                        broadcasts.startBroadcast(new StartBroadcast("desk")))
                .await();
        begin("desk");

        assertThat(asked(OpenPublish.class)).hasSize(1);
    }

    @Test
    void leavesItToWhoeverFilmsItAlready() {
        media.put(
                OpenPublish.class,
                order -> Future.failedFuture(new Failure(Failure.Kind.CONFLICT, "somebody publishes that channel")));
        append("desk", "1000-0", jpeg());
        begin("desk");

        assertThat(asked(PushMedia.class)).isEmpty();
    }

    @Test
    void endsWhenNobodyWatches() {
        unwatchedMillis = BroadcastService.LEASE.toMillis() + 1;
        append("desk", "1000-0", jpeg());
        begin("desk");

        await().until(() -> !asked(EndPublish.class).isEmpty());
        begin("desk");
        await().until(() -> asked(EndPublish.class).size() == 2);
    }

    @Test
    void endsWithItsChannel() {
        append("desk", "1000-0", jpeg());
        media.put(PushMedia.class, order -> Future.failedFuture(Failure.notFound("no such session")));
        begin("desk");

        await().until(() -> !asked(EndPublish.class).isEmpty());
    }

    @Test
    void findsNoPicturesWhereThereAreNone() {
        append("words", "1000-0", Buffer.buffer("no picture"));

        assertThatThrownBy(() -> begin("words")).hasMessage("there are no pictures in such a stream");
        assertThatThrownBy(() -> begin("nothing")).hasMessage("there are no pictures in such a stream");
        assertThat(asked(OpenPublish.class)).isEmpty();
    }
}
