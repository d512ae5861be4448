package lyceum.stream.internal.convert;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import java.util.stream.IntStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;
import lyceum.platform.Failure;

/** Encodes pictures without copying their samples. JPEG is of quality 75, as the original's and as ImageIO's own. */
final class PictureWriter {

    private static final int GREY_CHANNELS = 2;

    private final ConversionLimits limits;

    PictureWriter(ConversionLimits limits) {
        this.limits = limits;
    }

    /** @return the file, or INVALID where it is too large or the format has no such sides */
    byte[] write(Picture picture, PictureFormat format) {
        int channels = picture.channels();
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferByte(picture.samples(), picture.samples().length),
                picture.width(),
                picture.height(),
                picture.width() * channels,
                channels,
                IntStream.range(0, channels).toArray(),
                null);
        return write(raster, channels, format);
    }

    /** @return the file, or INVALID where it is too large or the format has no such sides */
    byte[] write(Depth depth, PictureFormat format) {
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferUShort(depth.values(), depth.values().length),
                depth.width(),
                depth.height(),
                depth.width(),
                1,
                new int[] {0},
                null);
        return write(raster, 1, format);
    }

    private byte[] write(WritableRaster raster, int channels, PictureFormat format) {
        ColorModel colours = new ComponentColorModel(
                ColorSpace.getInstance(channels <= GREY_CHANNELS ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB),
                channels % 2 == 0,
                false,
                channels % 2 == 0 ? ColorModel.TRANSLUCENT : ColorModel.OPAQUE,
                raster.getTransferType());
        return write(new BufferedImage(colours, raster, false, null), format);
    }

    private byte[] write(BufferedImage image, PictureFormat format) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format.name()).next();
        BoundedBytes bytes = new BoundedBytes(limits.bytes());
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), null);
        } catch (IOException e) { // a side of more than 65,500 pixels, which no JPEG has
            throw Failure.invalid("picture cannot be encoded as " + format);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }
}
