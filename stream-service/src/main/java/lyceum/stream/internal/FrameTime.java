package lyceum.stream.internal;

import io.vertx.core.buffer.Buffer;
import java.util.OptionalLong;
import java.util.Set;
import lyceum.platform.Failure;

/** The time that a HoloLens frame tells in its first ten bytes: version, type, milliseconds (contract, 3.6). */
final class FrameTime {

    private static final int PREFIX_BYTES = 10;
    private static final int TIME_AT = 2;
    private static final int LAST_VERSION = 3;

    /** The second byte of hands, lists and sound, which have no such prefix. */
    private static final Set<Byte> TIMELESS = Set.of((byte) '"', (byte) '{', (byte) ']', (byte) 0xAC);

    private FrameTime() {}

    /** @return milliseconds since 1970; empty where the frame does not tell; or INVALID where it is no frame */
    static OptionalLong of(Buffer frame) {
        if (frame.length() >= PREFIX_BYTES && TIMELESS.contains(frame.getByte(1))) {
            return OptionalLong.empty();
        }
        if (frame.length() < PREFIX_BYTES || frame.getByte(0) < 1 || frame.getByte(0) > LAST_VERSION) {
            throw Failure.invalid("an entry is no HoloLens frame that tells its time");
        }
        long millis = frame.getLongLE(TIME_AT);
        return millis == 0 ? OptionalLong.empty() : OptionalLong.of(millis);
    }
}
