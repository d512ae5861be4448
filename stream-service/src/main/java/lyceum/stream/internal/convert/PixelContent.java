package lyceum.stream.internal.convert;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.DirectColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.stream.IntStream;
import lyceum.platform.Failure;

/** Takes the samples of a decoded picture as they are, without converting them between colour spaces. */
final class PixelContent {

    private static final int RGB = 3;

    private PixelContent() {}

    /** @return a {@link Picture}, or a {@link Depth} where it is grey of 16 bits */
    static Content of(BufferedImage image) {
        Raster raster = image.getRaster();
        if (image.getColorModel() instanceof IndexColorModel palette) {
            return indexed(raster, palette);
        }
        if (image.getColorModel() instanceof DirectColorModel) {
            return packed(image);
        }
        return switch (raster.getTransferType()) {
            case DataBuffer.TYPE_BYTE -> of8Bit(raster);
            case DataBuffer.TYPE_USHORT -> raster.getNumBands() == 1 ? depth(raster) : of16Bit(raster);
            default -> throw Failure.invalid("picture has samples that are neither of 8 nor of 16 bits");
        };
    }

    private static Picture of8Bit(Raster raster) {
        int rowBytes = raster.getWidth() * raster.getNumBands();
        byte[] samples = new byte[rowBytes * raster.getHeight()];
        byte[] row = new byte[rowBytes];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getDataElements(0, y, raster.getWidth(), 1, row);
            System.arraycopy(row, 0, samples, y * rowBytes, rowBytes);
        }
        return picture(raster, raster.getNumBands(), samples);
    }

    private static Depth depth(Raster raster) {
        short[] values = new short[raster.getWidth() * raster.getHeight()];
        raster.getDataElements(0, 0, raster.getWidth(), raster.getHeight(), values);
        return new Depth(raster.getWidth(), raster.getHeight(), values);
    }

    /** More than one sample of 16 bits: their upper halves. */
    private static Picture of16Bit(Raster raster) {
        int rowSamples = raster.getWidth() * raster.getNumBands();
        byte[] samples = new byte[rowSamples * raster.getHeight()];
        int[] row = new int[rowSamples];
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, raster.getWidth(), 1, row);
            for (int i = 0; i < rowSamples; i++) {
                samples[y * rowSamples + i] = (byte) (row[i] >> Byte.SIZE);
            }
        }
        return picture(raster, raster.getNumBands(), samples);
    }

    /** Colours of a palette, or grey where all of them are; what is transparent in it counts as opaque. */
    private static Picture indexed(Raster raster, IndexColorModel palette) {
        int channels = grey(palette) ? 1 : RGB;
        byte[] samples = new byte[raster.getWidth() * raster.getHeight() * channels];
        int[] row = new int[raster.getWidth()];
        int next = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, raster.getWidth(), 1, row);
            for (int index : row) {
                byte[] colour = {
                    (byte) palette.getRed(index), (byte) palette.getGreen(index), (byte) palette.getBlue(index)
                };
                System.arraycopy(colour, 0, samples, next, channels);
                next += channels;
            }
        }
        return picture(raster, channels, samples);
    }

    /** Colours that share the bits of one number; what is transparent counts as opaque. */
    private static Picture packed(BufferedImage image) {
        int width = image.getWidth();
        byte[] samples = new byte[width * image.getHeight() * RGB];
        int[] row = new int[width];
        int next = 0;
        for (int y = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int rgb : row) {
                samples[next++] = (byte) (rgb >> 2 * Byte.SIZE);
                samples[next++] = (byte) (rgb >> Byte.SIZE);
                samples[next++] = (byte) rgb;
            }
        }
        return picture(image.getRaster(), RGB, samples);
    }

    private static boolean grey(IndexColorModel palette) {
        return IntStream.range(0, palette.getMapSize())
                .allMatch(index -> palette.getRed(index) == palette.getGreen(index)
                        && palette.getGreen(index) == palette.getBlue(index));
    }

    private static Picture picture(Raster raster, int channels, byte[] samples) {
        return new Picture(raster.getWidth(), raster.getHeight(), channels, samples);
    }
}
