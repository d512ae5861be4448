package lyceum.stream.internal.convert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.function.Function;
import javax.imageio.ImageIO;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.internal.TestFrames;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportFormsTest {

    private final ExportForms forms = new ExportForms(new ConversionLimits(1 << 20, 1 << 20));

    @Test
    void readsPicturesOfCamerasAndFiles() throws IOException {
        for (Buffer entry : new Buffer[] {TestFrames.picture(Color.RED, 16, 8), TestFrames.jpeg(Color.RED, 16, 8)}) {
            BufferedImage picture = image(forms.picture(entry));
            assertThat(picture.getWidth()).isEqualTo(16);
            assertThat(picture.getHeight()).isEqualTo(8);
            assertThat(picture.getRGB(8, 4) >> 16 & 0xFF).isGreaterThan(240);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "800, 125", "1638, 255", "1639, 255", "4095, 255"})
    void makesDepthGrey(int millimetres, int grey) throws IOException {
        BufferedImage picture = image(forms.picture(TestFrames.depth(millimetres, 16, 8)));

        assertThat(picture.getRaster().getSample(8, 4, 0)).isBetween(grey - 2, grey + 2);
    }

    @Test
    void makesPicturesSmaller() throws IOException {
        BufferedImage small = image(forms.thumbnail(TestFrames.jpeg(Color.BLUE, 100, 50), 20));

        assertThat(small.getWidth()).isEqualTo(20);
        assertThat(small.getHeight()).isEqualTo(10);
        assertThat(small.getRGB(10, 5) & 0xFF).isGreaterThan(240);
        assertThat(image(forms.thumbnail(TestFrames.depth(800, 100, 50), 20)).getWidth())
                .isEqualTo(20);
        assertThat(image(forms.thumbnail(TestFrames.jpeg(Color.BLUE, 10, 5), 20))
                        .getWidth())
                .isEqualTo(10);
    }

    private static BufferedImage image(Buffer jpeg) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(jpeg.getBytes()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":1}          | {\"timestamp\":\"1-0\",\"a\":1}",
                "{\"a\" : { } }     | {\"timestamp\":\"1-0\",\"a\":{}}",
                "{ }                | {\"timestamp\":\"1-0\"}",
                "[{\"b\":2}, 3]     | {\"timestamp\":\"1-0\",\"values\":[{\"b\":2},3]}",
                "[ 1 ]              | {\"timestamp\":\"1-0\",\"values\":[1]}",
                "17                 | {\"timestamp\":\"1-0\",\"data\":17}"
            })
    void writesFramesWithTheirIds(String entry, String expected) {
        assertThat(forms.frame("1-0", Buffer.buffer(entry))).hasToString(expected);
    }

    @Test
    void writesAsManySamplesAsHaveTimes() {
        assertThat(forms.samples(TestFrames.motion(1, 1, 2, 3, 4, 5, 6))).hasToString("[1.0,2.0,3.0]");
        assertThat(forms.samples(TestFrames.motion(0, 1, 2, 3))).hasToString("");
    }

    @Test
    void readsSound() {
        SoundPiece piece = forms.sound(TestFrames.sound(7, 0.5f, -0.5f));

        assertThat(piece.length()).isEqualTo(2);
        assertThat(piece.position()).isEqualTo(7);
        assertThat(piece.samples()).containsExactly(0.5f, -0.5f);
    }

    @Test
    void refusesWhatIsNothingOfTheKind() {
        Buffer junk = Buffer.buffer("junk that is no frame");
        assertInvalid(forms::picture, junk);
        assertInvalid(forms::picture, TestFrames.motion(1, 1, 2, 3));
        assertInvalid(forms::picture, Buffer.buffer());
        assertInvalid(forms::samples, junk);
        assertInvalid(forms::samples, TestFrames.picture(Color.RED, 8, 8));
        assertInvalid(forms::samples, Buffer.buffer());
        assertInvalid(forms::sound, junk);
        assertInvalid(forms::sound, Buffer.buffer());
        assertInvalid(entry -> forms.frame("1-0", entry), junk);
        assertInvalid(entry -> forms.thumbnail(entry, 10), junk);
        assertInvalid(forms::picture, Buffer.buffer(new byte[(1 << 20) + 1]));
        assertInvalid(forms::samples, Buffer.buffer(new byte[(1 << 20) + 1]));
    }

    private static void assertInvalid(Function<Buffer, ?> form, Buffer entry) {
        assertThatThrownBy(() -> form.apply(entry))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.INVALID));
    }
}
