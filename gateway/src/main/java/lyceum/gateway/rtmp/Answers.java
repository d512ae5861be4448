package lyceum.gateway.rtmp;

import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a peer is told, as the bytes of chunks: whole and in the order in which they were asked for, since the size of chunks
 * changes in between. The words are those of Flash Media Server, which encoders look for.
 */
final class Answers {

    /** What a peer sends before it waits for an acknowledgement. */
    static final int WINDOW_BYTES = 2_500_000;

    private static final int CHUNK_BYTES = 4096;
    private static final int DYNAMIC = 2;

    private static final int CONTROL = 2;
    private static final int RESULTS = 3;
    private static final int STATUS = 5;

    /** Of the one stream that a connection has. */
    private static final int STREAM_ID = 1;

    private static final String ERROR = "error";

    private final ChunkWriter writer = new ChunkWriter();

    /** @param received bytes since the connection began; 32 bits of it are told */
    Buffer acknowledgement(long received) {
        return control(RtmpMessage.ACKNOWLEDGEMENT, Buffer.buffer().appendInt((int) received));
    }

    /** @return that a connect is taken, and what holds from now on: windows, and chunks of ours that are larger */
    Buffer connected(Command connect) {
        Buffer all = Buffer.buffer()
                .appendBuffer(control(RtmpMessage.WINDOW_SIZE, Buffer.buffer().appendInt(WINDOW_BYTES)))
                .appendBuffer(control(
                        RtmpMessage.PEER_BANDWIDTH,
                        Buffer.buffer().appendInt(WINDOW_BYTES).appendByte((byte) DYNAMIC)))
                .appendBuffer(
                        control(RtmpMessage.SET_CHUNK_SIZE, Buffer.buffer().appendInt(CHUNK_BYTES)));
        writer.chunkSize(CHUNK_BYTES);
        Map<String, Object> server = new LinkedHashMap<>();
        server.put("fmsVer", "FMS/3,0,1,123");
        server.put("capabilities", 31.0);
        Map<String, Object> facts = facts("status", "NetConnection.Connect.Success", "Connection succeeded.");
        facts.put("objectEncoding", 0.0);
        return all.appendBuffer(answer("_result", connect, server, facts));
    }

    /** @return that a connect is not taken */
    Buffer rejected(Command connect, String text) {
        return answer("_error", connect, null, facts(ERROR, "NetConnection.Connect.Rejected", text));
    }

    /** @return that something is done, which needs no doing here */
    Buffer done(Command command) {
        return answer("_result", command, null, null);
    }

    /** @return the stream that was asked for */
    Buffer created(Command createStream) {
        return answer("_result", createStream, null, (double) STREAM_ID);
    }

    /** @return that something has begun or ended as was wanted */
    Buffer status(String code, String text) {
        return onStatus(facts("status", code, text));
    }

    /** @return that something cannot be, or not any more */
    Buffer error(String code, String text) {
        return onStatus(facts(ERROR, code, text));
    }

    private static Map<String, Object> facts(String level, String code, String text) {
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("level", level);
        facts.put("code", code);
        facts.put("description", text);
        return facts;
    }

    private Buffer onStatus(Map<String, Object> facts) {
        return writer.write(STATUS, RtmpMessage.COMMAND, STREAM_ID, Amf0.write("onStatus", 0.0, null, facts));
    }

    private Buffer answer(String name, Command command, Object first, Object second) {
        return writer.write(RESULTS, RtmpMessage.COMMAND, 0, Amf0.write(name, command.number(), first, second));
    }

    private Buffer control(int type, Buffer payload) {
        return writer.write(CONTROL, type, 0, payload);
    }
}
