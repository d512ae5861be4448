package lyceum.gateway.rtmp;

import io.vertx.core.buffer.Buffer;

/**
 * A message of RTMP (Adobe's RTMP Specification 1.0, sections 5.4, 6 and 7).
 *
 * @param streamId 0 for the connection itself
 * @param millis 32 bits, unsigned
 */
record RtmpMessage(int type, int streamId, long millis, Buffer payload) {

    static final int SET_CHUNK_SIZE = 1;
    static final int ABORT = 2;
    static final int ACKNOWLEDGEMENT = 3;
    static final int USER_CONTROL = 4;
    static final int WINDOW_SIZE = 5;
    static final int PEER_BANDWIDTH = 6;
    static final int AUDIO = 8;
    static final int VIDEO = 9;
    static final int DATA_AMF3 = 15;
    static final int COMMAND_AMF3 = 17;
    static final int DATA = 18;
    static final int COMMAND = 20;
}
