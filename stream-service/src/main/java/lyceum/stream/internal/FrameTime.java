package lyceum.stream.internal;

import io.vertx.core.buffer.Buffer;
import lyceum.platform.Failure;

/** The time that a HoloLens frame tells in its first ten bytes: version, type, milliseconds (contract, 3.6). */
final class FrameTime {

    private static final int PREFIX_BYTES = 10;
    private static final int TIME_AT = 2;
    private static final int LAST_VERSION = 3;

    private FrameTime() {}

    /** @return milliseconds since 1970, or INVALID where it is no such frame */
    static long of(Buffer frame) {
        if (frame.length() < PREFIX_BYTES || frame.getByte(0) < 1 || frame.getByte(0) > LAST_VERSION) {
            throw Failure.invalid("an entry is no HoloLens frame that tells its time");
        }
        return frame.getLongLE(TIME_AT);
    }
}
