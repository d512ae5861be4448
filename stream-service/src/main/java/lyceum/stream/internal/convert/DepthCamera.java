package lyceum.stream.internal.convert;

import java.nio.ByteBuffer;

/** How far things are, for long throw ({@code depthlt}) or near ({@code depthahat}), and how they shine in infrared. */
final class DepthCamera {

    static final int LONG_THROW = 1;
    static final int AHAT = 2;

    /** Of 4 x 4 float32. */
    private static final int POSE_BYTES = 64;

    private final PictureReader pictures;

    DepthCamera(PictureReader pictures) {
        this.pictures = pictures;
    }

    SensorFrame read(HoloHeader header, FrameBytes bytes) {
        pictures.requirePixels(header.width(), header.height());
        if (header.first()) {
            return readFirst(header, bytes);
        }
        if (header.type() == AHAT) {
            throw HoloFrames.unknown(header);
        }
        return readLater(header, bytes);
    }

    /** What tells whether there is infrared is the declared size; the pixels are of 16 bits, whatever it says. */
    private static SensorFrame readFirst(HoloHeader header, FrameBytes bytes) {
        SensorFrame frame = image(header, bytes);
        long declared = HoloHeader.product(header.area(), header.size());
        boolean infrared = header.infoSize() >= declared;
        if (infrared) {
            frame.with("infrared", plane(header, bytes, "infrared"));
        }
        if (header.infoSize() > (infrared ? declared : 0)) {
            frame.with("rig2world", bytes.pose("rig2world"));
        }
        return frame;
    }

    private SensorFrame readLater(HoloHeader header, FrameBytes bytes) {
        SensorFrame frame = image(header, bytes).with("rig2world", bytes.pose("rig2world"));
        if (header.infoSize() > POSE_BYTES) {
            ByteBuffer file = bytes.take(header.infoSize() - POSE_BYTES, "infrared");
            frame.with("infrared", out -> pictures.read8Bit(file).writeJson(out));
        }
        return frame;
    }

    private static SensorFrame image(HoloHeader header, FrameBytes bytes) {
        Depth image = plane(header, bytes, "image");
        return SensorFrame.at(header, "image", () -> image);
    }

    private static Depth plane(HoloHeader header, FrameBytes bytes, String part) {
        ByteBuffer pixels = bytes.take(HoloHeader.product(header.area(), Short.BYTES), part);
        short[] values = new short[header.area()];
        pixels.asShortBuffer().get(values);
        return new Depth((int) header.width(), (int) header.height(), values);
    }
}
