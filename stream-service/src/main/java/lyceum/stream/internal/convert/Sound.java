package lyceum.stream.internal.convert;

import java.nio.ByteBuffer;
import lyceum.platform.Failure;

/** A piece of sound without a header: {@code mic0} of older apps. PCM float32, at 44,100 Hz. */
final class Sound {

    private Sound() {}

    static SensorFrame read(FrameBytes bytes) {
        ByteBuffer head = bytes.take(Integer.BYTES + Integer.BYTES + Long.BYTES, "header");
        int sampleRateHertz = head.getInt();
        int channels = head.getInt();
        long position = head.getLong();
        ByteBuffer samples = bytes.rest();
        if (channels < 1 || samples.remaining() % ((long) channels * Float.BYTES) != 0) {
            throw Failure.invalid("frame does not hold whole samples of " + channels + " channels");
        }
        return SensorFrame.withoutTime("audio", Floats.read(samples, channels))
                .with("sr", out -> out.writeNumber(sampleRateHertz))
                .with("pos", out -> out.writeNumber(position));
    }
}
