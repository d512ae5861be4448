package lyceum.stream.internal.convert;

import java.nio.ByteBuffer;
import lyceum.platform.Failure;

/**
 * A picture as video hardware has it: a plane of brightness, and below it one of colours, for each 2 x 2 pixels a U and a
 * V side by side. Values are those of ITU-R BT.601 with a range of 16..235.
 */
final class Nv12 {

    private static final int RGB = 3;
    private static final int PIXELS_OF_COLOUR = 4;

    private Nv12() {}

    /**
     * @param plane of width by height bytes
     * @param height one and a half of the picture's
     * @param padding columns at the right that are none of the picture
     * @return the picture, or INVALID where no picture has such a plane
     */
    static Picture read(ByteBuffer plane, int width, int height, int padding) {
        if (width % 2 != 0 || width <= padding || height % RGB != 0) {
            throw Failure.invalid("frame has no picture of %d x %d bytes".formatted(width, height));
        }
        int columns = width - padding;
        int rows = height / 3 * 2;
        byte[] samples = new byte[columns * rows * RGB];
        int next = 0;
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++, next += RGB) {
                int colour = (rows + row / 2) * width + column / 2 * 2;
                int y = Byte.toUnsignedInt(plane.get(row * width + column));
                int u = Byte.toUnsignedInt(plane.get(colour));
                int v = Byte.toUnsignedInt(plane.get(colour + 1));
                Bt601.putRgb(samples, next, y, u, v);
            }
        }
        return new Picture(columns, rows, RGB, samples);
    }

    /** @return the bytes of a picture in colours, or INVALID where a side is odd */
    static byte[] write(Picture picture) {
        int width = picture.width();
        int height = picture.height();
        if (width % 2 != 0 || height % 2 != 0) {
            throw Failure.invalid("a picture of %d x %d cannot be converted to nv12".formatted(width, height));
        }
        byte[] bytes = new byte[width * height * 3 / 2];
        for (int pixel = 0; pixel < width * height; pixel++) {
            bytes[pixel] = Bt601.y(picture.sample(pixel, 0), picture.sample(pixel, 1), picture.sample(pixel, 2));
        }
        int next = width * height;
        for (int row = 0; row < height; row += 2) {
            for (int column = 0; column < width; column += 2, next += 2) {
                putColour(bytes, next, picture, row * width + column);
            }
        }
        return bytes;
    }

    /** Puts the colour of four pixels, of which the upper left is given. */
    private static void putColour(byte[] bytes, int next, Picture picture, int pixel) {
        int[] mean = new int[RGB];
        for (int channel = 0; channel < RGB; channel++) {
            int sum = picture.sample(pixel, channel)
                    + picture.sample(pixel + 1, channel)
                    + picture.sample(pixel + picture.width(), channel)
                    + picture.sample(pixel + picture.width() + 1, channel);
            mean[channel] = (sum + PIXELS_OF_COLOUR / 2) / PIXELS_OF_COLOUR;
        }
        bytes[next] = Bt601.u(mean[0], mean[1], mean[2]);
        bytes[next + 1] = Bt601.v(mean[0], mean[1], mean[2]);
    }
}
