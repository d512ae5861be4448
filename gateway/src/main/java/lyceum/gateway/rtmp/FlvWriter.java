package lyceum.gateway.rtmp;

import io.vertx.core.buffer.Buffer;
import java.util.Optional;

/** Messages of RTMP as tags of FLV (Video File Format Specification 10, annex E): the same bodies with another head. */
final class FlvWriter {

    private static final int HEADER_BYTES = 11;
    private static final int AUDIO_AND_VIDEO = 5;
    private static final int FILE_HEADER_BYTES = 9;
    private static final int SCRIPT = 18;

    /** RTMP wraps it around metadata, to say that the server is to keep them. */
    private static final String KEPT = "@setDataFrame";

    private static final String METADATA = "onMetaData";

    private FlvWriter() {}

    /** @return what stands in front of the first tag */
    static Buffer beginning() {
        return Buffer.buffer("FLV")
                .appendByte((byte) 1)
                .appendByte((byte) AUDIO_AND_VIDEO)
                .appendInt(FILE_HEADER_BYTES)
                .appendInt(0);
    }

    /** @return the tag of a message; empty for one that belongs into no file */
    static Optional<Buffer> tag(RtmpMessage message) {
        return switch (message.type()) {
            case RtmpMessage.AUDIO, RtmpMessage.VIDEO ->
                message.payload().length() == 0
                        ? Optional.empty()
                        : Optional.of(tag(message.type(), message.millis(), message.payload()));
            case RtmpMessage.DATA -> metadata(message.payload()).map(body -> tag(SCRIPT, message.millis(), body));
            case RtmpMessage.DATA_AMF3 ->
                message.payload().length() == 0
                        ? Optional.empty()
                        : metadata(message.payload().slice(1, message.payload().length()))
                                .map(body -> tag(SCRIPT, message.millis(), body));
            default -> Optional.empty();
        };
    }

    private static Optional<Buffer> metadata(Buffer data) {
        int start = Amf0.firstText(data).filter(KEPT::equals).isPresent() ? Amf0.TEXT_HEAD_BYTES + KEPT.length() : 0;
        Buffer body = data.slice(start, data.length());
        return Amf0.firstText(body).filter(METADATA::equals).map(name -> body);
    }

    private static Buffer tag(int type, long millis, Buffer body) {
        return Buffer.buffer(HEADER_BYTES + body.length() + Integer.BYTES)
                .appendByte((byte) type)
                .appendMedium(body.length())
                .appendMedium((int) (millis & 0xFFFFFF))
                .appendByte((byte) (millis >> 24))
                .appendMedium(0)
                .appendBuffer(body)
                .appendInt(HEADER_BYTES + body.length());
    }
}
