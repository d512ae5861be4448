package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RAR archives of both generations. */
class RarArchiveTest {

    private static final ArchiveLimits LIMITS = new ArchiveLimits(100, 2 << 20, 100, 16);

    private static Map<String, Buffer> unpack(byte[] archive) throws ArchiveRefusal {
        return Archives.unpack("a.rar", Buffer.buffer(archive), LIMITS);
    }

    private static ArchiveRefusal refusal(byte[] archive) {
        return catchThrowableOfType(ArchiveRefusal.class, () -> unpack(archive));
    }

    private static String text(Buffer file) {
        return file.toString(StandardCharsets.ISO_8859_1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void holdsStoredFiles(boolean five) throws IOException {
        PackedRar rar =
                new PackedRar(five).directory("top").stored("top/é.py", "x").stored("top\\lib\\b.py", "print(1)");
        Map<String, Buffer> files = unpack(rar.bytes());
        assertThat(files).containsOnlyKeys("é.py", "lib/b.py");
        assertThat(files.get("lib/b.py").toString()).isEqualTo("print(1)");
    }

    @Test
    void repeatsWhatStoodBeforeInRar5() throws IOException {
        byte[] data = new PackedRar.Bits(true)
                .literals("abcd")
                .bits(262 + 2, 9)
                .bits(3, 6) // 4 bytes from 4 back
                .bits(257, 9) // once more
                .bits(262, 9)
                .bits(0, 6) // 2 bytes from 1 back
                .bits(258 + 1, 9)
                .bits(8, 6)
                .bits(1, 1) // 11 bytes from 4 back, the last but one distance
                .bytes();
        String expected = "abcd" + "abcd" + "abcd" + "dd" + "cdddcdddcdd";
        byte[] rar = new PackedRar(true).packed("a", expected, data, false).bytes();
        assertThat(text(unpack(rar).get("a"))).isEqualTo(expected);
    }

    @Test
    void repeatsWhatStoodBeforeInRar4() throws IOException {
        byte[] data = new PackedRar.Bits(false)
                .literals("abcd")
                .bits(271 + 1, 9)
                .bits(3, 6) // 4 bytes from 4 back
                .bits(258, 9) // once more
                .bits(263, 9)
                .bits(0, 2) // 2 bytes from 1 back
                .bits(259 + 1, 9)
                .bits(8, 6)
                .bits(1, 1) // 11 bytes from 4 back, the last but one distance
                .bits(256, 9)
                .bits(1, 2)
                .bytes();
        String expected = "abcd" + "abcd" + "abcd" + "dd" + "cdddcdddcdd";
        byte[] rar = new PackedRar(false).packed("a", expected, data, false).bytes();
        assertThat(text(unpack(rar).get("a"))).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void repeatsWhatStoodInTheFileBefore(boolean five) throws IOException {
        String line = "all that is long enough to be worth it.";
        byte[] first = five
                ? new PackedRar.Bits(true).literals(line).bytes()
                : new PackedRar.Bits(false)
                        .literals(line)
                        .bits(256, 9)
                        .bits(1, 2)
                        .bytes();
        // 5 bytes from 39 back: slot 10 is 33 and four bits in the low code.
        byte[] second = five
                ? new PackedRar.Bits(true)
                        .bits(262 + 3, 9)
                        .bits(10, 6)
                        .bits(6, 4)
                        .bytes()
                : new PackedRar.Bits(false)
                        .bits(271 + 2, 9)
                        .bits(10, 6)
                        .bits(6, 5)
                        .bits(256, 9)
                        .bits(1, 2)
                        .bytes();
        byte[] rar = new PackedRar(five)
                .packed("a", line, first, false)
                .packed("b", "all t", second, true)
                .bytes();
        Map<String, Buffer> files = unpack(rar);
        assertThat(text(files.get("a"))).isEqualTo(line);
        assertThat(text(files.get("b"))).isEqualTo("all t");
    }

    @Test
    void undoesTheFiltersOfRar5() throws IOException {
        String differences = "\u0001\u00ff\u0002\u0003\u0000\u0000";
        byte[] data = new PackedRar.Bits(true)
                .bits(256, 9)
                .bits(0, 2)
                .bits(0, 8)
                .bits(0, 2)
                .bits(6, 8)
                .bits(0, 3)
                .bits(1, 5)
                .literals(differences)
                .bytes();
        byte[] rar = new PackedRar(true)
                .packed("a", "\u00ff\u00fd\u0000\u00fd\u00fe\u00fd", data, false)
                .bytes();
        assertThat(text(unpack(rar).get("a"))).isEqualTo("\u00ff\u00fd\u0000\u00fd\u00fe\u00fd");

        byte[] call = new PackedRar.Bits(true)
                .bits(256, 9)
                .bits(0, 2)
                .bits(0, 8)
                .bits(0, 2)
                .bits(8, 8)
                .bits(1, 3)
                .literals("xx\u00e8\u0010\u0000\u0000\u0000y")
                .bytes();
        byte[] other = new PackedRar(true)
                .packed("a", "xx\u00e8\r\u0000\u0000\u0000y", call, false)
                .bytes();
        assertThat(text(unpack(other).get("a"))).isEqualTo("xx\u00e8\r\u0000\u0000\u0000y");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isHeldToTheRulesOfAllArchives(boolean five) {
        assertThat(refusal(new PackedRar(five).stored("../a", "x").bytes()).rule())
                .contains("leaves");
        assertThat(refusal(new PackedRar(five).link("a").bytes()).rule()).contains("a link or a device");
        PackedRar many = new PackedRar(five);
        IntStream.range(0, 101).forEach(at -> many.stored("f" + at, ""));
        assertThat(refusal(many.bytes()).rejection().text()).isEqualTo("Archive contains too many files.");
    }

    @Test
    void filtersNoByteOfRar5Twice() throws IOException {
        String text = "abcdefgh";
        PackedRar.Bits beside = filter(filter(new PackedRar.Bits(true), 0, 4), 4, 4);
        assertThat(text(unpack(new PackedRar(true)
                                .packed("a", text, beside.literals(text).bytes(), false)
                                .bytes())
                        .get("a")))
                .isEqualTo(text);
        for (int start : new int[] {0, 3}) {
            PackedRar.Bits over = filter(filter(new PackedRar.Bits(true), 0, 4), start, 4);
            byte[] rar = new PackedRar(true)
                    .packed("a", text, over.literals(text).bytes(), false)
                    .bytes();
            assertThat(refusal(rar).kind()).isEqualTo(ArchiveRefusal.Kind.UNREADABLE);
        }
    }

    /** A filter for calls of ARM, of which there are none. */
    private static PackedRar.Bits filter(PackedRar.Bits bits, int start, int length) {
        return bits.bits(256, 9)
                .bits(0, 2)
                .bits(start, 8)
                .bits(0, 2)
                .bits(length, 8)
                .bits(3, 3);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isUnreadableOrWholeWhereItIsDamaged(boolean five) {
        byte[] data = new PackedRar.Bits(five).literals("print(1)").bytes();
        byte[] whole = new PackedRar(five)
                .stored("a", "x")
                .packed("b", "print(1)", data, false)
                .bytes();
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] ^= 0x55;
            for (byte[] bytes : new byte[][] {damaged, Arrays.copyOf(whole, at)}) {
                try {
                    assertThat(unpack(bytes)).isNotNull();
                } catch (ArchiveRefusal refusal) {
                    assertThat(refusal.rejection().text()).isNotEmpty();
                }
            }
        }
        byte[] wrong = new PackedRar(five).packed("b", "print(2)", data, false).bytes();
        assertThat(refusal(wrong).kind()).isEqualTo(ArchiveRefusal.Kind.UNREADABLE);
    }

    @Test
    void neverGoesBack() {
        PackedRar.Bytes header =
                new PackedRar.Bytes().little(-48, 4).little(0, 4).little(3, 1).little(0, 8);
        header.little(29, 1)
                .little(0x30, 1)
                .little(1, 2)
                .little(0x81a4, 4)
                .little(-1, 4)
                .little(0, 4)
                .little('a', 1);
        byte[] rar =
                new PackedRar(false).block4(0x74, 0x8100, header, new byte[0]).bytes();
        assertThat(refusal(rar).kind()).isEqualTo(ArchiveRefusal.Kind.UNREADABLE);
    }

    @Test
    void saysWhatItDoesNotRead() {
        byte[] model = new byte[] {(byte) 0x80, 0, 0, 0};
        byte[] encrypted4 = new PackedRar(false)
                .block4(0x73, 0x80, new PackedRar.Bytes().little(0, 6), new byte[0])
                .bytes();
        byte[] encrypted5 = new PackedRar(true)
                .block5(new PackedRar.Bytes().variable(4).variable(0), new byte[0])
                .bytes();
        byte[] split = new PackedRar(true)
                .block5(new PackedRar.Bytes().variable(2).variable(0x10).variable(0), new byte[0])
                .bytes();
        for (byte[] rar : new byte[][] {
            new PackedRar(false).packed("a", "x", model, false).bytes(), encrypted4, encrypted5, split
        }) {
            ArchiveRefusal refusal = refusal(rar);
            assertThat(refusal.kind()).isEqualTo(ArchiveRefusal.Kind.FORBIDDEN);
            assertThat(refusal.rule()).contains("pack the files as .zip");
        }
    }
}
