package lyceum.stream.internal.convert;

import io.vertx.core.buffer.Buffer;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import lyceum.platform.Failure;

/**
 * What the files are made of that a recording is exported to (contract, 4.4), entry by entry. Everything fails with INVALID
 * where nothing of that kind can be made of an entry. Any thread may use it, but none that must not wait.
 */
public final class ExportForms {

    /** Depth is told in millimetres of 16 bits; the original makes near things visible by it (contract, 4.4). */
    private static final int DEPTH_SCALE = 40;

    private static final int MOST_DEPTH = 0xFFFF;
    private static final int GREY_BITS = 8;

    private final ConversionLimits limits;
    private final PictureReader reader;
    private final PictureWriter writer;
    private final HoloFrames frames;

    /** @param limits of each entry */
    public ExportForms(ConversionLimits limits) {
        this.limits = limits;
        this.reader = new PictureReader(limits);
        this.writer = new PictureWriter(limits);
        this.frames = new HoloFrames(reader, limits);
    }

    /** @return a JPEG of what a camera has seen; depth is grey, lighter where things are farther, and white from 1.6 m on */
    public Buffer picture(Buffer entry) {
        return Buffer.buffer(writer.write(seen(entry).opaque(), PictureFormat.JPEG));
    }

    /** @param mostPixels longer side. @return a small JPEG */
    public Buffer thumbnail(Buffer entry, int mostPixels) {
        Picture picture = seen(entry).opaque();
        double scale = Math.min(1, (double) mostPixels / Math.max(picture.width(), picture.height()));
        return Buffer.buffer(writer.write(scale == 1 ? picture : scaled(picture, scale), PictureFormat.JPEG));
    }

    private Picture seen(Buffer entry) {
        limits.requireSize(entry);
        ByteBuffer bytes = ByteBuffer.wrap(entry.getBytes());
        Content content =
                isFile(entry) ? reader.read(bytes) : frames.read(bytes).content();
        if (content instanceof Picture picture) {
            return picture;
        }
        if (content instanceof Depth depth) {
            return grey(depth);
        }
        throw content.cannotBe("a picture");
    }

    /** Frames begin with a version, files of pictures with what no version is. */
    private static boolean isFile(Buffer entry) {
        return entry.length() > 0 && Byte.toUnsignedInt(entry.getByte(0)) >= 'B';
    }

    private static Picture grey(Depth depth) {
        byte[] samples = new byte[depth.values().length];
        for (int i = 0; i < samples.length; i++) {
            int scaled = Math.min(MOST_DEPTH, Short.toUnsignedInt(depth.values()[i]) * DEPTH_SCALE);
            samples[i] = (byte) (scaled >> GREY_BITS);
        }
        return new Picture(depth.width(), depth.height(), 1, samples);
    }

    private static Picture scaled(Picture picture, double scale) {
        boolean isGrey = picture.grey();
        int type = isGrey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR;
        BufferedImage from = new BufferedImage(picture.width(), picture.height(), type);
        from.getRaster().setDataElements(0, 0, picture.width(), picture.height(), picture.samples());
        int width = (int) Math.max(1, Math.round(picture.width() * scale));
        int height = (int) Math.max(1, Math.round(picture.height() * scale));
        BufferedImage to = new BufferedImage(width, height, type);
        Graphics2D graphics = to.createGraphics();
        graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        graphics.drawImage(from, 0, 0, width, height, null);
        graphics.dispose();
        byte[] samples = ((DataBufferByte) to.getRaster().getDataBuffer()).getData();
        // The image keeps blue first.
        return isGrey
                ? new Picture(width, height, 1, samples)
                : new Picture(width, height, 3, samples).redAndBlueSwapped();
    }

    /** @return a JSON object: {@code timestamp}, and the members of the frame, or of the JSON that the entry is */
    public Buffer frame(String id, Buffer entry) {
        limits.requireSize(entry);
        String members = members(entry);
        String timestamp = "{\"timestamp\":\"" + id + '"';
        return Buffer.buffer(members.equals("{}") ? timestamp + '}' : timestamp + ',' + members.substring(1));
    }

    private String members(Buffer entry) {
        ByteBuffer bytes = ByteBuffer.wrap(entry.getBytes());
        try {
            return new String(Json.write(frames.read(bytes), limits.bytes()), StandardCharsets.UTF_8);
        } catch (Failure noFrame) {
            // What other programs push is JSON, mostly.
            String json = new String(
                    JsonText.read(FrameBytes.copied(ByteBuffer.wrap(entry.getBytes())), limits)
                            .utf8(),
                    StandardCharsets.UTF_8);
            return json.startsWith("{")
                    ? json
                    : "{\"" + (json.startsWith("[") ? "values" : "data") + "\":" + json + '}';
        }
    }

    /** @return the samples of an IMU in JSON, each {@code [x,y,z]}, with commas between; of as many as have a time */
    public Buffer samples(Buffer entry) {
        limits.requireSize(entry);
        HoloHeader header = HoloHeader.read(new FrameBytes(ByteBuffer.wrap(entry.getBytes())));
        Content content = frames.read(ByteBuffer.wrap(entry.getBytes())).content();
        if (!(content instanceof Floats floats) || floats.columns() == 0) {
            throw content.cannotBe("samples");
        }
        long timed = header.infoSize() / Long.BYTES;
        int rows = (int) Math.min(floats.values().length / floats.columns(), timed);
        float[] values = Arrays.copyOf(floats.values(), rows * floats.columns());
        String json =
                new String(Json.write(new Floats(values, floats.columns()), limits.bytes()), StandardCharsets.UTF_8);
        return Buffer.buffer(json.substring(1, json.length() - 1));
    }

    /** @return the sound of a microphone */
    public SoundPiece sound(Buffer entry) {
        limits.requireSize(entry);
        FrameBytes bytes = new FrameBytes(ByteBuffer.wrap(entry.getBytes()));
        SoundPiece piece = Sound.piece(bytes);
        if (piece.sampleRateHertz() < 1) {
            throw Failure.invalid("frame has no sample rate");
        }
        return piece;
    }
}
