package lyceum.gateway.mjpeg;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The parts of an MJPEG stream: the boundary, what it is and how long, and a picture. */
final class MjpegPart {

    /** Boundary included, as the contract has it (section 4.6). */
    static final String CONTENT_TYPE = "multipart/x-mixed-replace;boundary=frame";

    /** What is shown at once: 760 x 428 pixels, all black. */
    static final Buffer BLACK = still("black.jpg");

    /** What is shown while nothing comes: 760 x 428 pixels, "please stand by" before colour bars. */
    static final Buffer STAND_BY = still("stand-by.jpg");

    private MjpegPart() {}

    /** @param jpeg a picture */
    static Buffer of(Buffer jpeg) {
        String header = "--frame\r\nContent-Type: image/jpeg\r\nContent-Length: %d\r\n\r\n".formatted(jpeg.length());
        return Buffer.buffer(header.length() + jpeg.length() + 2)
                .appendString(header)
                .appendBuffer(jpeg)
                .appendString("\r\n");
    }

    private static Buffer still(String name) {
        try (InputStream file = MjpegPart.class.getResourceAsStream(name)) {
            return of(Buffer.buffer(file.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
