package lyceum.media;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is written is read by ffmpeg. */
final class PictureFilmTest {

    @TempDir
    Path directory;

    @Test
    void isReadAsPicturesAtTheirTimes() throws Exception {
        Buffer film = PictureFilm.beginning();
        List<Long> millis = List.of(0L, 40L, 41L, 1_500L, 90_000_000L);
        for (long time : millis) {
            film.appendBuffer(PictureFilm.picture(time, picture()));
        }
        Path file = Files.write(directory.resolve("film.mkv"), film.getBytes());
        String frames = TestFfmpeg.output(
                List.of("-f", "matroska", "-i", file.toString(), "-c", "copy", "-copyts", "-f", "framehash", "-"));
        List<Long> times = frames.lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> Long.parseLong(line.split(",")[2].strip()))
                .toList();
        assertThat(frames).contains("#dimensions 0: 64x48", "#tb 0: 1/1000");
        assertThat(times).isEqualTo(millis);
    }

    private static Buffer picture() throws IOException {
        BufferedImage image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
        Graphics2D canvas = image.createGraphics();
        canvas.setColor(Color.ORANGE);
        canvas.fillRect(0, 0, 64, 48);
        canvas.dispose();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "jpg", bytes);
        return Buffer.buffer(bytes.toByteArray());
    }
}
