package lyceum.stream.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import lyceum.stream.internal.EntryId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Zips of all kinds, as the single file of a stream. */
class ZipReadingTest {

    /** What an older zip can count. */
    private static final int MOST_MEMBERS = 65_535;

    @TempDir
    Path root;

    private final Vertx vertx = Vertx.vertx();
    private RecordingStore store;

    @BeforeEach
    void start() throws IOException {
        store = new LocalRecordings(vertx, root, 1);
        Files.createDirectories(root.resolve("raw/r"));
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void readsAnEmptyZip() throws IOException {
        put(zip());

        assertThat(read()).isEmpty();
        assertThat(span()).isEqualTo(new EntrySpan(null, null));
    }

    @Test
    void readsMoreMembersThanAnOlderZipCanCount() throws IOException {
        String[] names = IntStream.rangeClosed(1, MOST_MEMBERS + 10)
                .mapToObj(i -> i + "-0")
                .toArray(String[]::new);
        put(zip(names));

        assertThat(read())
                .hasSize(names.length)
                .startsWith("1-0 <1-0>")
                .endsWith(names[names.length - 1] + " <" + names[names.length - 1] + ">");
        assertThat(span().last()).hasToString(names[names.length - 1]);
    }

    @Test
    void readsAZipWithACommentAndExtraFields() throws IOException {
        put(zip(zip -> {
            zip.setComment("PK\5\6 is no end");
            ZipEntry member = stored("1-0", "x".getBytes());
            byte[] extra = new byte[300];
            extra[0] = 0x55;
            extra[1] = 0x55;
            extra[2] = (byte) (296 & 0xFF);
            extra[3] = (byte) (296 >> 8);
            member.setExtra(extra);
            zip.putNextEntry(member);
            zip.write('x');
        }));

        assertThat(read()).containsExactly("1-0 x");
    }

    @Test
    void findsTheSpanOfMembersInAnyOrder() throws IOException {
        put(zip("10-0", "9-0", "9-10", "9-9"));

        assertThat(span()).hasToString(new EntrySpan(EntryId.of("9-0"), EntryId.of("10-0")).toString());
        assertThat(read()).containsExactly("10-0 <10-0>", "9-0 <9-0>", "9-10 <9-10>", "9-9 <9-9>");
    }

    @Test
    void passesOverWhatIsNoEntry() throws IOException {
        put(zip("1-0", "readme.txt", "../../x", "2-0"));

        assertThat(read()).containsExactly("1-0 <1-0>", "2-0 <2-0>");
    }

    @Test
    void readsALongMemberWithoutTheOthers() throws IOException {
        byte[] long1 = new byte[3 << 20];
        put(zip(zip -> {
            for (String name : List.of("1-0", "2-0")) {
                zip.putNextEntry(stored(name, long1));
                zip.write(long1);
            }
        }));

        EntryReader reader = EntryReader.of(store, "r", "s").await().orElseThrow();
        List<RecordedEntry> heads = reader.next(10).await();

        assertThat(heads).extracting(RecordedEntry::length).containsExactly(3L << 20, 3L << 20);
        assertThat(reader.read(heads.subList(1, 2)).await())
                .singleElement()
                .satisfies(entry -> assertThat(entry.payload().length()).isEqualTo(3 << 20));
        reader.close().await();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 21, 22, 30, 60, 100, 130})
    void saysThatACutZipIsBroken(int length) throws IOException {
        put(zip("1-0", "2-0").slice(0, length));

        assertThatThrownBy(this::span).isInstanceOf(BrokenZip.class).hasMessage("File is not a zip file");
    }

    @Test
    void neverReadsBytesThatHaveChanged() throws IOException {
        Buffer whole = zip("1-0", "2-0");
        int broken = 0;
        for (int i = 0; i < whole.length(); i++) {
            put(whole.copy().setByte(i, (byte) ~whole.getByte(i)));
            try {
                assertThat(read()).allMatch(entry -> entry.endsWith(" <1-0>") || entry.endsWith(" <2-0>"));
            } catch (BrokenZip expected) {
                broken++;
            }
        }
        // Dates, versions, flags and names are covered by no sum.
        assertThat(broken).isGreaterThan(whole.length() / 3);
    }

    @Test
    void refusesCompressedMembers() throws IOException {
        put(zip(zip -> {
            zip.putNextEntry(new ZipEntry("1-0"));
            zip.write(new byte[1000]);
        }));

        assertThatThrownBy(this::read).isInstanceOf(BrokenZip.class).hasMessage("member 1-0 is compressed");
    }

    private interface Filling {
        void fill(ZipOutputStream zip) throws IOException;
    }

    private static Buffer zip(Filling filling) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            filling.fill(zip);
        }
        return Buffer.buffer(bytes.toByteArray());
    }

    /** @return a zip whose members have their name as content */
    private static Buffer zip(String... names) throws IOException {
        return zip(zip -> {
            for (String name : names) {
                byte[] content = ("<" + name + ">").getBytes();
                zip.putNextEntry(stored(name, content));
                zip.write(content);
            }
        });
    }

    private static ZipEntry stored(String name, byte[] content) {
        CRC32 sum = new CRC32();
        sum.update(content);
        ZipEntry member = new ZipEntry(name);
        member.setMethod(ZipEntry.STORED);
        member.setSize(content.length);
        member.setCrc(sum.getValue());
        return member;
    }

    private void put(Buffer zip) throws IOException {
        Files.write(root.resolve("raw/r/s.zip"), zip.getBytes());
    }

    private List<String> read() {
        return StoredEntries.read(store, "r", "s");
    }

    private EntrySpan span() {
        return EntrySpan.of(store, "r", store.find("r").await().streams().get(0))
                .await();
    }
}
