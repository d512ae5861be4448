package lyceum.gateway.rtmp;

import io.vertx.core.buffer.Buffer;

/** Writes messages as chunks (RTMP 1.0, section 5.3). Every message of ours is short and begins with a whole header. */
final class ChunkWriter {

    private static final int CONTINUED = 0xC0;

    private int chunkBytes = ChunkReader.DEFAULT_CHUNK_BYTES;

    /** From now on chunks have that size; the peer must have been told before. */
    void chunkSize(int bytes) {
        chunkBytes = bytes;
    }

    /** @param chunkStream from 2 to 63 */
    Buffer write(int chunkStream, int type, int streamId, Buffer payload) {
        Buffer all = Buffer.buffer()
                .appendByte((byte) chunkStream)
                .appendMedium(0)
                .appendMedium(payload.length())
                .appendByte((byte) type)
                .appendIntLE(streamId);
        for (int sent = 0; sent < payload.length(); sent += chunkBytes) {
            if (sent > 0) {
                all.appendByte((byte) (CONTINUED | chunkStream));
            }
            all.appendBuffer(payload, sent, Math.min(chunkBytes, payload.length() - sent));
        }
        return all;
    }
}
