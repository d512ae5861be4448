package lyceum.stream.internal.convert;

import static lyceum.stream.internal.convert.Failing.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures of all kinds, in files and out of them. */
class PicturesTest {

    private static final Buffer PALETTE = TestPictures.chunk("PLTE", TestPictures.text("\1\2\3\377\0\7"));

    private final Converters converters = new Converters(TestLimits.USUAL);

    @Test
    void readsColoursAsTheyAre() {
        Buffer png = TestPictures.png(TestPictures.header(2, 1, 8, 2), TestPictures.data(bytes(0, 1, 2, 3, 255, 5, 6)));

        assertThat(converted(png, "json")).hasToString("[[[1,2,3],[255,5,6]]]");
    }

    @Test
    void readsGreyAsItIs() {
        Buffer png =
                TestPictures.png(TestPictures.header(2, 2, 8, 0), TestPictures.data(bytes(0, 1, 100, 0, 200, 255)));

        assertThat(converted(png, "json")).hasToString("[[1,100],[200,255]]");
        assertThat(converted(png, "image").getBytes()).isEqualTo(bytes(1, 100, 200, 255));
    }

    @ParameterizedTest
    @CsvSource({"1, 0xC0, '[[255,255]]'", "2, 0x60, '[[85,170]]'", "4, 0x1F, '[[17,255]]'"})
    void spreadsGreyOfFewerBits(int bits, String row, String json) {
        Buffer png =
                TestPictures.png(TestPictures.header(2, 1, bits, 0), TestPictures.data(bytes(0, Integer.decode(row))));

        assertThat(converted(png, "json")).hasToString(json);
    }

    @Test
    void readsGreyOf16BitsAsDepth() {
        Buffer png = TestPictures.png(TestPictures.header(2, 1, 16, 0), TestPictures.data(bytes(0, 1, 2, 255, 254)));

        assertThat(converted(png, "json")).hasToString("[[258,65534]]");
        assertThat(converted(converted(png, "png"), "json")).hasToString("[[258,65534]]");
        assertInvalid("a depth picture cannot be converted to jpg", () -> converted(png, "jpg"));
        assertInvalid("a depth picture cannot be converted to image", () -> converted(png, "gll"));
        assertInvalid("a depth picture cannot be converted to nv12", () -> converted(png, "pv"));
    }

    @Test
    void takesTheUpperHalfOfColoursOf16Bits() {
        Buffer png =
                TestPictures.png(TestPictures.header(1, 1, 16, 2), TestPictures.data(bytes(0, 1, 255, 2, 0, 255, 255)));

        assertThat(converted(png, "json")).hasToString("[[[1,2,255]]]");
    }

    @Test
    void keepsOpacityWhereItCan() {
        Buffer png = TestPictures.png(TestPictures.header(1, 1, 8, 6), TestPictures.data(bytes(0, 10, 20, 30, 40)));

        assertThat(converted(png, "json")).hasToString("[[[10,20,30,40]]]");
        assertThat(converted(converted(png, "png"), "json")).hasToString("[[[10,20,30,40]]]");
    }

    @Test
    void keepsOpacityOfGrey() {
        Buffer png = TestPictures.png(TestPictures.header(1, 1, 8, 4), TestPictures.data(bytes(0, 10, 40)));

        assertThat(converted(png, "json")).hasToString("[[[10,40]]]");
        assertThat(converted(converted(png, "png"), "json")).hasToString("[[[10,40]]]");
        assertThat(converted(converted(png, "jpg"), "json")).hasToString("[[10]]");
    }

    @Test
    void makesAllOfAJpegOpaque() {
        BufferedImage image = TestPictures.image(BufferedImage.TYPE_4BYTE_ABGR, 4, 4);

        Buffer jpeg = converted(TestPictures.file("png", image), "jpg");

        assertThat(converted(jpeg, "ndarray").length()).isEqualTo(4 * 4 * 3 * Float.BYTES);
    }

    @Test
    void readsThePaletteAsItsColours() {
        Buffer png = TestPictures.png(TestPictures.header(2, 1, 8, 3), PALETTE, TestPictures.data(bytes(0, 1, 0)));

        assertThat(converted(png, "json")).hasToString("[[[255,0,7],[1,2,3]]]");
    }

    @Test
    void readsAPaletteOfGreysAsGrey() {
        Buffer greys = TestPictures.chunk("PLTE", TestPictures.text("\1\1\1\377\377\377"));
        Buffer png = TestPictures.png(TestPictures.header(2, 1, 8, 3), greys, TestPictures.data(bytes(0, 1, 0)));

        assertThat(converted(png, "json")).hasToString("[[255,1]]");
    }

    @ParameterizedTest
    @CsvSource({
        "gif, " + BufferedImage.TYPE_BYTE_INDEXED,
        "gif, " + BufferedImage.TYPE_BYTE_GRAY,
        "gif, " + BufferedImage.TYPE_BYTE_BINARY,
        "bmp, " + BufferedImage.TYPE_INT_RGB,
        "bmp, " + BufferedImage.TYPE_BYTE_INDEXED,
        "bmp, " + BufferedImage.TYPE_BYTE_GRAY,
        "bmp, " + BufferedImage.TYPE_BYTE_BINARY
    })
    void readsTheSameOutOfOtherFormats(String format, int type) {
        BufferedImage image = TestPictures.image(type, 21, 10);

        assertThat(converted(TestPictures.file(format, image), "json"))
                .isEqualTo(converted(TestPictures.file("png", image), "json"));
    }

    @Test
    void readsColoursThatShareANumber() {
        BufferedImage image = new BufferedImage(2, 1, BufferedImage.TYPE_USHORT_565_RGB);
        image.setRGB(0, 0, 0xFF0000);
        image.setRGB(1, 0, 0x00FFFF);

        assertThat(converted(TestPictures.file("bmp", image), "json")).hasToString("[[[255,0,0],[0,255,255]]]");
    }

    @Test
    void readsTheFirstPictureOfAGif() {
        Buffer first = TestPictures.gif(3, 2, 0, Buffer.buffer());
        Buffer second = TestPictures.gif(200, 200, 0, Buffer.buffer());

        assertThat(converted(
                        first.getBuffer(0, first.length() - 1).appendBuffer(second, 781, second.length() - 781),
                        "json"))
                .hasToString("[[0,0,0],[0,0,0]]");
    }

    @Test
    void readsProgressiveJpeg() {
        BufferedImage image = TestPictures.image(BufferedImage.TYPE_INT_RGB, 32, 16);

        assertThat(converted(TestPictures.progressiveJpeg(image), "ndarray").length())
                .isEqualTo(32 * 16 * 3 * Float.BYTES);
    }

    @Test
    void readsWhatFollowsTheEndOfAJpegAsNothing() {
        Buffer jpeg = TestPictures.file("jpg", TestPictures.image(BufferedImage.TYPE_INT_RGB, 8, 8));

        assertThat(converted(jpeg.copy().appendString("more"), "json")).isEqualTo(converted(jpeg, "json"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"png", "jpg"})
    void writesFilesThatOthersRead(String format) throws IOException {
        BufferedImage image = TestPictures.image(BufferedImage.TYPE_INT_RGB, 9, 7);

        Buffer file = converted(TestPictures.file("png", image), format);

        BufferedImage read = ImageIO.read(new ByteArrayInputStream(file.getBytes()));
        assertThat(read.getWidth()).isEqualTo(9);
        assertThat(read.getHeight()).isEqualTo(7);
        assertThat(read.getRaster().getNumBands()).isEqualTo(3);
    }

    @Test
    void writesNv12WithColoursInTheirPlaces() {
        Buffer frame = RecordedStep.frame("v3_pv");

        byte[] nv12 = converters
                .conversion("main", "", "nv12")
                .orElseThrow()
                .convert(frame)
                .bytes()
                .getBytes();

        // The recorded bytes of the picture whose red and blue the original exchanged: 42 for Y, C6 for U, 82 for V.
        assertThat(nv12).hasSize(8 * 9);
        IntStream.range(0, 8 * 6).forEach(i -> assertThat(nv12[i]).isEqualTo((byte) 0x42));
        IntStream.range(8 * 6, 8 * 9).forEach(i -> assertThat(nv12[i]).isEqualTo((byte) (i % 2 == 0 ? 0xC6 : 0x82)));
    }

    @Test
    void turnsNv12BackIntoTheSamePicture() {
        byte[] rgb = bytes(200, 29, 61, 200, 29, 61, 200, 29, 61, 200, 29, 61);
        byte[] nv12 = Nv12.write(new Picture(2, 2, 3, rgb));

        Picture back = Nv12.read(ByteBuffer.wrap(nv12), 2, 3, 0);

        IntStream.range(0, rgb.length)
                .forEach(i -> assertThat(Math.abs((back.samples()[i] & 0xFF) - (rgb[i] & 0xFF)))
                        .isLessThanOrEqualTo(2));
    }

    @ParameterizedTest
    @CsvSource({"3, 2", "2, 3"})
    void refusesNv12OfOddSides(int width, int height) {
        Buffer png = TestPictures.file("png", TestPictures.image(BufferedImage.TYPE_INT_RGB, width, height));

        assertInvalid(
                "a picture of " + width + " x " + height + " cannot be converted to nv12",
                () -> converted(png, "nv12"));
    }

    @Test
    void refusesWhatNeedsAnotherKindOfPicture() {
        Buffer grey = TestPictures.file("png", TestPictures.image(BufferedImage.TYPE_BYTE_GRAY, 2, 2));
        Buffer colour = TestPictures.file("png", TestPictures.image(BufferedImage.TYPE_INT_RGB, 2, 2));

        assertInvalid("a grey picture cannot be converted to nv12", () -> converted(grey, "nv12"));
        assertInvalid("a colour picture cannot be converted to image", () -> converted(colour, "image"));
        assertInvalid("a colour picture cannot be converted to same", () -> converted(colour, "same"));
    }

    @Test
    void refusesSidesThatNoJpegHas() {
        Buffer png = TestPictures.file("png", new BufferedImage(65_501, 1, BufferedImage.TYPE_BYTE_GRAY));

        assertInvalid("picture cannot be encoded as JPEG", () -> converted(png, "jpg"));
    }

    @Test
    void convertsOnManyThreadsAtOnce() throws Exception {
        Buffer jpeg = TestPictures.file("jpg", TestPictures.image(BufferedImage.TYPE_INT_RGB, 64, 64));
        Conversion conversion = converters.conversion("x", "jpg", "png").orElseThrow();
        Buffer once = conversion.convert(jpeg).bytes();
        ExecutorService threads = Executors.newFixedThreadPool(4);

        List<Future<Buffer>> many = IntStream.range(0, 200)
                .mapToObj(i -> threads.submit(() -> conversion.convert(jpeg).bytes()))
                .toList();

        for (Future<Buffer> each : many) {
            assertThat(each.get()).isEqualTo(once);
        }
        threads.shutdown();
    }

    private Buffer converted(Buffer file, String output) {
        return converters
                .conversion("x", "png", output)
                .orElseThrow()
                .convert(file)
                .bytes();
    }

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }
}
