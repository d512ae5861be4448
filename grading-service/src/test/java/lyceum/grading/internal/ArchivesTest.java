package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import lyceum.grading.Text;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.apache.commons.compress.archivers.zip.ZipArchiveEntry;
import org.apache.commons.compress.archivers.zip.ZipArchiveOutputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads of all kinds, the recorded ones and hostile ones. */
class ArchivesTest {

    private static final ArchiveLimits LIMITS = new ArchiveLimits(100, 2 << 20, 100, 16);

    private static Stream<JsonObject> recorded() {
        return Fixture.objects(Fixture.json("archives.json").getJsonArray("cases"));
    }

    private static ArchiveRefusal refusal(String name, byte[] packed) {
        return catchThrowableOfType(ArchiveRefusal.class, () -> Archives.unpack(name, Buffer.buffer(packed), LIMITS));
    }

    private static Map<String, Buffer> unpack(String name, byte[] packed) throws ArchiveRefusal {
        return Archives.unpack(name, Buffer.buffer(packed), LIMITS);
    }

    private static void assertForbidden(ArchiveRefusal refusal, String entry, String rule) {
        assertThat(refusal.kind()).isEqualTo(ArchiveRefusal.Kind.FORBIDDEN);
        assertThat(refusal.entry()).isEqualTo(entry);
        assertThat(refusal.rule()).contains(rule);
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void unpackToTheRecordedPaths(JsonObject recorded) throws IOException {
        Packed packed = new Packed();
        recorded.getJsonArray("entries").forEach(entry -> packed.add((String) entry, "x"));
        boolean zip = recorded.getString("container").equals("zip");
        Map<String, Buffer> files = unpack(zip ? "a.zip" : "a.tar", zip ? packed.zip() : packed.tar());
        assertThat(List.copyOf(files.keySet()))
                .isEqualTo(recorded.getJsonArray("paths_written").getList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.zip",
                "A.ZIP",
                "a.tar",
                "a.tgz",
                "a.tar.gz",
                "a.gz",
                "a.tbz",
                "a.tar.bz2",
                "a.bz2",
                "a.txz",
                "a.tar.xz"
            })
    void areWhatTheirNamesSay(String name) throws IOException {
        Packed packed =
                new Packed().add("top/", "").add("top/main.py", "print(1)").add("top/lib/é.py", "x");
        Map<String, Buffer> files = unpack(name, packed.as(name));
        assertThat(files).containsOnlyKeys("main.py", "lib/é.py");
        assertThat(files.get("main.py").toString()).isEqualTo("print(1)");
        assertThat(Archives.accepts(name)).isTrue();
    }

    @Test
    void areASingleFileWhereThereIsNoTar() throws IOException {
        for (String name : new String[] {"dir/main.py.gz", "main.py.bz2", "main.py.xz"}) {
            byte[] packed = compressed(name, "print(1)".getBytes(StandardCharsets.UTF_8));
            assertThat(unpack(name, packed)).containsOnlyKeys("main.py");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.exe", "zip", "a.zip.txt", "a.7z", ""})
    void areRefusedByName(String name) {
        assertForbidden(refusal(name, new Packed().add("a", "b").zip()), null, "the file is no .zip");
        assertThat(Archives.accepts(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.zip", "a.rar", "a.tar", "a.tgz", "a.gz", "a.tbz", "a.xz"})
    void areUnreadableWhereTheyAreSomethingElse(String name) {
        for (byte[] bytes : List.of(new byte[0], "no archive".getBytes(StandardCharsets.UTF_8), noise())) {
            ArchiveRefusal refusal = refusal(name, bytes);
            assertThat(refusal.kind()).isEqualTo(ArchiveRefusal.Kind.UNREADABLE);
            assertThat(refusal.rejection()).isEqualTo(Text.lazy("Couldn't extract your archive file."));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.zip", "a.tar", "a.tgz", "a.tbz", "a.txz"})
    void areUnreadableOrWholeWhereTheyAreDamaged(String name) {
        byte[] whole = new Packed()
                .add("main.py", "print(1)".repeat(500))
                .add("b.py", "")
                .as(name);
        for (int cut = 1; cut < whole.length; cut += 1 + whole.length / 200) {
            byte[] damaged = whole.clone();
            damaged[cut] ^= 0x55;
            for (byte[] bytes : List.of(damaged, Arrays.copyOf(whole, cut))) {
                try {
                    assertThat(unpack(name, bytes)).isNotNull();
                } catch (ArchiveRefusal refusal) {
                    assertThat(refusal.rejection().text()).isNotEmpty();
                }
            }
        }
        byte[] half = Arrays.copyOf(whole, whole.length / 2);
        assertThat(refusal(name, half)).isNotNull();
    }

    private static byte[] noise() {
        byte[] noise = new byte[5000];
        new Random(7).nextBytes(noise);
        return noise;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/etc/passwd",
                "\\x",
                "../x",
                "a/../../x",
                "a\\..\\..\\x",
                "C:\\x",
                "c:x",
                "a\u0000b",
                "a\nb",
                "//x"
            })
    void areRefusedWhereAPathIsNone(String path) {
        byte[] tar = new Packed().add("fine.py", "x").add(path, "x").tar();
        ArchiveRefusal refusal = refusal("a.tar", tar);
        // A tar header ends a name at NUL.
        if (path.indexOf('\0') < 0) {
            assertThat(refusal.kind()).isEqualTo(ArchiveRefusal.Kind.FORBIDDEN);
            assertThat(refusal.entry()).isNotEmpty().doesNotContain("\n");
        }
        assertThat(refusal(
                                "a.zip",
                                new Packed().add("fine.py", "x").add(path, "x").zip())
                        .kind())
                .isEqualTo(ArchiveRefusal.Kind.FORBIDDEN);
    }

    @Test
    void mayGoUpWithinThemselves() throws IOException {
        byte[] packed = new Packed()
                .add("top/a/../main.py", "x")
                .add("./top//b.py", "y")
                .tar();
        assertThat(unpack("a.tar", packed)).containsOnlyKeys("main.py", "b.py");
    }

    @Test
    void areRefusedForDirectoriesThatLeaveThem() {
        assertForbidden(refusal("a.tar", new Packed().add("../", "").tar()), "../", "leaves");
    }

    @ParameterizedTest
    @ValueSource(bytes = {TarConstants.LF_SYMLINK, TarConstants.LF_LINK, TarConstants.LF_CHR, TarConstants.LF_FIFO})
    void areRefusedForLinksAndDevices(byte type) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry entry = new TarArchiveEntry("main.py", type);
            entry.setLinkName("/etc/passwd");
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }
        assertForbidden(refusal("a.tar", bytes.toByteArray()), "main.py", "a link or a device");
    }

    @Test
    void areRefusedForLinksInZip() {
        byte[] zip = new Packed().add("main.py", "/etc/passwd", 0xa1ff).zip();
        assertForbidden(refusal("a.zip", zip), "main.py", "a link or a device");
    }

    @Test
    void haveABoundedNumberOfFilesOfWhichDirectoriesAreNone() throws IOException {
        Packed packed = new Packed();
        IntStream.range(0, 50).forEach(at -> packed.add("d" + at + "/", ""));
        IntStream.range(0, 100).forEach(at -> packed.add("f" + at, "x"));
        assertThat(unpack("a.zip", packed.zip())).hasSize(100);
        packed.add("one/more", "x");
        for (String name : new String[] {"a.zip", "a.tar"}) {
            ArchiveRefusal refusal = refusal(name, packed.as(name));
            assertForbidden(refusal, null, "more than 100 files");
            assertThat(refusal.rejection()).isEqualTo(Text.lazy("Archive contains too many files."));
        }
        Packed directories = new Packed();
        IntStream.range(0, 1001).forEach(at -> directories.add("d" + at + "/", ""));
        assertForbidden(refusal("a.zip", directories.zip()), null, "more than 1000 files and directories");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a.zip", "a.tgz", "a.tbz", "a.txz"})
    void mayNotBecomeAHundredTimesTheirSize(String name) throws IOException {
        String mebibyte = "\0".repeat(1 << 20);
        assertThat(unpack(name, new Packed().add("a", mebibyte).as(name))).hasSize(1);
        ArchiveRefusal refusal =
                refusal(name, new Packed().add("a", mebibyte).add("b", "x").as(name));
        assertForbidden(refusal, "b", "more than 1048576 bytes");
    }

    @Test
    void areBoundedInTheirUnpackedBytes() throws IOException {
        byte[] noise = new byte[1 << 20];
        new Random(7).nextBytes(noise);
        String content = new String(noise, StandardCharsets.ISO_8859_1);
        Packed packed = new Packed().latin("a", content).latin("b", content);
        assertThat(unpack("a.tar", packed.tar())).hasSize(2);
        assertForbidden(refusal("a.tar", packed.add("c", "x").tar()), "c", "more than 2097152 bytes");
    }

    @Test
    void areBoundedInWhatIsNoFileToo() throws IOException {
        byte[] zeros = new byte[8 << 20];
        assertForbidden(refusal("a.gz", compressed("a.gz", zeros)), "a", "more than 1048576 bytes");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes)) {
            TarArchiveEntry longName = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME);
            longName.setSize(zeros.length);
            tar.putArchiveEntry(longName);
            tar.write(zeros);
            tar.closeArchiveEntry();
        }
        assertForbidden(refusal("a.tgz", compressed("a.tgz", bytes.toByteArray())), null, "more than 1048576 bytes");
    }

    @Test
    void areBoundedInDepthAndLengthOfPaths() throws IOException {
        String deep = "d/".repeat(15) + "f";
        assertThat(unpack("a.zip", new Packed().add(deep, "x").add("g", "y").zip()))
                .hasSize(2);
        assertForbidden(refusal("a.zip", new Packed().add("d/" + deep, "x").zip()), "d/" + deep, "deeper than 16");
        String part = "n".repeat(256);
        assertForbidden(refusal("a.zip", new Packed().add(part, "x").zip()), part, "255 bytes");
        String path = ("n".repeat(200) + "/").repeat(6);
        assertThat(refusal("a.zip", new Packed().add(path + "f", "x").zip()).rule())
                .contains("1024 characters");
    }

    @Test
    void mayNotHaveAFileWhereADirectoryIs() {
        assertForbidden(
                refusal("a.zip", new Packed().add("a/b", "x").add("a", "y").zip()), "a", "path of a directory");
        assertForbidden(
                refusal("a.zip", new Packed().add("a", "y").add("a/b", "x").zip()), "a/b", "path of a file");
        assertForbidden(refusal("a.tar", new Packed().add(".", "y").tar()), ".", "path of a directory");
    }

    @Test
    void keepTheLastOfSeveralFilesOfAPath() throws IOException {
        Map<String, Buffer> files = unpack(
                "a.tar",
                new Packed().add("a", "1").add("b", "x").add("./a", "2").tar());
        assertThat(files.get("a").toString()).isEqualTo("2");
    }

    @Test
    void mayBeEmpty() throws IOException {
        assertThat(unpack("a.zip", new Packed().zip())).isEmpty();
        assertThat(unpack("a.tar", new Packed().tar())).isEmpty();
        assertThat(unpack("a.tgz", new Packed().as("a.tgz"))).isEmpty();
    }

    @Test
    void mayNotAskForMoreMemoryThanTheyMayUnpackTo() throws IOException {
        // What xz -7 tells, and xz -9.
        assertThat(unpack("main.py.xz", xz(24))).containsOnlyKeys("main.py");
        assertForbidden(refusal("main.py.xz", xz(28)), null, "a dictionary of more than 16 MiB");
        assertForbidden(refusal("a.txz", xz(25)), null, "a dictionary of more than 16 MiB");
    }

    /** @param dictionary its size as a header of a block has it (the .xz file format, section 5.3.1) */
    private static byte[] xz(int dictionary) throws IOException {
        byte[] bytes = compressed("main.py.xz", "x".getBytes(StandardCharsets.UTF_8));
        int header = 12;
        int checksum = header + 4 * bytes[header];
        bytes[header + 4] = (byte) dictionary;
        CRC32 crc = new CRC32();
        crc.update(bytes, header, checksum - header);
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(checksum, (int) crc.getValue());
        return bytes;
    }

    private static byte[] compressed(String name, byte[] content) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream out = name.endsWith("gz")
                ? new GzipCompressorOutputStream(bytes)
                : name.endsWith("xz") ? new XZCompressorOutputStream(bytes) : new BZip2CompressorOutputStream(bytes)) {
            out.write(content);
        }
        return bytes.toByteArray();
    }

    /** As the format says, and so that no name swallows another. */
    @Test
    void readNamesOfAWesternWindows() throws IOException, ArchiveRefusal {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            zip.setEncoding("IBM437");
            zip.setUseLanguageEncodingFlag(false);
            for (String name : List.of("Né.py", "Nè.py", "résumé.py")) {
                zip.putArchiveEntry(new ZipArchiveEntry(name));
                zip.closeArchiveEntry();
            }
        }

        assertThat(Archives.unpack("a.zip", Buffer.buffer(bytes.toByteArray()), ArchiveLimits.OF_HAND_IN))
                .containsOnlyKeys("Né.py", "Nè.py", "résumé.py");
    }

    @ParameterizedTest
    @ValueSource(strings = {"GBK", "GB18030", "UTF-8"})
    void readsNamesOfChineseStudents(String encoding) throws ArchiveRefusal, IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipArchiveOutputStream zip = new ZipArchiveOutputStream(bytes)) {
            zip.setEncoding(encoding);
            zip.setUseLanguageEncodingFlag(false);
            for (String name : List.of("作业/测试.py", "作业/试测.py", "作业/a.py")) {
                zip.putArchiveEntry(new ZipArchiveEntry(name));
                zip.closeArchiveEntry();
            }
        }

        Map<String, Buffer> files =
                Archives.unpack("a.zip", Buffer.buffer(bytes.toByteArray()), ArchiveLimits.OF_HAND_IN);

        assertThat(files).containsOnlyKeys("测试.py", "试测.py", "a.py");
    }
}
