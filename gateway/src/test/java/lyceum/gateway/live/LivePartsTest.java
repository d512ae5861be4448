package lyceum.gateway.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import lyceum.gateway.live.LiveConfig.Lag;
import lyceum.gateway.live.LiveConfig.Patience;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LivePartsTest {

    @Test
    void writesFramesAsTheProtocolHasThem() {
        List<String> messages = List.of(
                "", "x".repeat(125), "x".repeat(126), "ü€😀", "x".repeat(65_535), "x".repeat(65_536), "42[\"click\"]");
        ByteBuf frames = TextFrames.of(messages);

        EmbeddedChannel decoder = new EmbeddedChannel(new WebSocket13FrameDecoder(false, false, 1 << 20));
        decoder.writeInbound(frames);

        for (String message : messages) {
            TextWebSocketFrame frame = decoder.readInbound();
            assertThat(frame.text()).isEqualTo(message);
            assertThat(frame.isFinalFragment()).isTrue();
            frame.release();
        }
        Object more = decoder.readInbound();
        assertThat(more).isNull();
        assertThat(frames.refCnt()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            nullValues = "-",
            value = {
                "0 0 / - -",
                "0{\"a\":1} 0 / - {\"a\":1}",
                "2[\"x\"] 2 / - [\"x\"]",
                "217[\"x\"] 2 / 17 [\"x\"]",
                "2/class-a,17[\"x\"] 2 /class-a 17 [\"x\"]",
                "0/class-a 0 /class-a - -",
                "0/class-a?k=v, 0 /class-a?k=v - -",
                "1/, 1 / - -",
                "51-/n,2[\"x\"] 5 /n 2 [\"x\"]",
                "2007[] 2 / 7 []",
                "200[] 2 / 0 []",
                "212345678901234567890[] 2 / 12345678901234567890 []"
            })
    void readsPackets(String text, int type, String namespace, String id, String payload) {
        assertThat(PacketText.parse(text))
                .contains(new PacketText(type, namespace, id == null ? "" : id, payload == null ? "" : payload));
    }

    @Test
    void readsNoPacketWhereThereIsNone() {
        assertThat(List.of(
                        "", "x", "7", "5", "51", "5-", "2" + "1".repeat(101) + "[]", "2/" + "n".repeat(1024) + ",[]"))
                .allMatch(text -> PacketText.parse(text).isEmpty());
    }

    private static Runnable note(List<String> rung, String name) {
        return () -> rung.add(name);
    }

    @Test
    void endsTimersWithTheirConnection() throws InterruptedException {
        Vertx vertx = Vertx.vertx();
        List<String> rung = new CopyOnWriteArrayList<>();
        CountDownLatch done = new CountDownLatch(1);
        vertx.runOnContext(ignored -> {
            LiveTimers timers = new LiveTimers((ContextInternal) vertx.getOrCreateContext());
            LiveTimers.Group gone = new LiveTimers.Group();
            LiveTimers.Group here = new LiveTimers.Group();
            timers.within(gone, () -> timers.schedule(note(rung, "gone"), 1, TimeUnit.MILLISECONDS));
            timers.end(gone);
            timers.within(gone, () -> timers.schedule(note(rung, "late"), 1, TimeUnit.MILLISECONDS));
            timers.within(here, () -> timers.schedule(note(rung, "here"), 1, TimeUnit.MILLISECONDS));
            timers.within(here, () -> timers.schedule(done::countDown, 50, TimeUnit.MILLISECONDS));
        });

        assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(rung).containsExactly("here");
        vertx.close().await();
    }

    @Test
    void hasADefaultForEverything() {
        LiveConfig config = LiveFixture.config();

        assertThat(config.origins()).isEmpty();
        assertThat(config.connections()).isEqualTo(20_000);
        assertThat(config.pingInterval()).isEqualTo(Duration.ofSeconds(25));
        assertThat(config.pingTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.messageBytes()).isEqualTo(64 * 1024);
        assertThat(config.lag()).isEqualTo(new Lag(4 << 20, 10_000, Duration.ofSeconds(30)));
        assertThat(config.patience())
                .isEqualTo(new Patience(Duration.ofSeconds(45), Duration.ofSeconds(10), Duration.ofSeconds(30)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "LYCEUM_SOCKETIO_PING_TIMEOUT ; 25s ; LYCEUM_SOCKETIO_PING_TIMEOUT: not longer than LYCEUM_SOCKETIO_PING_INTERVAL, so clients would be cut",
                "LYCEUM_SOCKETIO_MESSAGE_LIMIT ; 1MiB ; LYCEUM_SOCKETIO_MESSAGE_LIMIT: not between 1 and 256KiB",
                "LYCEUM_SOCKETIO_MESSAGE_LIMIT ; 0 ; LYCEUM_SOCKETIO_MESSAGE_LIMIT: not between 1 and 256KiB",
                "LYCEUM_SOCKETIO_LAG_LIMIT ; 0 ; LYCEUM_SOCKETIO_LAG_LIMIT: not at least 64KiB",
                "LYCEUM_SOCKETIO_ORIGINS ; friend.example ; LYCEUM_SOCKETIO_ORIGINS: 'friend.example' is no origin, like https://friend.example",
                "LYCEUM_SOCKETIO_ORIGINS ; https://friend.example/ ; LYCEUM_SOCKETIO_ORIGINS: 'https://friend.example/' is no origin, like https://friend.example",
                "LYCEUM_SOCKETIO_CONNECTIONS ; -1 ; LYCEUM_SOCKETIO_CONNECTIONS: '-1' is not a number 0..1000000"
            })
    void refusesWhatCannotBe(String key, String value, String message) {
        assertThatThrownBy(() -> LiveConfig.from(new Settings(Map.of(key, value))))
                .isInstanceOf(WrongSetting.class)
                .hasMessage(message);
    }

    /** Vert.x would trip over it, ten seconds later and at length. */
    @Test
    void answersNobodyWhoIsGoneAlready() {
        AtomicBoolean isGone = new AtomicBoolean();
        AtomicBoolean isClosed = new AtomicBoolean();
        AtomicInteger ends = new AtomicInteger();
        EmbeddedChannel channel = new EmbeddedChannel() {
            @Override
            public boolean isActive() {
                return super.isActive() && !isGone.get();
            }
        };
        channel.pipeline().addLast(new ChannelOutboundHandlerAdapter() {
            @Override
            public void close(ChannelHandlerContext context, ChannelPromise promise) {
                isClosed.set(true);
            }
        });
        MessageReader reader = MessageReader.before(channel, 1_000);
        channel.pipeline().addLast(reader);
        CloseWebSocketFrame goodbye = new CloseWebSocketFrame(WebSocketCloseStatus.NORMAL_CLOSURE);
        channel.writeInbound(goodbye);
        isGone.set(true);

        reader.takeOver(message -> {}, ends::incrementAndGet);
        reader.catchUp();

        assertThat(ends).hasValue(1);
        assertThat(isClosed).isFalse();
        assertThat(goodbye.refCnt()).isZero();
    }
}
