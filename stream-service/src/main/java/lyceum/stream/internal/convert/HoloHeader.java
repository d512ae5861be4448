package lyceum.stream.internal.convert;

import lyceum.platform.Failure;

/**
 * What a frame of a HoloLens says of itself.
 *
 * @param version 1, 2 or 3
 * @param type which sensor
 * @param timeMillis since 1970
 * @param width in pixels, or what the sensor takes for it
 * @param height in pixels, or what the sensor takes for it
 * @param size bytes of one pixel, or of the whole picture: that changed with versions and sensors
 * @param infoSize bytes that follow the picture
 */
record HoloHeader(int version, int type, long timeMillis, long width, long height, long size, long infoSize) {

    private static final int NEWEST = 3;

    /** @return the header at the beginning of a frame, or INVALID */
    static HoloHeader read(FrameBytes bytes) {
        int version = bytes.unsignedByte();
        if (version < 1 || version > NEWEST) {
            throw Failure.invalid("frame is of the unknown version " + version);
        }
        return new HoloHeader(
                version,
                bytes.unsignedByte(),
                bytes.unsignedLong(),
                bytes.unsignedInt(),
                bytes.unsignedInt(),
                bytes.unsignedInt(),
                bytes.unsignedInt());
    }

    /** @return whether pictures are stored as they come from the sensor, and not as files */
    boolean first() {
        return version == 1;
    }

    /** @return width by height, or INVALID where that is nothing or more than any frame holds */
    int area() {
        if (width == 0 || height == 0) {
            throw Failure.invalid("frame is of width or height 0");
        }
        return (int) product(width, height);
    }

    /**
     * @param pixelBytes of the sensor
     * @return bytes of width by height pixels; or INVALID where the frame declares neither these nor those of one pixel
     */
    long bytesOf(int pixelBytes) {
        long bytes = product(area(), pixelBytes);
        if (size != pixelBytes && size != bytes) {
            throw Failure.invalid("frame declares another size than its width and height make");
        }
        return bytes;
    }

    /** @return the product of two sizes of at most 32 bits, or INVALID where no frame holds as much */
    static long product(long one, long other) {
        if (other > 0 && one > Integer.MAX_VALUE / other) {
            throw Failure.invalid("frame declares more than it can hold");
        }
        return one * other;
    }
}
