package lyceum.media.internal.live;

import io.vertx.core.buffer.Buffer;

/**
 * One tag of FLV (Video File Format Specification 10, annex E.4.1).
 *
 * @param bytes all of it, with the length that stands behind it
 */
record FlvTag(Buffer bytes) {

    static final int HEADER_BYTES = 11;
    static final int TRAILER_BYTES = 4;

    private static final int AUDIO = 8;
    private static final int VIDEO = 9;
    private static final int SCRIPT = 18;

    boolean isAudio() {
        return type() == AUDIO;
    }

    boolean isVideo() {
        return type() == VIDEO;
    }

    boolean isScript() {
        return type() == SCRIPT;
    }

    private int type() {
        return bytes.getUnsignedByte(0);
    }

    /** @return when it is to be shown, from 0 to 2^32 */
    long millis() {
        return (long) bytes.getUnsignedByte(7) << 24 | bytes.getUnsignedMedium(4);
    }

    int bodyBytes() {
        return bytes.length() - HEADER_BYTES - TRAILER_BYTES;
    }

    /** @return a byte of the body, 0 behind its end */
    int body(int index) {
        return index < bodyBytes() ? bytes.getUnsignedByte(HEADER_BYTES + index) : 0;
    }

    Buffer body() {
        return bytes.slice(HEADER_BYTES, HEADER_BYTES + bodyBytes());
    }
}
