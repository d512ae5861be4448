package lyceum.stream.internal.convert;

import java.nio.ByteBuffer;
import lyceum.platform.Failure;

/**
 * Reads frames of a HoloLens. Those of sensors begin with a header. Older ones of hands, lists and sound do not, and are
 * known by their second byte, which then is no type of a sensor.
 */
final class HoloFrames {

    private static final int SHORTEST_BYTES = 10;

    /** Second byte of 44,100 Hz, the sample rate that a frame of sound begins with; no other rate is known. */
    private static final int SOUND = 0xAC;

    private final ConversionLimits limits;
    private final ColourCamera colour;
    private final GreyCamera grey;
    private final DepthCamera depth;

    HoloFrames(PictureReader pictures, ConversionLimits limits) {
        this.limits = limits;
        this.colour = new ColourCamera(pictures);
        this.grey = new GreyCamera(pictures);
        this.depth = new DepthCamera(pictures);
    }

    /** @return the frame; its pictures are not yet decoded; or INVALID where it is unknown or does not hold what it says */
    HoloFrame read(ByteBuffer entry) {
        if (entry.remaining() < SHORTEST_BYTES) {
            throw Failure.invalid("frame is shorter than " + SHORTEST_BYTES + " bytes");
        }
        FrameBytes bytes = new FrameBytes(entry);
        int second = Byte.toUnsignedInt(entry.get(entry.position() + 1));
        return switch (second) {
            case '"' -> HandFrame.read(FrameBytes.copied(entry), limits);
            case '{', ']' -> list(entry);
            case SOUND -> Sound.read(bytes);
            default -> sensor(HoloHeader.read(bytes), bytes);
        };
    }

    private HoloFrame list(ByteBuffer entry) {
        JsonText values = JsonText.read(FrameBytes.copied(entry), limits);
        if (!values.list()) {
            throw Failure.invalid("frame is no JSON array");
        }
        return SensorFrame.withoutTime("values", values);
    }

    private HoloFrame sensor(HoloHeader header, FrameBytes bytes) {
        return switch (header.type()) {
            case ColourCamera.PV -> colour.read(header, bytes);
            case GreyCamera.LEFT_LEFT, GreyCamera.LEFT_FRONT, GreyCamera.RIGHT_FRONT, GreyCamera.RIGHT_RIGHT ->
                grey.read(header, bytes);
            case DepthCamera.LONG_THROW, DepthCamera.AHAT -> depth.read(header, bytes);
            case Motion.ACCELERATION, Motion.ROTATION, Motion.MAGNETIC_FIELD -> Motion.read(header, bytes);
            case Calibration.TYPE -> Calibration.read(header, bytes);
            case RawSamples.MICROPHONE, RawSamples.SPATIAL_INPUT -> RawSamples.read(header, bytes);
            default -> throw unknown(header);
        };
    }

    static Failure unknown(HoloHeader header) {
        return Failure.invalid("frame of version " + header.version() + " is of the unknown type " + header.type());
    }
}
