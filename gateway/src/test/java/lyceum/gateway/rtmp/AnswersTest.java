package lyceum.gateway.rtmp;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Answers as a peer reads them. */
class AnswersTest {

    private static final Command CONNECT = new Command("connect", 1.0, List.of());

    private final List<RtmpMessage> heard = new ArrayList<>();
    private final ChunkReader peer = new ChunkReader(64 * 1024, this::hear);
    private final Answers answers = new Answers();

    private void hear(RtmpMessage message) {
        heard.add(message);
        if (message.type() == RtmpMessage.SET_CHUNK_SIZE) {
            peer.chunkSize(message.payload().getUnsignedInt(0));
        }
    }

    private List<Object> command(Buffer answer) {
        peer.feed(answer);
        RtmpMessage last = heard.get(heard.size() - 1);
        assertThat(last.type()).isEqualTo(RtmpMessage.COMMAND);
        return Amf0.read(last.payload(), 0);
    }

    @Test
    void tellsWindowsAndTheSizeOfChunksBeforeItAnswersInSuch() {
        List<Object> result = command(answers.connected(CONNECT));

        assertThat(heard)
                .extracting(RtmpMessage::type)
                .containsExactly(
                        RtmpMessage.WINDOW_SIZE,
                        RtmpMessage.PEER_BANDWIDTH,
                        RtmpMessage.SET_CHUNK_SIZE,
                        RtmpMessage.COMMAND);
        assertThat(heard.get(0).payload()).isEqualTo(Buffer.buffer().appendInt(2_500_000));
        assertThat(heard.get(1).payload())
                .isEqualTo(Buffer.buffer().appendInt(2_500_000).appendByte((byte) 2));
        assertThat(heard.get(2).payload()).isEqualTo(Buffer.buffer().appendInt(4096));
        assertThat(result)
                .containsExactly(
                        "_result",
                        1.0,
                        Map.of("fmsVer", "FMS/3,0,1,123", "capabilities", 31.0),
                        Map.of(
                                "level", "status",
                                "code", "NetConnection.Connect.Success",
                                "description", "Connection succeeded.",
                                "objectEncoding", 0.0));
    }

    @Test
    void answersBeforeThatInChunksOfTheUsualSize() {
        String text = "x".repeat(300);

        assertThat(command(answers.rejected(CONNECT, text)))
                .containsExactly(
                        "_error",
                        1.0,
                        null,
                        Map.of("level", "error", "code", "NetConnection.Connect.Rejected", "description", text));
    }

    @Test
    void answersByTheNumberOfTheCommand() {
        assertThat(command(answers.done(new Command("FCPublish", 3.0, List.of()))))
                .containsExactly("_result", 3.0, null, null);
        assertThat(command(answers.created(new Command("createStream", 4.0, List.of()))))
                .containsExactly("_result", 4.0, null, 1.0);
    }

    @Test
    void tellsOfThePublishOnItsStream() {
        assertThat(command(answers.status("NetStream.Publish.Start", "Start publishing")))
                .containsExactly(
                        "onStatus",
                        0.0,
                        null,
                        Map.of(
                                "level",
                                "status",
                                "code",
                                "NetStream.Publish.Start",
                                "description",
                                "Start publishing"));
        assertThat(heard.get(0).streamId()).isEqualTo(1);
        assertThat(command(answers.error(PublishRefused.DENIED, "not you")))
                .containsExactly(
                        "onStatus",
                        0.0,
                        null,
                        Map.of("level", "error", "code", PublishRefused.DENIED, "description", "not you"));
    }

    @Test
    void acknowledgesIn32Bits() {
        peer.feed(answers.acknowledgement((1L << 32) + 5));

        assertThat(heard)
                .containsExactly(new RtmpMessage(
                        RtmpMessage.ACKNOWLEDGEMENT, 0, 0, Buffer.buffer().appendInt(5)));
    }
}
