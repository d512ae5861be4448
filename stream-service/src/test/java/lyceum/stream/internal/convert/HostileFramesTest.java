package lyceum.stream.internal.convert;

import static lyceum.stream.internal.convert.Failing.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.Random;
import java.util.stream.Stream;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Frames that are cut off, lie about themselves, or are no frames. */
class HostileFramesTest {

    private static final int WIDTH = 10;
    private static final int HEIGHT = 14;
    private static final int SIZE = 18;
    private static final int INFO_SIZE = 22;
    private static final int HEADER_BYTES = 26;
    private static final int SMALL = 1 << 20;
    private static final int SEED = 20_261_124;

    private final Converters converters = new Converters(TestLimits.USUAL);
    private final Converters small = new Converters(new ConversionLimits(10_000, 100_000));

    /** All that the original decodes, and the sound of version 3. */
    static Stream<String> frames() {
        return Stream.concat(DecodedFramesTest.decoded(), Stream.of("v3_mic"));
    }

    static Stream<String> sensorFrames() {
        return frames().filter(name -> name.startsWith("v"));
    }

    /** What is set up once is no entry's. */
    @BeforeAll
    static void setUp() {
        Converters any = new Converters(TestLimits.USUAL);
        frames().forEach(name -> refusedOrConverted(any, RecordedStep.frame(name)));
    }

    @ParameterizedTest
    @MethodSource("frames")
    void refusesAFrameThatIsCutOff(String name) {
        Buffer frame = RecordedStep.frame(name);
        int sampleBytes = name.startsWith("mic") ? Float.BYTES : frame.length();

        for (int length = 0; length < frame.length(); length++) {
            Buffer cut = frame.getBuffer(0, length);
            if (length < 16 || length % sampleBytes != 0) {
                assertInvalid(() -> converters.frameTimeMillis(cut));
                assertInvalid(() -> converters.frameAsJson(cut));
                assertInvalid(() -> convert(converters, cut, "json"));
                assertInvalid(() -> convert(converters, cut, "null"));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("frames")
    void takesAFrameWithMoreBehindItOnlyIfItHasAHeader(String name) {
        Buffer longer = RecordedStep.frame(name).appendByte((byte) 'x');

        if (name.startsWith("v")) {
            assertThat(convert(converters, longer, "null").bytes().length()).isZero();
        } else {
            assertInvalid(() -> convert(converters, longer, "null"));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 128, 255})
    void refusesAnUnknownVersion(int version) {
        Buffer frame = RecordedStep.frame("v3_accel").setByte(0, (byte) version);

        assertInvalid("frame is of the unknown version " + version, () -> converters.frameTimeMillis(frame));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 10", "2, 10", "3, 10", "1, 14", "3, 14", "2, 33", "1, 255", "3, 255", "2, 2", "3, 2", "1, 12", "2, 12",
        "1, 13", "2, 13"
    })
    void refusesAnUnknownType(int version, int type) {
        Buffer frame = RecordedStep.frame("v3_accel").setByte(0, (byte) version).setByte(1, (byte) type);

        assertInvalid(
                "frame of version " + version + " is of the unknown type " + type,
                () -> converters.frameTimeMillis(frame));
    }

    @ParameterizedTest
    @MethodSource("sensorFrames")
    void makesNoRoomForWhatIsOnlyDeclared(String name) {
        for (int field : new int[] {WIDTH, HEIGHT, SIZE, INFO_SIZE}) {
            for (int value : new int[] {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 24, 65_536, 0}) {
                Buffer frame = RecordedStep.frame(name).setIntLE(field, value);
                assertThat(Allocated.by(() -> refusedOrConverted(converters, frame)))
                        .isLessThan(SMALL);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("sensorFrames")
    void survivesSizesThatOverflow(String name) {
        Buffer frame = RecordedStep.frame(name);
        for (int field : new int[] {WIDTH, HEIGHT, SIZE, INFO_SIZE}) {
            frame.setIntLE(field, -1);
        }

        assertInvalid(() -> converters.frameTimeMillis(frame));
    }

    @ParameterizedTest
    @CsvSource({
        "v1_pv, 18, 2, frame declares another size than its width and height make",
        "v1_pv, 10, 8, frame has no picture of 8 x 12 bytes",
        "v1_pv, 10, 15, frame has no picture of 15 x 12 bytes",
        "v1_pv, 14, 11, frame has no picture of 16 x 11 bytes",
        "v1_pv, 14, 13, frame ends within its focalX",
        "v1_gll, 18, 0, frame declares another size than its width and height make",
        "v1_gll, 14, 7, frame ends within its image",
        "v1_gll, 22, 1, frame ends within its rig2world",
        "v1_gll, 10, 0, frame is of width or height 0",
        "v1_depth, 14, 0, frame is of width or height 0",
        "v3_cal, 10, 2000000000, frame declares more than it can hold",
        "v1_depth, 22, 13, frame ends within its rig2world",
        "v3_depth, 14, 300, frame ends within its image",
        "v3_depth, 22, 100000, frame ends within its infrared",
        "v3_accel, 18, 20, frame declares another size than its width and height make",
        "v3_accel, 22, 15, frame ends within a timestamp",
        "v1_accel, 18, 8, frame declares another size than its width and height make",
        "v1_accel, 22, 24, frame ends within its timestamps",
        "v3_cal, 10, 30, frame ends within its lut",
        "v3_mic, 18, 9, frame ends within its data",
        "v3_pv, 18, 2, 'picture is none of JPEG, PNG, GIF and BMP'",
        "v3_pv, 18, 100, JPEG is cut off or damaged"
    })
    void saysWhatIsWrong(String name, int field, int value, String text) {
        Buffer frame = RecordedStep.frame(name).setIntLE(field, value);

        assertInvalid(text, () -> convert(converters, frame, "null"));
    }

    @Test
    void refusesMorePixelsThanTheLimit() {
        Buffer frame = Buffer.buffer().appendBuffer(RecordedStep.frame("v1_gll"), 0, HEADER_BYTES);
        frame.setIntLE(WIDTH, 101).setIntLE(HEIGHT, 100).appendBytes(new byte[101 * 100]);

        assertInvalid("picture of 101 x 100 is above the limit of 10000 pixels", () -> convert(small, frame, "null"));
        assertThat(convert(small, frame.setIntLE(WIDTH, 100), "image").bytes().length())
                .isEqualTo(10_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 2, 4, Integer.MAX_VALUE})
    void refusesSoundOfOtherChannels(int channels) {
        Buffer frame = RecordedStep.frame("mic44100").setIntLE(4, channels);

        assertInvalid(
                "frame does not hold whole samples of " + channels + " channels",
                () -> convert(converters, frame, "json"));
    }

    @Test
    void convertsSoundOfThreeChannels() {
        Buffer frame = RecordedStep.frame("mic44100").setIntLE(4, 3);

        assertThat(convert(converters, frame, "json").bytes()).hasToString("[[0.0,1.0,2.0]]");
    }

    @Test
    void countsTimestampsFromTheFirst() {
        Buffer frame = RecordedStep.frame("v1_accel").setLongLE(50, 1_000).setLongLE(58, 1_950);

        assertThat(converters.frameAsJson(frame).toString()).endsWith("\"timestamps\":[1700000000123,1700000000132]}");
    }

    @ParameterizedTest
    @CsvSource({"1, 4", "2, 4", "2, 24", "3, 24"})
    void readsSamplesOfEveryVersion(int version, int size) {
        Buffer frame = RecordedStep.frame("v3_accel").setByte(0, (byte) version).setIntLE(SIZE, size);

        assertThat(convert(converters, frame, "json").bytes()).hasToString("[[0.0,1.0,2.0],[3.0,4.0,5.0]]");
    }

    @Test
    void keepsTimestampsOfTheThirdVersion() {
        Buffer frame = RecordedStep.frame("v3_accel").setLongLE(50, -1).setLongLE(58, 7);

        assertThat(converters.frameAsJson(frame).toString()).endsWith("\"timestamps\":[18446744073709551615,7]}");
    }

    @ParameterizedTest
    @MethodSource("frames")
    void survivesChangedBytes(String name) {
        Random random = new Random(SEED);
        for (int round = 0; round < 500; round++) {
            Buffer frame = RecordedStep.frame(name);
            for (int changes = 1 + random.nextInt(4); changes > 0; changes--) {
                frame.setByte(random.nextInt(frame.length()), (byte) random.nextInt(256));
            }
            assertThat(Allocated.by(() -> refusedOrConverted(small, frame))).isLessThan(8L * SMALL);
        }
    }

    @Test
    void survivesAnyBytes() {
        Random random = new Random(SEED);
        for (int round = 0; round < 5_000; round++) {
            byte[] bytes = new byte[random.nextInt(200)];
            random.nextBytes(bytes);
            if (bytes.length > 0) {
                bytes[0] = (byte) random.nextInt(5);
            }
            assertThat(Allocated.by(() -> refusedOrConverted(small, Buffer.buffer(bytes))))
                    .isLessThan(SMALL);
        }
    }

    /** Whatever it is, it ends in a result or in a failure that says what is wrong with the entry. */
    private static void refusedOrConverted(Converters converters, Buffer frame) {
        for (String output : new String[] {"json", "ndarray", "png"}) {
            try {
                assertThat(convert(converters, frame, output)).isNotNull();
            } catch (Failure failure) {
                assertThat(failure.kind()).isEqualTo(Kind.INVALID);
            }
        }
    }

    private static Converted convert(Converters converters, Buffer frame, String output) {
        return converters.conversion("x", "holo", output).orElseThrow().convert(frame);
    }
}
