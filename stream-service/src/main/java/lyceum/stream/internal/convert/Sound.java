package lyceum.stream.internal.convert;

import java.nio.ByteBuffer;
import lyceum.platform.Failure;

/** A piece of sound without a header: {@code mic0} of older apps. PCM float32, at 44,100 Hz. */
final class Sound {

    private Sound() {}

    /** @param position of the first sample, counted from where the app began to listen */
    private record Head(int sampleRateHertz, int channels, long position) {}

    static SensorFrame read(FrameBytes bytes) {
        Head head = head(bytes);
        Floats samples = samples(bytes, head);
        return SensorFrame.withoutTime("audio", samples)
                .with("sr", out -> out.writeNumber(head.sampleRateHertz()))
                .with("pos", out -> out.writeNumber(head.position()));
    }

    /** @return the samples of a piece; or INVALID where it is none */
    static SoundPiece piece(FrameBytes bytes) {
        Head head = head(bytes);
        return new SoundPiece(
                head.sampleRateHertz(),
                head.channels(),
                head.position(),
                samples(bytes, head).values());
    }

    private static Head head(FrameBytes bytes) {
        ByteBuffer head = bytes.take(Integer.BYTES + Integer.BYTES + Long.BYTES, "header");
        return new Head(head.getInt(), head.getInt(), head.getLong());
    }

    private static Floats samples(FrameBytes bytes, Head head) {
        ByteBuffer samples = bytes.rest();
        if (head.channels() < 1 || samples.remaining() % ((long) head.channels() * Float.BYTES) != 0) {
            throw Failure.invalid("frame does not hold whole samples of " + head.channels() + " channels");
        }
        return Floats.read(samples, head.channels());
    }
}
