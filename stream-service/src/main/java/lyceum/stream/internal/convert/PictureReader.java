package lyceum.stream.internal.convert;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import lyceum.platform.Failure;

/**
 * Decodes JPEG, PNG, the first picture of a GIF, and BMP, whichever it is. How many pixels there are is asked before the
 * first is decoded, and a file that is not whole is refused, where ImageIO would make up the missing part.
 *
 * <p>Why not more formats: the JDK does not read WebP, and its reader of TIFF makes room for what each of many kinds of
 * tiles, tags and compressed pieces declares.
 */
final class PictureReader {

    private final ConversionLimits limits;

    PictureReader(ConversionLimits limits) {
        this.limits = limits;
    }

    /** Fails with INVALID where a picture of so many pixels is not decoded. */
    void requirePixels(long width, long height) {
        if (width > 0 && height > limits.pixels() / width) {
            throw Failure.invalid(
                    "picture of %d x %d is above the limit of %d pixels".formatted(width, height, limits.pixels()));
        }
    }

    /** @return the picture, or INVALID where it is broken, too large, or has more than 8 bits */
    Picture read8Bit(ByteBuffer file) {
        if (read(file) instanceof Picture picture) {
            return picture;
        }
        throw Failure.invalid("picture has more than 8 bits a sample");
    }

    /** @return a {@link Picture}, or a {@link Depth} where it is grey of 16 bits; INVALID where it is broken or too large */
    Content read(ByteBuffer file) {
        byte[] bytes = FrameBytes.copied(file);
        PictureFormat format = PictureFormat.of(bytes);
        byte[] readable = format.readable(bytes);
        ImageReader reader = ImageIO.getImageReadersByFormatName(format.name()).next();
        try (ImageInputStream stream = new MemoryCacheImageInputStream(new ByteArrayInputStream(readable))) {
            reader.setInput(stream, true, true);
            requirePixels(reader.getWidth(0), reader.getHeight(0));
            return requireColours(format, PixelContent.of(decoded(format, reader)));
        } catch (Failure e) {
            throw e;
        } catch (IOException | RuntimeException e) { // ImageIO fails with any of them, where a file contradicts itself
            throw Failure.invalid("picture cannot be decoded");
        } finally {
            reader.dispose();
        }
    }

    /** What follows the last pixel of a GIF would be decoded too, and may be thousands of times as much. */
    private static BufferedImage decoded(PictureFormat format, ImageReader reader) throws IOException {
        if (format != PictureFormat.GIF) {
            return reader.read(0);
        }
        WholePicture whole = new WholePicture();
        reader.addIIOReadProgressListener(whole);
        BufferedImage image = reader.read(0);
        if (!whole.isThere()) {
            throw Failure.invalid("GIF is cut off or damaged");
        }
        return image;
    }

    /** Four components in a JPEG are inks, which ImageIO takes for three colours and opacity. */
    private static Content requireColours(PictureFormat format, Content content) {
        if (format == PictureFormat.JPEG && content instanceof Picture picture && !picture.allOpaque()) {
            throw Failure.invalid("JPEG is neither grey nor of three colours");
        }
        return content;
    }
}
