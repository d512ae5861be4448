package lyceum.gateway.form;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Values in any charset become the UTF-8 that they would become as a whole. */
class Utf8SinkTest {

    private static final int RANDOM_TEXTS = 300;

    static Stream<Charset> charsets() {
        // This one guesses by what has come so far, so it may guess differently when less has come.
        String guesser = "x-JISAutoDetect";
        return Charset.availableCharsets().values().stream()
                .filter(charset -> !charset.name().equals(guesser));
    }

    @ParameterizedTest
    @MethodSource("charsets")
    void readsEveryCharsetAsItIsReadInOnePiece(Charset charset) {
        Random random = new Random(2);
        for (int i = 0; i < 20; i++) {
            byte[] bytes = new byte[random.nextInt(60)];
            random.nextBytes(bytes);
            assertLikeTheWhole(bytes, charset);
        }
    }

    @Test
    void replacesWhatIsNoUtf8TheSameWayAtEveryBorder() {
        Random random = new Random(3);
        byte[] alphabet = {
            'a',
            'z',
            (byte) 0xC3,
            (byte) 0xA9,
            (byte) 0xE2,
            (byte) 0x82,
            (byte) 0xAC,
            (byte) 0xF0,
            (byte) 0x9F,
            (byte) 0x99,
            (byte) 0x82,
            (byte) 0xED,
            (byte) 0xA0,
            (byte) 0x80,
            (byte) 0xF4,
            (byte) 0x90,
            (byte) 0xC0,
            (byte) 0xFF,
            (byte) 0xE0,
            (byte) 0xF8
        };
        for (int i = 0; i < RANDOM_TEXTS; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = alphabet[random.nextInt(alphabet.length)];
            }
            String whole = read(List.of(bytes), StandardCharsets.UTF_8);
            Cuts.forEach(
                    bytes,
                    pieces -> assertThat(read(pieces, StandardCharsets.UTF_8)).isEqualTo(whole));
        }
    }

    /** The texts are what {@code bytes.fromhex(…).decode('utf-8', 'replace')} of Python 3.11 gives, with ? for U+FFFD. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "eda080 | ???",
                "edbfbf | ???",
                "edaf | ??",
                "eda0 | ??",
                "ed | ?",
                "eda041 | ??A",
                "61eda08062 | a???b",
                "ed9fbf | ퟿",
                "eda0bdedb882 | ??????",
                "ed8041 | ?A",
                "e282eda080 | ????",
                "e08080 | ???",
                "e0a0 | ?",
                "e09fbf | ???",
                "e282 | ?",
                "e28241 | ?A",
                "f0808080 | ????",
                "f08fbfbf | ????",
                "f09f9941 | ?A",
                "f09f99 | ?",
                "f09f | ?",
                "f0 | ?",
                "f4908080 | ????",
                "f48fbf | ?",
                "f5808080 | ????",
                "f7bfbfbf | ????",
                "f888808080 | ?????",
                "fb | ?",
                "fc8480808080 | ??????",
                "fe | ?",
                "ff | ?",
                "c080 | ??",
                "c1bf | ??",
                "c3 | ?",
                "c341 | ?A",
                "80 | ?",
                "bf80 | ??",
                "efbfbd | ?",
                "c3a9ff80 | é??"
            })
    void replacesWhatIsNoUtf8AsPythonDoes(String hex, String text) {
        byte[] bytes = HexFormat.of().parseHex(hex);

        Cuts.forEach(
                bytes,
                pieces ->
                        assertThat(read(pieces, StandardCharsets.UTF_8)).isEqualTo("v=" + text.replace('?', '\uFFFD')));
    }

    @Test
    void readsMoreThanItHasRoomForAtOnce() {
        assertLikeTheWhole("x🙂é한".repeat(9_000).getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    }

    private static void assertLikeTheWhole(byte[] bytes, Charset charset) {
        String whole = new String(bytes, charset);
        String expected = new String(whole.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        Cuts.forEach(bytes, pieces -> assertThat(read(pieces, charset)).isEqualTo("v=" + expected));
    }

    private static String read(List<byte[]> pieces, Charset charset) {
        Fields fields = new Fields();
        Utf8Sink sink = new Utf8Sink(charset, fields.field("v", false));
        pieces.forEach(piece -> sink.write(piece, 0, piece.length));
        sink.end();
        return fields.all().get(0);
    }
}
