package lyceum.launcher.stream;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;

/** Who fills the streams of {@code mjpeg.json}: the pictures are of 8 x 6 pixels and of one colour. */
record Cameras(Vertx vertx, Visitors visitors) {

    private static final int WIDTH = 8;
    private static final int HEIGHT = 6;
    private static final int INFO_BYTES = 80;
    private static final long HALF_SECOND_MILLIS = 500;

    /** Before the first case: two files in {@code cam}. */
    void fill() {
        Buffer jpeg = jpeg();
        visitors.pushAll(
                "[[\"cam\",%d],[\"cam\",%d]]".formatted(jpeg.length(), 2 * jpeg.length()),
                Buffer.buffer().appendBuffer(jpeg).appendBuffer(jpeg));
    }

    /** Does what the recording of a show says in words. */
    void act(String words) {
        if (words.isEmpty()) {
            return;
        }
        if (!words.equals("three holo frames are added to stream main 0.5 s apart")) {
            throw new IllegalArgumentException("nobody knows how to " + words);
        }
        for (int i = 0; i < 3; i++) {
            vertx.timer(HALF_SECOND_MILLIS, TimeUnit.MILLISECONDS).await();
            Buffer frame = frame();
            visitors.pushAll("[[\"main\",%d]]".formatted(frame.length()), frame);
        }
    }

    private static Buffer jpeg() {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        graphics.setColor(new Color(200, 30, 60));
        graphics.fillRect(0, 0, WIDTH, HEIGHT);
        graphics.dispose();
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(file.toByteArray());
    }

    /** @return a frame of the colour camera, version 3, in which red and blue are exchanged (contract, 3.6) */
    private static Buffer frame() {
        Buffer jpeg = jpeg();
        return Buffer.buffer()
                .appendByte((byte) 3)
                .appendByte((byte) 0)
                .appendLongLE(System.currentTimeMillis())
                .appendIntLE(WIDTH)
                .appendIntLE(HEIGHT)
                .appendIntLE(jpeg.length())
                .appendIntLE(INFO_BYTES)
                .appendBuffer(jpeg)
                .appendBytes(new byte[INFO_BYTES]);
    }
}
