package lyceum.media.internal;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The formats that are shown to ffmpeg, by the bytes they begin with. All others are not: ffmpeg would also understand
 * playlists and scripts, which make it open other files and addresses. MPEG-TS is
 * not among them because the bundled ffmpeg 4.4.1 dies of the names of programs in it (iconv in a static program).
 */
enum Container {
    /** The EBML header (RFC 8794, 11.2); WebM too. */
    MATROSKA("matroska", begins("\u001A\u0045\u00DF\u00A3")),
    /** The capture pattern of a page (RFC 3533, 6). */
    OGG("ogg", begins("OggS")),
    /** A RIFF file of type WAVE. */
    WAV("wav", begins("RIFF").and(has(8, "WAVE"))),
    /** RFC 9639, 6. */
    FLAC("flac", begins("fLaC")),
    /** The first box of ISO/IEC 14496-12, 4.3. */
    MP4("mov", has(4, "ftyp")),
    /** Adobe's Video File Format 10.1, E.2. */
    FLV("flv", begins("FLV\u0001")),
    /** A tag of ID3v2, or the sync of a frame of any layer (ISO/IEC 11172-3, 2.4.2.3). */
    MP3("mp3", begins("ID3").or(Container::isMpegAudioFrame));

    /** So many bytes tell which it is. */
    static final int MAGIC_BYTES = 12;

    private static final int ELEVEN_BITS_OF_SYNC = 0xFFE0;
    private static final int LAYER = 0x0006;

    private final String demuxer;
    private final Predicate<byte[]> magic;

    Container(String demuxer, Predicate<byte[]> magic) {
        this.demuxer = demuxer;
        this.magic = magic;
    }

    /** @return the name of ffmpeg's reader for it */
    String demuxer() {
        return demuxer;
    }

    /** @return whether the recorders of browsers write it, which lessons are made of */
    boolean isOfRecorders() {
        return this == MATROSKA || this == OGG;
    }

    static Optional<Container> of(Buffer firstBytes) {
        byte[] bytes = firstBytes.getBytes();
        return Arrays.stream(values())
                .filter(container -> container.magic.test(bytes))
                .findFirst();
    }

    private static Predicate<byte[]> begins(String magic) {
        return has(0, magic);
    }

    /** @param magic each character is a byte */
    private static Predicate<byte[]> has(int offset, String magic) {
        byte[] wanted = magic.getBytes(StandardCharsets.ISO_8859_1);
        return bytes -> bytes.length >= offset + wanted.length
                && Arrays.equals(wanted, Arrays.copyOfRange(bytes, offset, offset + wanted.length));
    }

    private static boolean isMpegAudioFrame(byte[] bytes) {
        if (bytes.length < Short.BYTES) {
            return false;
        }
        int head = (bytes[0] & 0xFF) << Byte.SIZE | bytes[1] & 0xFF;
        return (head & ELEVEN_BITS_OF_SYNC) == ELEVEN_BITS_OF_SYNC && (head & LAYER) != 0;
    }
}
