package lyceum.media.internal.live;

import io.vertx.core.buffer.Buffer;

/** What must stand in front of the tags of a publish for whoever comes later: metadata, and how to decode. */
final class FlvStart {

    private static final byte[] SIGNATURE = {'F', 'L', 'V', 1};
    private static final int AUDIO = 4;
    private static final int VIDEO = 1;
    private static final int HEADER_BYTES = 9;

    /** Longer ones are no configuration of a decoder. */
    private static final int MOST_BYTES = 64 * 1024;

    private static final int AVC = 7;
    /** Of AVC: neither a configuration nor the end of a sequence, which are marked as key frames too (annex E.4.3.1). */
    private static final int PICTURES = 1;

    private static final int AAC = 10;

    private Buffer metadata = Buffer.buffer();
    private Buffer video = Buffer.buffer();
    private Buffer audio = Buffer.buffer();

    void look(FlvTag tag) {
        if (tag.bytes().length() > MOST_BYTES) {
            return;
        }
        if (tag.isScript()) {
            metadata = tag.bytes().copy();
        } else if (isConfiguration(tag)) {
            if (tag.isVideo()) {
                video = tag.bytes().copy();
            } else {
                audio = tag.bytes().copy();
            }
        }
    }

    /** @return whether it holds no picture and no sound, but tells how to decode them */
    static boolean isConfiguration(FlvTag tag) {
        return tag.isVideo() && (tag.body(0) & 0x0F) == AVC && tag.body(1) == 0
                || tag.isAudio() && tag.body(0) >> 4 == AAC && tag.body(1) == 0;
    }

    /** @return whether decoding can begin with it */
    static boolean isKey(FlvTag tag) {
        boolean isMarked = tag.isVideo() && tag.body(0) >> 4 == 1;
        return isMarked && ((tag.body(0) & 0x0F) != AVC || tag.body(1) == PICTURES);
    }

    /** @return the beginning of a file */
    static Buffer header(boolean hasAudio, boolean hasVideo) {
        return Buffer.buffer(SIGNATURE)
                .appendByte((byte) ((hasAudio ? AUDIO : 0) | (hasVideo ? VIDEO : 0)))
                .appendInt(HEADER_BYTES)
                .appendInt(0);
    }

    /** @return the tags that have come */
    Buffer tags() {
        return Buffer.buffer().appendBuffer(metadata).appendBuffer(video).appendBuffer(audio);
    }
}
