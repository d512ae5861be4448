package lyceum.stream.internal.convert;

import java.nio.ByteBuffer;

/** Where each pixel of a camera looks, and where the camera is on the device: {@code gllCal}, {@code depthltCal} … */
final class Calibration {

    static final int TYPE = 11;

    private static final int COORDINATES = 3;

    private Calibration() {}

    static SensorFrame read(HoloHeader header, FrameBytes bytes) {
        long size = HoloHeader.product(header.area(), COORDINATES * Float.BYTES);
        ByteBuffer directions = bytes.take(size, "lut");
        Floats table = Floats.read(directions, COORDINATES);
        return SensorFrame.at(header, "lut", () -> table).with("rig2cam", bytes.pose("rig2cam"));
    }
}
