package lyceum.stream.internal.convert;

import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** The camera in front: {@code main}. */
final class ColourCamera {

    static final int PV = 0;

    /** Version 2 stores colours as they are, later ones have red and blue exchanged. */
    private static final int TRUE_COLOURS = 2;

    /** Columns at the right of version 1 that are none of the picture. */
    private static final int PADDING = 8;

    private final PictureReader pictures;

    ColourCamera(PictureReader pictures) {
        this.pictures = pictures;
    }

    SensorFrame read(HoloHeader header, FrameBytes bytes) {
        SensorFrame frame =
                SensorFrame.at(header, "image", header.first() ? plane(header, bytes) : jpeg(header, bytes));
        if (!header.first() || header.infoSize() > 0) {
            frame.with("cam2world", bytes.pose("cam2world"));
            for (String number : new String[] {"focalX", "focalY", "principalX", "principalY"}) {
                frame.with(number, bytes.number(number));
            }
        }
        return frame;
    }

    private Supplier<Picture> plane(HoloHeader header, FrameBytes bytes) {
        pictures.requirePixels(header.width(), header.height());
        ByteBuffer plane = bytes.take(header.bytesOf(1), "image");
        return () -> Nv12.read(plane, (int) header.width(), (int) header.height(), PADDING);
    }

    private Supplier<Picture> jpeg(HoloHeader header, FrameBytes bytes) {
        ByteBuffer file = bytes.take(header.size(), "image");
        return header.version() == TRUE_COLOURS
                ? () -> pictures.read8Bit(file)
                : () -> pictures.read8Bit(file).redAndBlueSwapped();
    }
}
