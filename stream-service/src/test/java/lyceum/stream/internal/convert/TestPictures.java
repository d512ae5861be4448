package lyceum.stream.internal.convert;

import io.vertx.core.buffer.Buffer;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** Files of pictures as cameras make them, and as nobody should. */
final class TestPictures {

    private static final byte[] PNG_SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    private static final int SEED = 7;

    private TestPictures() {}

    /** @return a picture of the type, with something to see */
    static BufferedImage image(int type, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, type);
        Random random = new Random(SEED);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, random.nextInt());
            }
        }
        return image;
    }

    static Buffer file(String format, RenderedImage image) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            if (!ImageIO.write(image, format, bytes)) {
                throw new IllegalArgumentException("no " + format + " of such a picture");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    static Buffer progressiveJpeg(BufferedImage image) {
        return jpeg(new IIOImage(image, null, null), ImageWriteParam.MODE_DEFAULT);
    }

    static Buffer jpegOfFourInks() {
        Raster inks = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 8, 8, 4, null);
        return jpeg(new IIOImage(inks, null, null), ImageWriteParam.MODE_DISABLED);
    }

    private static Buffer jpeg(IIOImage image, int progressiveMode) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam options = writer.getDefaultWriteParam();
        options.setProgressiveMode(progressiveMode);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, image, options);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    /**
     * A black picture whose strings of pixels become one longer with each of 3838 codes (GIF89a specification, appendix F).
     *
     * @param more codes of the longest string at the end
     * @param blocks what stands before the picture
     */
    static Buffer gif(int width, int height, int more, Buffer blocks) {
        Buffer gif = Buffer.buffer("GIF89a")
                .appendUnsignedShortLE(width)
                .appendUnsignedShortLE(height)
                .appendBytes(new byte[] {(byte) 0xF7, 0, 0})
                .appendBytes(new byte[768])
                .appendBuffer(blocks)
                .appendByte((byte) ',')
                .appendInt(0)
                .appendUnsignedShortLE(width)
                .appendUnsignedShortLE(height)
                .appendBytes(new byte[] {0, 8});
        byte[] codes = codes(width * height < 200 * 200 ? 4095 : 300, more);
        for (int from = 0; from < codes.length; from += 255) {
            int length = Math.min(255, codes.length - from);
            gif.appendUnsignedByte((short) length).appendBytes(codes, from, length);
        }
        return gif.appendBytes(new byte[] {0, ';'});
    }

    private static byte[] codes(int last, int more) {
        BitSet bits = new BitSet();
        int at = put(bits, 0, 256, 9);
        at = put(bits, at, 0, 9);
        for (int code = 258; code <= last; code++) {
            at = put(bits, at, code, Math.min(12, Integer.SIZE - Integer.numberOfLeadingZeros(code)));
        }
        for (int i = 0; i < more; i++) {
            at = put(bits, at, last, 12);
        }
        at = put(bits, at, 257, last == 4095 ? 12 : 9);
        return Arrays.copyOf(bits.toByteArray(), (at + 7) / 8);
    }

    private static int put(BitSet bits, int at, int code, int length) {
        for (int bit = 0; bit < length; bit++) {
            bits.set(at + bit, (code >> bit & 1) == 1);
        }
        return at + length;
    }

    /**
     * @param header the data of IHDR (ISO/IEC 15948, 11.2.2)
     * @param chunks what stands between it and the end
     */
    static Buffer png(Buffer header, Buffer... chunks) {
        Buffer png = Buffer.buffer(PNG_SIGNATURE).appendBuffer(chunk("IHDR", header));
        for (Buffer chunk : chunks) {
            png.appendBuffer(chunk);
        }
        return png.appendBuffer(chunk("IEND", Buffer.buffer()));
    }

    /** @param colourType 0 grey, 2 colour, 3 palette, 4 and 6 with opacity */
    static Buffer header(int width, int height, int bits, int colourType) {
        return Buffer.buffer()
                .appendInt(width)
                .appendInt(height)
                .appendByte((byte) bits)
                .appendByte((byte) colourType)
                .appendBytes(new byte[3]);
    }

    static Buffer chunk(String type, Buffer data) {
        Buffer content = Buffer.buffer(type).appendBuffer(data);
        CRC32 checksum = new CRC32();
        checksum.update(content.getBytes());
        return Buffer.buffer().appendInt(data.length()).appendBuffer(content).appendInt((int) checksum.getValue());
    }

    /** @param rows each begins with the byte of its filter, 0 */
    static Buffer data(byte... rows) {
        return chunk("IDAT", deflated(rows));
    }

    static Buffer deflated(byte[] bytes) {
        Deflater deflater = new Deflater();
        deflater.setInput(bytes);
        deflater.finish();
        byte[] deflated = new byte[bytes.length / 500 + bytes.length % 100_000 + 100];
        int length = deflater.deflate(deflated);
        deflater.end();
        return Buffer.buffer(deflated).slice(0, length);
    }

    static Buffer text(String text) {
        return Buffer.buffer(text.getBytes(StandardCharsets.ISO_8859_1));
    }
}
