package lyceum.stream.internal;

import io.vertx.core.buffer.Buffer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;

/** Frames as the app on a HoloLens sends them (contract, 3.6), and recordings of them as the original writes them. */
public final class TestFrames {

    private static final int PICTURE_INFO_BYTES = 80;
    private static final int POSE_BYTES = 64;

    private TestFrames() {}

    public static Buffer jpeg(Color colour, int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(colour);
        graphics.fillRect(0, 0, width, height);
        graphics.dispose();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(file.toByteArray());
    }

    private static Buffer header(int version, int type, int width, int height, int size, int infoSize) {
        return Buffer.buffer()
                .appendByte((byte) version)
                .appendByte((byte) type)
                .appendLongLE(1_700_000_000_000L)
                .appendIntLE(width)
                .appendIntLE(height)
                .appendIntLE(size)
                .appendIntLE(infoSize);
    }

    /** @return a frame of the colour camera, version 2 */
    public static Buffer picture(Color colour, int width, int height) {
        Buffer jpeg = jpeg(colour, width, height);
        return header(2, 0, width, height, jpeg.length(), PICTURE_INFO_BYTES)
                .appendBuffer(jpeg)
                .appendBytes(new byte[PICTURE_INFO_BYTES]);
    }

    /** @return a frame of the depth camera, version 2, all as far away */
    public static Buffer depth(int millimetres, int width, int height) {
        Buffer frame = header(2, 1, width, height, 2, POSE_BYTES);
        for (int i = 0; i < width * height; i++) {
            frame.appendShortLE((short) millimetres);
        }
        return frame.appendBytes(new byte[POSE_BYTES]);
    }

    /** @param values three for each sample. @param times how many there are of them */
    public static Buffer motion(int times, float... values) {
        Buffer frame = header(3, 7, 3, values.length / 3, Float.BYTES, times * Long.BYTES);
        for (float value : values) {
            frame.appendFloatLE(value);
        }
        return frame.appendBytes(new byte[times * Long.BYTES]);
    }

    /** @return a piece of sound at 44,100 Hz, one channel */
    public static Buffer sound(long position, float... samples) {
        Buffer piece = Buffer.buffer().appendIntLE(44_100).appendIntLE(1).appendLongLE(position);
        for (float sample : samples) {
            piece.appendFloatLE(sample);
        }
        return piece;
    }

    /** Writes a stream of a recording. @param entries by id, in order */
    public static void record(Path root, String recording, String stream, Map<String, Buffer> entries) {
        List<String> ids = List.copyOf(entries.keySet());
        Path folder = root.resolve("raw").resolve(recording).resolve(stream);
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve("%s_%s.zip".formatted(ids.get(0), ids.get(ids.size() - 1)));
            try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(file), StandardCharsets.UTF_8)) {
                for (Map.Entry<String, Buffer> entry : entries.entrySet()) {
                    write(zip, entry.getKey(), entry.getValue().getBytes());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        ZipEntry entry = new ZipEntry(name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
