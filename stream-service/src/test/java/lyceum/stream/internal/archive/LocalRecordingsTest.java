package lyceum.stream.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.RecordingService.Gone;
import lyceum.stream.RecordingService.Moved;
import lyceum.stream.internal.EntryId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings in a directory. */
class LocalRecordingsTest {

    @TempDir
    Path parent;

    private final Vertx vertx = Vertx.vertx();

    private LocalRecordings store() {
        return new LocalRecordings(vertx, root(), 2);
    }

    private Path root() {
        return parent.resolve("not/there/yet");
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void hasNothingBeforeItsDirectoryIsThere() {
        LocalRecordings store = store();

        assertThat(store.list().await()).isEmpty();
        assertThat(store.find("r").await()).isEqualTo(new StoredRecording(List.of(), List.of()));
        assertThat(store.zips("r", "s").await()).isEmpty();
        assertThat(store.move("r", Shelf.LISTED, "r", Shelf.HIDDEN).await()).isEqualTo(new Moved(false, true));
        assertThat(store.delete("r").await()).isEqualTo(new Gone(true, true));
        assertThat(store.sweep().await()).isNull();
    }

    @Test
    void writesAChunkAsTheOriginalDoes() throws IOException {
        add("r", "detic:image", "5-0", "one", "17-3", "");

        try (ZipFile zip =
                new ZipFile(root().resolve("raw/r/detic:image/5-0_17-3.zip").toFile())) {
            assertThat(zip.stream().map(member -> member.getName() + " " + member.getMethod()))
                    .containsExactly("5-0 0", "17-3 0");
            assertThat(zip.getInputStream(zip.getEntry("5-0")).readAllBytes()).isEqualTo("one".getBytes());
        }
        assertThat(files()).containsExactly("raw/r/detic:image/5-0_17-3.zip");
    }

    @Test
    void writesTheSameBytesForTwoEntriesAsTheOriginal() {
        add("r", "main", "1700000000300-0", "a3", "1700000000400-0", "a4");

        assertThat(store().find("r").await().streams())
                .containsExactly(new StoredStream("main", 1, 238, id("1700000000300-0"), id("1700000000400-0")));
    }

    @Test
    void writesNothingWithoutPermission() throws IOException {
        assertThat(store().add("r", chunk("s", "1-0", "x"), () -> false).await())
                .isFalse();

        assertThat(files()).isEmpty();
    }

    @Test
    void takesTheSameChunkTwice() throws IOException {
        add("r", "s", "1-0", "x");
        add("r", "s", "1-0", "x");

        assertThat(files()).containsExactly("raw/r/s/1-0_1-0.zip");
    }

    @Test
    void findsChunksInTheOrderOfNumbersAndPassesOverWhatIsNone() throws IOException {
        add("r", "s", "9-0", "i", "9-10", "k");
        add("r", "s", "10-0", "l");
        add("r", "s", "9-2", "j");
        Files.writeString(root().resolve("raw/r/s/notes.txt"), "x");
        Files.writeString(root().resolve("raw/r/s/9_x.zip"), "x");
        Files.createDirectories(root().resolve("post/r"));
        Files.writeString(root().resolve("post/r/main.mp4"), "x");
        Files.writeString(root().resolve("post/r/eye.json"), "x");

        StoredRecording found = store().find("r").await();

        assertThat(found.files()).containsExactly("eye.json", "main.mp4");
        StoredStream stream = found.streams().get(0);
        assertThat(stream.chunks()).isEqualTo(3);
        assertThat(stream.first()).isEqualTo(id("9-0"));
        assertThat(stream.last()).isEqualTo(id("10-0"));
        assertThat(store().zips("r", "s").await())
                .extracting(StoredZip::last)
                .containsExactly(id("9-10"), id("9-2"), id("10-0"));
    }

    @Test
    void readsAStreamOverAllItsFilesAndEachEntryOnce() {
        add("r", "s", "9-0", "i", "9-1", "j", "9-10", "k");
        add("r", "s", "9-1", "j", "9-2", "never");
        add("r", "s", "10-0", "l", "11-0", "");

        assertThat(read("r", "s")).containsExactly("9-0 i", "9-1 j", "9-10 k", "10-0 l", "11-0 ");
    }

    @Test
    void readsAStreamInOneFile() throws IOException {
        add("r", "s", "9-0", "i", "10-0", "j");
        Files.move(root().resolve("raw/r/s/9-0_10-0.zip"), root().resolve("raw/r/t.zip"));

        assertThat(read("r", "t")).containsExactly("9-0 i", "10-0 j");
        StoredStream single = store().find("r").await().streams().get(1);
        assertThat(single.isSingle()).isTrue();
        assertThat(EntrySpan.of(store(), "r", single).await()).isEqualTo(new EntrySpan(id("9-0"), id("10-0")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../../x", "/etc", "..", ".", "a\0b", "%2F"})
    void keepsStreamsOfHostileNamesInside(String stream) throws IOException {
        add("r", stream, "1-0", "x");

        assertThat(files()).singleElement().asString().startsWith("raw/r/");
        assertThat(store().find("r").await().streams())
                .extracting(StoredStream::stream)
                .containsExactly(stream);
        assertThat(read("r", stream)).containsExactly("1-0 x");
        try (Stream<Path> all = Files.walk(parent)) {
            assertThat(all.filter(Files::isRegularFile)).allMatch(file -> file.startsWith(root().resolve("raw/r")));
        }
    }

    @Test
    void saysWhichNamesItCannotTake() {
        assertThat(RecordingStore.takes("x".repeat(255))).isTrue();
        assertThat(RecordingStore.takes("x".repeat(256))).isFalse();
        assertThat(store().zips("r", "x".repeat(256)).await()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "", "a/b", "a\\b", "a\0b", ".hidden", "../x"})
    void refusesHostileNamesOfRecordings(String recording) {
        assertThatThrownBy(() -> store().find(recording).await())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.INVALID));
    }

    @Test
    void listsDirectoriesThatMayBeRecordingsByCodePoint() throws IOException {
        for (String name : List.of("b", "a", "\uFF5E", "\uD83D\uDE42", ".git")) {
            Files.createDirectories(root().resolve("raw").resolve(name));
        }
        Files.writeString(root().resolve("raw/file"), "x");

        assertThat(store().list().await()).containsExactly("a", "b", "\uFF5E", "\uD83D\uDE42");
    }

    @Test
    void movesARecordingAndWhatWasMadeOfIt() throws IOException {
        add("r", "s", "1-0", "x");
        Files.createDirectories(root().resolve("post/r"));
        Files.writeString(root().resolve("post/r/eye.json"), "x");

        assertThat(store().move("r", Shelf.LISTED, "r", Shelf.HIDDEN).await()).isEqualTo(new Moved(true, true));
        assertThat(files()).containsExactly("post_hidden/r/eye.json", "raw_hidden/r/s/1-0_1-0.zip");
        assertThat(store().contains("r").await()).isFalse();

        assertThat(store().move("r", Shelf.HIDDEN, "r", Shelf.LISTED).await()).isEqualTo(new Moved(true, true));
        assertThat(store().move("r", Shelf.LISTED, "t", Shelf.LISTED).await()).isEqualTo(new Moved(true, true));
        assertThat(files()).containsExactly("post/t/eye.json", "raw/t/s/1-0_1-0.zip");
    }

    @Test
    void movesNothingOntoSomethingElse() throws IOException {
        add("r", "s", "1-0", "x");
        add("t", "s", "1-0", "x");
        Files.createDirectories(root().resolve("post/u"));

        for (String target : List.of("t", "r")) {
            assertThatThrownBy(() -> store().move("r", Shelf.LISTED, target, Shelf.LISTED)
                            .await())
                    .hasMessage("Recording %s already exists!".formatted(target));
        }
        assertThat(files()).containsExactly("raw/r/s/1-0_1-0.zip", "raw/t/s/1-0_1-0.zip");
        // A crash may have left it between its two moves.
        assertThat(store().move("r", Shelf.LISTED, "u", Shelf.LISTED).await()).isEqualTo(new Moved(true, true));
    }

    /** Two stores are two instances that share a directory: only the moves themselves keep them apart. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void movesOneOfTwoThatAreToBeCalledTheSame(boolean isOneStore) throws IOException {
        LocalRecordings one = store();
        LocalRecordings other = isOneStore ? one : store();
        for (int i = 0; i < 200; i++) {
            String target = "t" + i;
            String[] names = {"a" + i, "b" + i};
            for (String name : names) {
                Files.createDirectories(root().resolve("raw").resolve(name));
                Files.writeString(root().resolve("raw").resolve(name).resolve("raw.zip"), name);
            }
            // One has nothing that was made of it, and so goes a step ahead.
            Files.createDirectories(root().resolve("post/a" + i));
            Files.writeString(root().resolve("post/a" + i + "/x"), names[0]);

            List<Future<Moved>> moving = List.of(
                    one.move(names[0], Shelf.LISTED, target, Shelf.LISTED),
                    other.move(names[1], Shelf.LISTED, target, Shelf.LISTED));
            Future.join(moving).transform(all -> Future.succeededFuture()).await();

            int winner = moving.get(0).succeeded() ? 0 : 1;
            assertThat(moving.get(winner).result()).isEqualTo(new Moved(true, true));
            assertThat(moving.get(1 - winner).cause()).hasMessage("Recording %s already exists!".formatted(target));
            assertThat(root().resolve("raw").resolve(target).resolve("raw.zip")).hasContent(names[winner]);
            String kept = winner == 0 ? target : names[0];
            assertThat(root().resolve("post").resolve(kept).resolve("x")).hasContent(names[0]);
        }
    }

    @Test
    void movesARecordingToOneOfTwoNames() throws IOException {
        for (int i = 0; i < 100; i++) {
            String name = "r" + i;
            Files.createDirectories(root().resolve("raw").resolve(name).resolve("s"));
            List<Future<Moved>> moving = Stream.of("a", "b")
                    .map(target -> store().move(name, Shelf.LISTED, target + name, Shelf.LISTED))
                    .toList();

            Future.join(moving).await();

            assertThat(moving)
                    .extracting(Future::result)
                    .extracting(Moved::isGone)
                    .containsExactly(true, true);
            assertThat(moving)
                    .extracting(Future::result)
                    .extracting(Moved::isThere)
                    .containsOnlyOnce(true);
        }
    }

    @Test
    void deletesARecordingAndWhatWasMadeOfIt() throws IOException {
        add("r", "s", "1-0", "x");
        add("t", "s", "1-0", "x");
        Files.createDirectories(root().resolve("post/r/more"));
        Files.writeString(root().resolve("post/r/more/eye.json"), "x");

        assertThat(store().delete("r").await()).isEqualTo(new Gone(true, true));

        assertThat(store().list().await()).containsExactly("t");
        await().untilAsserted(() -> assertThat(files()).containsExactly("raw/t/s/1-0_1-0.zip"));
    }

    @Test
    void sweepsWhatACrashHasLeft() throws IOException {
        add("r", "s", "1-0", "x");
        Files.createDirectories(root().resolve(".trash/1/s"));
        Files.writeString(root().resolve(".trash/1/s/1-0_1-0.zip"), "x");
        Files.writeString(root().resolve(".unfinished/1.zip"), "x");

        store().sweep().await();

        assertThat(files()).containsExactly("raw/r/s/1-0_1-0.zip");
    }

    @Test
    void saysThatAFileHasGone() {
        assertThatThrownBy(() ->
                        store().open(root().resolve("none.zip").toString()).await())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND));
    }

    private void add(String recording, String stream, String... pairs) {
        assertThat(store().add(recording, chunk(stream, pairs), () -> true).await())
                .isTrue();
    }

    private List<String> read(String recording, String stream) {
        return StoredEntries.read(store(), recording, stream);
    }

    private static Chunk chunk(String stream, String... pairs) {
        return StoredEntries.chunk(stream, pairs);
    }

    private static EntryId id(String text) {
        return EntryId.of(text);
    }

    private List<String> files() throws IOException {
        if (!Files.exists(root())) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root())) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root().relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
