package lyceum.gateway.stream;

import static lyceum.gateway.stream.ClientFrames.BINARY;
import static lyceum.gateway.stream.ClientFrames.CLOSE;
import static lyceum.gateway.stream.ClientFrames.CONTINUATION;
import static lyceum.gateway.stream.ClientFrames.PING;
import static lyceum.gateway.stream.ClientFrames.PONG;
import static lyceum.gateway.stream.ClientFrames.TEXT;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import lyceum.gateway.stream.PieceDecoder.Inbox;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PieceDecoderTest {

    private static final int KIB = 1024;
    private static final int MESSAGE_BYTES = 1 << 20;

    private final List<String> broken = new ArrayList<>();
    private HeldBytes held = new HeldBytes(1L << 30);
    private EmbeddedChannel channel;
    private PieceDecoder decoder;

    private void start(boolean isCounted) {
        decoder = new PieceDecoder(new Inbox(
                MESSAGE_BYTES,
                isCounted,
                held,
                () -> {},
                (status, reason) -> broken.add(status.code() + " " + reason)));
        channel = new EmbeddedChannel(decoder);
    }

    @AfterEach
    void leavesNothingBehind() {
        if (channel != null) {
            List<WebSocketFrame> unheard = frames();
            channel.close();
            unheard.forEach(frame -> giveBack(frame));
            assertThat(held.taken()).isZero();
        }
    }

    private void giveBack(WebSocketFrame frame) {
        if (isData(frame)) {
            held.giveBack(frame.content().readableBytes());
        }
    }

    private static boolean isData(WebSocketFrame frame) {
        return frame instanceof TextWebSocketFrame
                || frame instanceof BinaryWebSocketFrame
                || frame instanceof ContinuationWebSocketFrame;
    }

    private void say(ByteBuf... frames) {
        channel.writeInbound(Unpooled.wrappedBuffer(frames));
    }

    /** @return what has been passed on and was not asked for before */
    private List<WebSocketFrame> frames() {
        List<WebSocketFrame> frames = new ArrayList<>();
        for (WebSocketFrame frame = channel.readInbound(); frame != null; frame = channel.readInbound()) {
            frames.add(frame);
        }
        return frames;
    }

    /** @return what has been passed on, whose bytes are given back */
    private List<WebSocketFrame> taken() {
        List<WebSocketFrame> frames = frames();
        frames.forEach(this::giveBack);
        return frames;
    }

    private static byte[] payload(List<WebSocketFrame> frames) {
        ByteBuf all = Unpooled.buffer();
        frames.forEach(frame -> all.writeBytes(frame.content().duplicate()));
        byte[] bytes = new byte[all.readableBytes()];
        all.readBytes(bytes);
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 4, 7, 8, 9, 125, 126, 65_535, 65_536})
    void passesAShortMessageOnAsOnePiece(int length) {
        byte[] bytes = ClientFrames.bytes(length);
        start(false);

        say(ClientFrames.whole(BINARY, bytes));

        List<WebSocketFrame> frames = taken();
        assertThat(frames).hasSize(1).first().isInstanceOf(BinaryWebSocketFrame.class);
        assertThat(frames.get(0).isFinalFragment()).isTrue();
        assertThat(payload(frames)).isEqualTo(bytes);
    }

    @Test
    void passesALongMessageOnInPiecesThatGrow() {
        byte[] bytes = ClientFrames.bytes(800 * KIB);
        start(false);

        say(ClientFrames.whole(BINARY, bytes));

        List<WebSocketFrame> frames = taken();
        assertThat(frames)
                .extracting(frame -> frame.content().readableBytes() / KIB)
                .containsExactly(64, 128, 256, 256, 96);
        assertThat(frames)
                .extracting(WebSocketFrame::isFinalFragment)
                .containsExactly(false, false, false, false, true);
        assertThat(frames.subList(1, 5)).allMatch(ContinuationWebSocketFrame.class::isInstance);
        assertThat(payload(frames)).isEqualTo(bytes);
    }

    @Test
    void passesPiecesOnBeforeTheMessageIsWhole() {
        byte[] bytes = ClientFrames.bytes(100 * KIB);
        ByteBuf frame = ClientFrames.whole(BINARY, bytes);
        start(false);

        say(frame.readRetainedSlice(64 * KIB + 14));

        assertThat(taken()).hasSize(1);
        say(frame);
        assertThat(taken()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 13, 1000})
    void understandsFramesThatAreCutAnywhere(int step) {
        ByteBuf all = Unpooled.wrappedBuffer(
                ClientFrames.whole(TEXT, "é€".getBytes(StandardCharsets.UTF_8)),
                ClientFrames.whole(PING, "there?".getBytes(StandardCharsets.UTF_8)),
                ClientFrames.whole(BINARY, ClientFrames.bytes(70_000)),
                ClientFrames.whole(BINARY, ClientFrames.bytes(300)));
        start(false);
        while (all.isReadable()) {
            channel.writeInbound(all.readBytes(Math.min(step, all.readableBytes())));
        }

        List<WebSocketFrame> frames = taken();
        assertThat(frames).hasSize(5);
        assertThat(frames.get(0).content().toString(StandardCharsets.UTF_8)).isEqualTo("é€");
        assertThat(frames.get(1)).isInstanceOf(PingWebSocketFrame.class);
        assertThat(frames.get(1).content().toString(StandardCharsets.UTF_8)).isEqualTo("there?");
        assertThat(payload(frames.subList(2, 4))).isEqualTo(ClientFrames.bytes(70_000));
        assertThat(payload(frames.subList(4, 5))).isEqualTo(ClientFrames.bytes(300));
    }

    @Test
    void joinsShortFramesOfOneMessage() {
        start(false);
        say(ClientFrames.part(BINARY, new byte[] {0}));
        for (int i = 1; i < 100; i++) {
            say(ClientFrames.part(CONTINUATION, new byte[] {(byte) i}));
        }
        assertThat(frames()).isEmpty();

        say(ClientFrames.whole(CONTINUATION, new byte[0]));

        List<WebSocketFrame> frames = taken();
        assertThat(frames).hasSize(1).first().isInstanceOf(BinaryWebSocketFrame.class);
        assertThat(payload(frames)).hasSize(100).startsWith(0, 1, 2).endsWith(98, 99);
    }

    @Test
    void passesControlFramesOnInTheMiddleOfAMessage() {
        start(false);

        say(
                ClientFrames.part(TEXT, new byte[] {'a'}),
                ClientFrames.whole(PONG, new byte[125]),
                ClientFrames.whole(CONTINUATION, new byte[] {'b'}));

        List<WebSocketFrame> frames = taken();
        assertThat(frames).hasSize(2);
        assertThat(frames.get(0)).isInstanceOf(PongWebSocketFrame.class);
        assertThat(frames.get(1).content().toString(StandardCharsets.UTF_8)).isEqualTo("ab");
    }

    @Test
    void stopsAtOnceWhereItIsHeld() {
        start(false);
        decoder.hold();

        say(ClientFrames.whole(BINARY, new byte[5]), ClientFrames.whole(CLOSE, new byte[] {3, (byte) 0xE8}));

        assertThat(frames()).isEmpty();
        assertThat(decoder.isShut()).isTrue();
        assertThat(channel.config().isAutoRead()).isFalse();
        assertThat(held.taken()).isZero();
        decoder.release();
        assertThat(channel.config().isAutoRead()).isTrue();
        assertThat(taken()).hasSize(2).last().isInstanceOf(CloseWebSocketFrame.class);
    }

    @Test
    void waitsForRoomAndGoesOnByItself() {
        held = new HeldBytes(10);
        start(false);
        say(ClientFrames.whole(BINARY, new byte[10]));
        say(ClientFrames.whole(BINARY, new byte[20]), ClientFrames.whole(BINARY, new byte[1]));

        List<WebSocketFrame> first = frames();
        assertThat(first).hasSize(1);
        assertThat(channel.config().isAutoRead()).isFalse();

        first.forEach(this::giveBack);
        List<WebSocketFrame> second = frames();
        assertThat(second).hasSize(1);
        second.forEach(this::giveBack);
        assertThat(taken()).hasSize(1);
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void holdsOnlyAPieceOfAMessageThatIsNotSaid() {
        start(false);
        say(ClientFrames.head(0x80 | BINARY, MESSAGE_BYTES).writeByte(7));

        assertThat(held.taken()).isEqualTo(KIB);
        assertThat(decoder.isInMessage()).isTrue();
    }

    @Test
    void holdsNothingOfAMessageThatHasNoBytes() {
        start(false);
        say(ClientFrames.part(BINARY, new byte[0]));

        assertThat(held.taken()).isZero();
        assertThat(decoder.isInMessage()).isTrue();
        say(ClientFrames.whole(CONTINUATION, new byte[0]));
        assertThat(decoder.isInMessage()).isFalse();
        assertThat(taken()).hasSize(1);
    }

    @Test
    void holdsLittleMoreThanHasCome() {
        byte[] bytes = ClientFrames.bytes(60 * KIB);
        start(false);
        for (int at = 0; at < bytes.length; at += 1500) {
            byte[] some = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 1500));
            say(ClientFrames.part(at == 0 ? BINARY : CONTINUATION, some));
            assertThat(held.taken()).isLessThanOrEqualTo(2L * (at + some.length));
        }

        say(ClientFrames.whole(CONTINUATION, new byte[0]));
        assertThat(payload(taken())).isEqualTo(bytes);
    }

    @Test
    void passesOnWhatHasComeWhereThereIsNoRoomForMore() {
        byte[] bytes = ClientFrames.bytes(60 * KIB);
        held = new HeldBytes(3 * KIB);
        start(false);
        say(ClientFrames.part(BINARY, Arrays.copyOf(bytes, 2 * KIB)));
        assertThat(held.take(KIB)).isTrue();
        say(ClientFrames.whole(CONTINUATION, Arrays.copyOfRange(bytes, 2 * KIB, bytes.length)));

        List<WebSocketFrame> begun = frames();
        assertThat(payload(begun)).isEqualTo(Arrays.copyOf(bytes, 2 * KIB));
        assertThat(decoder.isShut()).isTrue();

        begun.forEach(this::giveBack);
        List<WebSocketFrame> rest = frames();
        assertThat(payload(rest)).isEqualTo(Arrays.copyOfRange(bytes, 2 * KIB, bytes.length));
        assertThat(rest.get(rest.size() - 1).isFinalFragment()).isTrue();
        rest.forEach(this::giveBack);
        held.giveBack(KIB);
    }

    @Test
    void givesATextUpThatHoldsWhatItWaitsFor() {
        held = new HeldBytes(64 * KIB);
        start(false);

        say(ClientFrames.whole(TEXT, new byte[100 * KIB]));

        assertThat(broken).containsExactly("1013 too many bytes are on their way, please try again");
    }

    @Test
    void acceptsTheLongestMessage() {
        start(false);

        say(ClientFrames.part(BINARY, new byte[MESSAGE_BYTES - 1]), ClientFrames.whole(CONTINUATION, new byte[1]));

        assertThat(payload(taken())).hasSize(MESSAGE_BYTES);
        assertThat(broken).isEmpty();
    }

    @Test
    void refusesALongerMessageBeforeItIsSaid() {
        start(false);
        say(ClientFrames.head(0x80 | BINARY, MESSAGE_BYTES + 1));

        assertThat(broken).containsExactly("1009 the message has more than 1048576 bytes");
        assertThat(held.taken()).isZero();
    }

    @Test
    void hearsTheEndBehindAMessageThatIsTooLong() {
        start(false);
        say(
                ClientFrames.whole(BINARY, new byte[MESSAGE_BYTES + 1]),
                ClientFrames.whole(BINARY, new byte[3]),
                ClientFrames.whole(CLOSE, new byte[] {3, (byte) 0xE8}));

        assertThat(taken()).hasSize(1).first().isInstanceOf(CloseWebSocketFrame.class);
        assertThat(broken).hasSize(1);
    }

    @Test
    void refusesFramesThatAreTooLongTogether() {
        start(false);
        say(ClientFrames.part(BINARY, new byte[MESSAGE_BYTES]));
        say(ClientFrames.head(CONTINUATION, 1));

        assertThat(broken).containsExactly("1009 the message has more than 1048576 bytes");
        taken();
    }

    static Stream<Arguments> brokenFrames() {
        byte[] byteOrNone = {1};
        return Stream.of(
                Arguments.of("frames of a client are masked", Unpooled.wrappedBuffer(new byte[] {(byte) 0x82, 1, 0})),
                Arguments.of("no extension was negotiated", ClientFrames.frame(0xC2, byteOrNone)),
                Arguments.of("the frame is of no known kind", ClientFrames.frame(0x83, byteOrNone)),
                Arguments.of("the frame is of no known kind", ClientFrames.frame(0x8B, byteOrNone)),
                Arguments.of("there is nothing to continue", ClientFrames.frame(0x80, byteOrNone)),
                Arguments.of("a control frame is whole and short", ClientFrames.frame(0x09, byteOrNone)),
                Arguments.of("a control frame is whole and short", ClientFrames.frame(0x89, new byte[126])),
                Arguments.of("a control frame is whole and short", ClientFrames.frame(0x88, byteOrNone)),
                Arguments.of(
                        "the length of a frame is written wrongly",
                        Unpooled.wrappedBuffer(new byte[] {(byte) 0x82, (byte) 0xFE, 0, 125, 0, 0, 0, 0})),
                Arguments.of("the length of a frame is written wrongly", Unpooled.wrappedBuffer(new byte[] {
                    (byte) 0x82, (byte) 0xFF, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0
                })),
                Arguments.of("the length of a frame is written wrongly", Unpooled.wrappedBuffer(new byte[] {
                    (byte) 0x82, (byte) 0xFF, -1, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0
                })));
    }

    @ParameterizedTest
    @MethodSource("brokenFrames")
    void breaksOffWhereAFrameIsNone(String reason, ByteBuf frame) {
        start(false);

        say(frame, ClientFrames.whole(BINARY, new byte[1]));

        assertThat(broken).containsExactly("1002 " + reason);
        assertThat(frames()).isEmpty();
    }

    @Test
    void breaksOffWhereAMessageBeginsBeforeTheLastIsOver() {
        start(false);

        say(ClientFrames.part(TEXT, new byte[1]), ClientFrames.whole(TEXT, new byte[1]));

        assertThat(broken).containsExactly("1002 the last message is not over");
    }

    @Test
    void hearsOnlyTheEndWhenItIsDeaf() {
        start(false);
        say(ClientFrames.head(0x80 | BINARY, 3).writeByte(1));
        decoder.hold();

        decoder.deafen();

        assertThat(held.taken()).isZero();
        say(Unpooled.wrappedBuffer(new byte[2]));
        say(ClientFrames.whole(TEXT, new byte[9]), ClientFrames.whole(CLOSE, new byte[0]));
        assertThat(taken()).hasSize(1).first().isInstanceOf(CloseWebSocketFrame.class);
        assertThat(channel.config().isAutoRead()).isTrue();
    }

    @Test
    void onlyCountsMessages() {
        start(true);

        say(
                ClientFrames.whole(BINARY, new byte[100_000]),
                ClientFrames.part(TEXT, new byte[3]),
                ClientFrames.whole(CONTINUATION, new byte[3]),
                ClientFrames.whole(BINARY, new byte[0]));

        List<WebSocketFrame> frames = frames();
        assertThat(frames).hasSize(3).allMatch(WebSocketFrame::isFinalFragment);
        assertThat(frames).allMatch(frame -> !frame.content().isReadable());
        assertThat(frames)
                .extracting(frame -> frame.getClass().getSimpleName())
                .containsExactly("BinaryWebSocketFrame", "TextWebSocketFrame", "BinaryWebSocketFrame");
        assertThat(held.taken()).isZero();
    }

    @Test
    void refusesToCountALongerMessage() {
        start(true);

        say(ClientFrames.head(0x80 | BINARY, MESSAGE_BYTES + 1));

        assertThat(broken).hasSize(1);
    }

    @Test
    void releasesWhatItHasNotRead() {
        start(false);
        decoder.hold();
        ByteBuf unread = ClientFrames.whole(BINARY, new byte[9]);
        channel.writeInbound(unread);

        channel.close();

        assertThat(unread.refCnt()).isZero();
    }
}
