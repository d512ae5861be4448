package lyceum.stream.internal.convert;

import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** The four cameras that see the surroundings. They are built in lying on their sides. */
final class GreyCamera {

    static final int LEFT_LEFT = 3;
    static final int LEFT_FRONT = 4;
    static final int RIGHT_FRONT = 5;
    static final int RIGHT_RIGHT = 6;

    private final PictureReader pictures;

    GreyCamera(PictureReader pictures) {
        this.pictures = pictures;
    }

    SensorFrame read(HoloHeader header, FrameBytes bytes) {
        Supplier<Picture> lying = header.first() ? raw(header, bytes) : jpeg(header, bytes);
        SensorFrame frame = SensorFrame.at(header, "image", () -> upright(header, lying.get()));
        if (!header.first() || header.infoSize() > 0) {
            frame.with("rig2world", bytes.pose("rig2world"));
        }
        return frame;
    }

    private Supplier<Picture> raw(HoloHeader header, FrameBytes bytes) {
        pictures.requirePixels(header.width(), header.height());
        ByteBuffer pixels = bytes.take(header.bytesOf(1), "image");
        return () -> new Picture((int) header.width(), (int) header.height(), 1, FrameBytes.copied(pixels));
    }

    private Supplier<Picture> jpeg(HoloHeader header, FrameBytes bytes) {
        ByteBuffer file = bytes.take(header.size(), "image");
        return () -> pictures.read8Bit(file);
    }

    private static Picture upright(HoloHeader header, Picture lying) {
        return header.type() == LEFT_FRONT || header.type() == RIGHT_RIGHT ? lying.turnedRight() : lying.turnedLeft();
    }
}
