package lyceum.stream.internal.convert;

import java.nio.ByteBuffer;
import lyceum.platform.Failure;

/** {@code ndarray}, {@code accel}, {@code gyro}, {@code mag}: float32, little-endian, nothing else. */
final class FloatInput implements InputFormat {

    @Override
    public Content read(ByteBuffer entry) {
        if (entry.remaining() % Float.BYTES != 0) {
            throw Failure.invalid("entry of " + entry.remaining() + " bytes is no list of float32");
        }
        return Floats.read(entry, 0);
    }
}
