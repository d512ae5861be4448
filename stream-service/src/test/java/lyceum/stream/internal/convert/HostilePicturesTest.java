package lyceum.stream.internal.convert;

import static lyceum.stream.internal.convert.Failing.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.vertx.core.buffer.Buffer;
import java.awt.image.BufferedImage;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures that are cut off, damaged, or much larger than their files. */
class HostilePicturesTest {

    private static final int SMALL = 1 << 20;
    private static final int BOMB_BYTES = 100 << 20;
    private static final Duration SOON = Duration.ofSeconds(5);
    private static final int SEED = 20_261_124;
    private static final BufferedImage IMAGE = TestPictures.image(BufferedImage.TYPE_INT_RGB, 20, 10);

    private final Converters converters = new Converters(TestLimits.USUAL);
    private final Converters small = new Converters(new ConversionLimits(200, 100_000));

    static Stream<Buffer> pictures() {
        return Stream.of(
                TestPictures.file("jpg", IMAGE),
                TestPictures.progressiveJpeg(IMAGE),
                TestPictures.file("png", IMAGE),
                TestPictures.file("png", TestPictures.image(BufferedImage.TYPE_BYTE_INDEXED, 20, 10)),
                withoutTrailer(TestPictures.file("gif", TestPictures.image(BufferedImage.TYPE_BYTE_INDEXED, 20, 10))),
                TestPictures.file("bmp", IMAGE),
                TestPictures.file("bmp", TestPictures.image(BufferedImage.TYPE_BYTE_INDEXED, 20, 10)),
                TestPictures.file("bmp", TestPictures.image(BufferedImage.TYPE_USHORT_565_RGB, 20, 10)));
    }

    /** Nobody needs it who reads the first picture only. */
    private static Buffer withoutTrailer(Buffer gif) {
        return gif.getBuffer(0, gif.length() - 1);
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void refusesAPictureThatIsCutOff(Buffer file) {
        for (int length = 0; length < file.length(); length++) {
            Buffer cut = file.getBuffer(0, length);
            assertInvalid(() -> converted(converters, cut));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\u00FF\u00D8", "RIFF    WEBP", "II*\0", "\u0089PNG", "<svg/>"})
    void refusesOtherFormats(String begin) {
        Buffer file = TestPictures.text(begin);

        assertInvalid("picture is none of JPEG, PNG, GIF and BMP", () -> converted(converters, file));
    }

    @ParameterizedTest
    @CsvSource({"65535, 65535", "2147483647, 2147483647", "8388609, 1", "1, 8388609"})
    void refusesMorePixelsThanTheLimit(int width, int height) {
        Buffer png = TestPictures.png(TestPictures.header(width, height, 8, 2), TestPictures.data(new byte[100]));

        long allocated = Allocated.by(() -> assertInvalid(
                "picture of " + width + " x " + height + " is above the limit of 8388608 pixels",
                () -> converted(converters, png)));

        assertThat(allocated).isLessThan(SMALL);
    }

    @Test
    void refusesAJpegOfMorePixelsThanTheLimit() {
        Buffer jpeg = TestPictures.file("jpg", IMAGE);
        int startOfFrame = find(jpeg, 0xFFC0);
        jpeg.setUnsignedShort(startOfFrame + 5, 65_000).setUnsignedShort(startOfFrame + 7, 64_000);

        long allocated = Allocated.by(() -> assertInvalid(
                "picture of 64000 x 65000 is above the limit of 8388608 pixels", () -> converted(converters, jpeg)));

        assertThat(allocated).isLessThan(SMALL);
    }

    @Test
    void takesAsManyPixelsAsTheLimit() {
        assertThat(converted(small, TestPictures.file("png", IMAGE)).bytes().length())
                .isEqualTo(200 * 3 * Float.BYTES);
        assertInvalid(
                "picture of 21 x 10 is above the limit of 200 pixels",
                () -> converted(
                        small, TestPictures.file("png", TestPictures.image(BufferedImage.TYPE_INT_RGB, 21, 10))));
    }

    @Test
    void inflatesNoMoreThanThePicture() {
        Buffer png = TestPictures.png(TestPictures.header(2, 2, 8, 0), TestPictures.data(new byte[BOMB_BYTES]));

        long allocated = Allocated.by(
                () -> assertThat(converted(converters, png).bytes().length()).isEqualTo(4 * Float.BYTES));

        assertThat(allocated).isLessThan(SMALL);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 2, 3})
    void inflatesNoRemarks(int colourType) {
        Buffer bomb = TestPictures.deflated(new byte[BOMB_BYTES]);
        Buffer png = TestPictures.png(
                TestPictures.header(1, 1, 8, colourType),
                TestPictures.chunk("iCCP", TestPictures.text("a\0\0").appendBuffer(bomb)),
                TestPictures.chunk("PLTE", TestPictures.text("abc")),
                TestPictures.chunk("zTXt", TestPictures.text("a\0\0").appendBuffer(bomb)),
                TestPictures.chunk("iTXt", TestPictures.text("a\0\1\0\0\0").appendBuffer(bomb)),
                TestPictures.data(new byte[4]));

        long allocated = Allocated.by(() -> converted(converters, png));

        assertThat(allocated).isLessThan(4L * SMALL);
    }

    @Test
    void refusesAGifOfMorePixelsThanTheLimit() {
        Buffer gif = TestPictures.gif(65_535, 65_535, 0, Buffer.buffer());

        long allocated = Allocated.by(() -> assertInvalid(
                "picture of 65535 x 65535 is above the limit of 8388608 pixels", () -> converted(converters, gif)));

        assertThat(allocated).isLessThan(SMALL);
    }

    @Test
    void decodesNoMoreThanThePictureOfAGif() {
        Buffer gif = TestPictures.gif(10, 10, 1 << 20, Buffer.buffer());

        assertTimeout(
                SOON,
                () -> assertThat(converted(converters, gif).bytes().length()).isEqualTo(10 * 10 * Float.BYTES));
    }

    @Test
    void joinsNoRemarksOfAGif() {
        Buffer remark = TestPictures.text("!\u00FE");
        for (int piece = 0; piece < 100_000; piece++) {
            remark.appendUnsignedByte((short) 255).appendBytes(new byte[255]);
        }
        Buffer gif = TestPictures.gif(10, 10, 0, remark.appendByte((byte) 0));

        assertTimeout(SOON, () -> converted(converters, gif));
    }

    @Test
    void refusesAGifOfTooFewRows() {
        Buffer gif = TestPictures.gif(200, 200, 0, Buffer.buffer());

        assertInvalid("GIF is cut off or damaged", () -> converted(converters, gif));
    }

    @ParameterizedTest
    @CsvSource({"2147483647, 2147483647", "65535, -65535", "1, -2147483648", "0, 10"})
    void refusesABmpLargerThanItsFile(int width, int height) {
        Buffer bmp = TestPictures.file("bmp", IMAGE).setIntLE(18, width).setIntLE(22, height);

        long allocated =
                Allocated.by(() -> assertInvalid("BMP is cut off or damaged", () -> converted(converters, bmp)));

        assertThat(allocated).isLessThan(SMALL);
    }

    @Test
    void refusesABmpWithinWhichIsSomethingElse() {
        Buffer bmp = TestPictures.file("bmp", IMAGE).setIntLE(30, 4);

        assertInvalid("BMP is compressed, or has a profile of colours", () -> converted(converters, bmp));
    }

    @Test
    void refusesAPictureOfTooFewRows() {
        Buffer png = TestPictures.png(TestPictures.header(2, 3, 8, 0), TestPictures.data(new byte[3]));

        assertInvalid("picture cannot be decoded", () -> converted(converters, png));
    }

    @Test
    void refusesDamagedChunks() {
        Buffer png = TestPictures.file("png", IMAGE);
        for (int position = 8; position < png.length(); position++) {
            Buffer damaged = png.copy().setByte(position, (byte) ~png.getByte(position));
            assertInvalid("PNG is cut off or damaged", () -> converted(converters, damaged));
        }
    }

    @Test
    void refusesJpegsOfManyScans() {
        Buffer jpeg = TestPictures.progressiveJpeg(IMAGE);
        int end = jpeg.length() - 2;
        int firstScan = find(jpeg, 0xFFDA);
        int headerBytes = 2 + jpeg.getUnsignedShort(firstScan + 2);
        Buffer manyScans = jpeg.getBuffer(0, end);
        for (int scan = 0; scan < JpegFile.MOST_SCANS; scan++) {
            manyScans.appendBuffer(jpeg, firstScan, headerBytes);
        }
        manyScans.appendBuffer(jpeg, end, 2);

        assertInvalid("JPEG has more than 64 scans", () -> converted(converters, manyScans));
    }

    @Test
    void refusesColoursOfPrinters() {
        Buffer jpeg = TestPictures.jpegOfFourInks();

        assertInvalid("JPEG is neither grey nor of three colours", () -> converted(converters, jpeg));
    }

    @Test
    void refusesSegmentsShorterThanTheirLength() {
        Buffer jpeg = TestPictures.file("jpg", IMAGE).setUnsignedShort(4, 1);

        assertInvalid("JPEG is cut off or damaged", () -> converted(converters, jpeg));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void survivesChangedBytes(Buffer file) {
        Random random = new Random(SEED);
        for (int round = 0; round < 2_000; round++) {
            Buffer changed = file.copy();
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                changed.setByte(random.nextInt(changed.length()), (byte) random.nextInt(256));
            }
            assertThat(Allocated.by(() -> refusedOrConverted(changed))).isLessThan(4L * SMALL);
        }
    }

    /** With right checksums, so that ImageIO gets to see them. */
    @Test
    void survivesAnyChunks() {
        String[] types = {"PLTE", "tRNS", "bKGD", "cHRM", "gAMA", "hIST", "iCCP", "pHYs", "sBIT", "sPLT", "sRGB", "tEXt"
        };
        int[] colourTypes = {0, 2, 3, 4, 6};
        Random random = new Random(SEED);
        AtomicInteger converted = new AtomicInteger();
        for (int round = 0; round < 5_000; round++) {
            Buffer png = TestPictures.png(
                    TestPictures.header(
                            1 + random.nextInt(14),
                            14,
                            1 << random.nextInt(5),
                            colourTypes[random.nextInt(colourTypes.length)]),
                    TestPictures.chunk(types[random.nextInt(types.length)], Buffer.buffer(bytes(random, 800))),
                    TestPictures.chunk(types[random.nextInt(types.length)], Buffer.buffer(bytes(random, 20))),
                    TestPictures.data(new byte[random.nextInt(3_000)]));
            assertThat(Allocated.by(() -> converted.addAndGet(refusedOrConverted(png))))
                    .isLessThan(4L * SMALL);
        }
        assertThat(converted).hasPositiveValue();
    }

    private static byte[] bytes(Random random, int most) {
        byte[] bytes = new byte[random.nextInt(most)];
        random.nextBytes(bytes);
        return bytes;
    }

    /** @return how many were converted, 0 or 1 */
    private int refusedOrConverted(Buffer file) {
        try {
            assertThat(converted(small, file)).isNotNull();
            return 1;
        } catch (Failure failure) {
            assertThat(failure.kind()).isEqualTo(Kind.INVALID);
            return 0;
        }
    }

    private static int find(Buffer jpeg, int marker) {
        int position = 2;
        while (jpeg.getUnsignedShort(position) != marker) {
            position++;
        }
        return position;
    }

    private static Converted converted(Converters converters, Buffer file) {
        return converters.conversion("x", "jpg", "ndarray").orElseThrow().convert(file);
    }
}
