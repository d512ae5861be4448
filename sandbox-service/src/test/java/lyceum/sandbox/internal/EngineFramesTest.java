package lyceum.sandbox.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.EnumMap;
import java.util.Map;
import lyceum.sandbox.SandboxSession.Stream;
import org.junit.jupiter.api.Test;

class EngineFramesTest {

    private final Map<Stream, Buffer> told = new EnumMap<>(Stream.class);
    private final EngineFrames frames = new EngineFrames((stream, piece) ->
            told.computeIfAbsent(stream, each -> Buffer.buffer()).appendBuffer(piece));

    @Test
    void takesApartAStreamThatIsCutAnywhere() {
        Buffer stream = frame(1, "one ")
                .appendBuffer(frame(2, "error"))
                .appendBuffer(frame(1, ""))
                .appendBuffer(frame(0, "two"));

        for (int cut = 0; cut <= stream.length(); cut++) {
            told.clear();
            frames.take(stream.getBuffer(0, cut));
            frames.take(stream.getBuffer(cut, stream.length()));

            assertThat(told)
                    .isEqualTo(Map.of(Stream.STDOUT, Buffer.buffer("one two"), Stream.STDERR, Buffer.buffer("error")));
        }
    }

    @Test
    void takesApartAStreamThatComesByteByByte() {
        Buffer stream = frame(2, "x".repeat(300)).appendBuffer(frame(1, "y"));

        for (int at = 0; at < stream.length(); at++) {
            frames.take(stream.getBuffer(at, at + 1));
        }

        assertThat(told.get(Stream.STDERR)).hasToString("x".repeat(300));
        assertThat(told.get(Stream.STDOUT)).hasToString("y");
    }

    @Test
    void tellsAPieceBeforeItIsWhole() {
        frames.take(Buffer.buffer()
                .appendByte((byte) 1)
                .appendMedium(0)
                .appendUnsignedInt(4_000_000_000L)
                .appendString("now"));

        assertThat(told.get(Stream.STDOUT)).hasToString("now");
    }

    @Test
    void refusesAnOutputThatThereIsNot() {
        Buffer stream = frame(3, "systemerr");

        assertThatThrownBy(() -> frames.take(stream)).hasMessage("the engine's stream has an output 3");
    }

    private static Buffer frame(int stream, String text) {
        return Buffer.buffer()
                .appendByte((byte) stream)
                .appendMedium(0)
                .appendInt(text.length())
                .appendString(text);
    }
}
