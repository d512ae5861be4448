package lyceum.stream.internal.convert;

import java.nio.ByteBuffer;
import lyceum.platform.Failure;

/** How the device is moved and turned, and the magnetic field: {@code imuaccel}, {@code imugyro}, {@code imumag}. */
final class Motion {

    static final int ACCELERATION = 7;
    static final int ROTATION = 8;
    static final int MAGNETIC_FIELD = 9;

    private static final int NEWEST_VERSION = 3;

    /** Older versions count in steps so short that 100 of them are one of the frame's time. */
    private static final int STEPS = 100;

    private Motion() {}

    static SensorFrame read(HoloHeader header, FrameBytes bytes) {
        Floats samples = Floats.read(bytes.take(header.bytesOf(Float.BYTES), "data"), (int) header.width());
        ByteBuffer timestamps = bytes.take(header.infoSize(), "timestamps");
        return SensorFrame.at(header, "data", () -> samples).with("timestamps", timestamps(header, timestamps));
    }

    private static Timestamps timestamps(HoloHeader header, ByteBuffer bytes) {
        if (bytes.remaining() % Long.BYTES != 0) {
            throw Failure.invalid("frame ends within a timestamp");
        }
        long[] values = new long[bytes.remaining() / Long.BYTES];
        bytes.asLongBuffer().get(values);
        if (header.version() < NEWEST_VERSION && values.length > 0) {
            sinceFirst(values, header.timeMillis());
        }
        return new Timestamps(values);
    }

    private static void sinceFirst(long[] values, long timeMillis) {
        long first = values[0];
        for (int i = 0; i < values.length; i++) {
            values[i] = Long.divideUnsigned(values[i] - first, STEPS) + timeMillis;
        }
    }
}
