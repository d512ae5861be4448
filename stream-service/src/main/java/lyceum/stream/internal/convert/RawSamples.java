package lyceum.stream.internal.convert;

import java.nio.ByteBuffer;

/**
 * What version 3 carries without saying how it is coded: the microphone (its width is the number of channels, its height
 * the sample rate) and what hands and eyes do. Only its time and its bytes are known.
 */
final class RawSamples {

    static final int MICROPHONE = 12;
    static final int SPATIAL_INPUT = 13;

    private static final int FIRST_VERSION = 3;

    private RawSamples() {}

    static SensorFrame read(HoloHeader header, FrameBytes bytes) {
        if (header.version() < FIRST_VERSION) {
            throw HoloFrames.unknown(header);
        }
        ByteBuffer data = bytes.take(header.size(), "data");
        return SensorFrame.at(header, "data", () -> new RawBytes(data));
    }
}
