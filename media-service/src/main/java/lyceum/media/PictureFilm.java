package lyceum.media;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;

/**
 * JPEG pictures with their times as one stream of bytes: Matroska (RFC 9559) with one track of codec {@code V_MJPEG}, a
 * segment of unknown size, and a cluster for each picture. It is made as the pictures come, ends at any picture, and is what
 * a film of pictures is made of. What stands in the elements is no more than ffmpeg's reader asks for; size and colours
 * are those of the pictures.
 */
public final class PictureFilm {

    private static final int EBML = 0x1A45DFA3;
    private static final int DOC_TYPE = 0x4282;
    private static final int DOC_TYPE_VERSION = 0x4287;
    private static final int DOC_TYPE_READ_VERSION = 0x4285;
    private static final int SEGMENT = 0x18538067;
    private static final int INFO = 0x1549A966;
    private static final int TIMESTAMP_SCALE = 0x2AD7B1;
    private static final int MUXING_APP = 0x4D80;
    private static final int WRITING_APP = 0x5741;
    private static final int TRACKS = 0x1654AE6B;
    private static final int TRACK_ENTRY = 0xAE;
    private static final int TRACK_NUMBER = 0xD7;
    private static final int TRACK_UID = 0x73C5;
    private static final int TRACK_TYPE = 0x83;
    private static final int CODEC_ID = 0x86;
    private static final int CLUSTER = 0x1F43B675;
    private static final int TIMESTAMP = 0xE7;
    private static final int SIMPLE_BLOCK = 0xA3;

    private static final long NANOS_PER_MILLI = 1_000_000;
    private static final long VIDEO = 1;
    private static final long MATROSKA_VERSION = 4;
    private static final long READ_VERSION = 2;
    private static final long UNKNOWN_SIZE = 0x01FF_FFFF_FFFF_FFFFL;
    private static final long EIGHT_BYTES_MARK = 1L << 56;
    /** Track 1 as a number of one byte, no time beside that of the cluster, a key frame. */
    private static final byte[] BLOCK_HEADER = {(byte) 0x81, 0, 0, (byte) 0x80};

    private PictureFilm() {}

    /** @return what stands before the first picture */
    public static Buffer beginning() {
        Buffer all = Buffer.buffer();
        appendElement(
                all,
                EBML,
                Buffer.buffer()
                        .appendBuffer(text(DOC_TYPE, "matroska"))
                        .appendBuffer(number(DOC_TYPE_VERSION, MATROSKA_VERSION))
                        .appendBuffer(number(DOC_TYPE_READ_VERSION, READ_VERSION)));
        appendId(all, SEGMENT);
        all.appendLong(UNKNOWN_SIZE);
        appendElement(
                all,
                INFO,
                number(TIMESTAMP_SCALE, NANOS_PER_MILLI)
                        .appendBuffer(text(MUXING_APP, "Lyceum"))
                        .appendBuffer(text(WRITING_APP, "Lyceum")));
        Buffer track = number(TRACK_NUMBER, 1)
                .appendBuffer(number(TRACK_UID, 1))
                .appendBuffer(number(TRACK_TYPE, VIDEO))
                .appendBuffer(text(CODEC_ID, "V_MJPEG"));
        Buffer tracks = Buffer.buffer();
        appendElement(tracks, TRACK_ENTRY, track);
        appendElement(all, TRACKS, tracks);
        return all;
    }

    /**
     * @param timeMillis when it is shown, from 0 on, never less than that of the picture before
     * @param jpeg one whole JPEG file
     * @return the bytes that follow those of the picture before
     */
    public static Buffer picture(long timeMillis, Buffer jpeg) {
        Buffer block = Buffer.buffer(BLOCK_HEADER.length + jpeg.length())
                .appendBytes(BLOCK_HEADER)
                .appendBuffer(jpeg);
        Buffer cluster = number(TIMESTAMP, timeMillis);
        appendElement(cluster, SIMPLE_BLOCK, block);
        Buffer all = Buffer.buffer();
        appendElement(all, CLUSTER, cluster);
        return all;
    }

    private static Buffer text(int id, String value) {
        Buffer element = Buffer.buffer();
        appendElement(element, id, Buffer.buffer(value.getBytes(StandardCharsets.US_ASCII)));
        return element;
    }

    private static Buffer number(int id, long value) {
        Buffer element = Buffer.buffer();
        appendElement(element, id, Buffer.buffer().appendLong(value));
        return element;
    }

    private static void appendElement(Buffer all, int id, Buffer content) {
        appendId(all, id);
        all.appendLong(EIGHT_BYTES_MARK | content.length()).appendBuffer(content);
    }

    /** An id has as many bytes as its first one tells by its leading zeros; its marker bit is part of it. */
    private static void appendId(Buffer all, int id) {
        int bytes = Math.max(1, (Integer.SIZE - Integer.numberOfLeadingZeros(id) + Byte.SIZE - 1) / Byte.SIZE);
        for (int i = bytes - 1; i >= 0; i--) {
            all.appendByte((byte) (id >>> (i * Byte.SIZE)));
        }
    }
}
