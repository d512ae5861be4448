package lyceum.media.internal.live;

import io.vertx.core.buffer.Buffer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import lyceum.media.PictureFilm;

/** Pictures of one colour each. */
final class TestPictures {

    private TestPictures() {}

    /** @return a film of so many pictures, of an odd size */
    static Buffer film(int pictures, long everyMillis) {
        Buffer film = PictureFilm.beginning();
        for (int i = 0; i < pictures; i++) {
            film.appendBuffer(PictureFilm.picture(i * everyMillis, picture(new Color(i * 8 % 256, 100, 50))));
        }
        return film;
    }

    static Buffer picture(Color colour) {
        BufferedImage image = new BufferedImage(63, 47, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setColor(colour);
        canvas.fillRect(0, 0, 63, 47);
        canvas.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Buffer.buffer(bytes.toByteArray());
    }
}
