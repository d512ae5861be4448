package lyceum.media.internal;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * The formats that are shown to ffmpeg, by the bytes they begin with. All others are not: ffmpeg would also understand
 * playlists and scripts, which make it open other files and addresses.
 */
enum Container {
    /** The EBML header (RFC 8794, 11.2). */
    MATROSKA("matroska", new byte[] {0x1A, 0x45, (byte) 0xDF, (byte) 0xA3}),
    /** The capture pattern of a page (RFC 3533, 6). */
    OGG("ogg", new byte[] {'O', 'g', 'g', 'S'});

    /** So many bytes tell which it is. */
    static final int MAGIC_BYTES = 4;

    private final String demuxer;
    private final byte[] magic;

    Container(String demuxer, byte[] magic) {
        this.demuxer = demuxer;
        this.magic = magic;
    }

    /** @return the name of ffmpeg's reader for it */
    String demuxer() {
        return demuxer;
    }

    static Optional<Container> of(Buffer firstBytes) {
        return Arrays.stream(values())
                .filter(container -> Arrays.equals(container.magic, firstBytes.getBytes()))
                .findFirst();
    }
}
