package lyceum.stream.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Random;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Files of recordings, in a directory and in a bucket. */
class FileStoreTest {

    @TempDir
    Path root;

    private final Vertx vertx = Vertx.vertx();

    /** The two kinds of store. */
    enum Place {
        DIRECTORY,
        BUCKET
    }

    private RecordingStore recordings(Place place) {
        return place == Place.DIRECTORY
                ? new LocalRecordings(vertx, root.resolve("not/there/yet"), 1)
                : new S3Recordings(vertx, new TestBucket(vertx).access(), 1);
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @ParameterizedTest
    @EnumSource
    void keepsAFileThatWasWrittenInPieces(Place place) {
        RecordingStore recordings = recordings(place);
        FileStore store = recordings.files();
        FileDraft draft = store.begin("r", "eye.json").await();
        draft.append(Buffer.buffer("[1,")).await();
        draft.append(Buffer.buffer("2]")).await();
        assertFails(Kind.NOT_FOUND, store.find("r", "eye.json"));
        assertThat(recordings.find("r").await().files()).isEmpty();

        StoredFile stored = draft.commit(false).await();
        draft.abandon().await();

        assertThat(stored.bytes()).isEqualTo(5);
        assertThat(stored.modified()).isBefore(Instant.now().plusSeconds(1));
        assertThat(store.find("r", "eye.json").await()).isEqualTo(stored);
        assertThat(recordings.find("r").await().files()).containsExactly("eye.json");
        assertThat(read(store, stored, 0, 100)).isEqualTo("[1,2]");
        assertThat(read(store, stored, 1, 2)).isEqualTo("1,");
        assertThat(read(store, stored, 5, 1)).isEmpty();
        assertThat(read(store, stored, 500, 1)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void keepsALongFileByteForByte(Place place) {
        FileStore store = recordings(place).files();
        byte[] bytes = new byte[12_000_001];
        new Random(7).nextBytes(bytes);
        Buffer whole = Buffer.buffer(bytes);
        FileDraft draft = store.begin("r", "main.mp4").await();
        for (int at = 0; at < bytes.length; at += 256 * 1024) {
            draft.append(whole.slice(at, Math.min(bytes.length, at + 256 * 1024)))
                    .await();
        }

        StoredFile stored = draft.commit(false).await();

        assertThat(stored.bytes()).isEqualTo(bytes.length);
        for (int at : new int[] {0, 5 << 20, bytes.length - 10}) {
            Buffer expected = whole.slice(at, Math.min(bytes.length, at + 4096));
            assertThat(store.read("r", "main.mp4", stored.tag(), at, 4096)
                            .await()
                            .getBytes())
                    .isEqualTo(expected.getBytes());
        }
    }

    @ParameterizedTest
    @EnumSource
    void keepsAnEmptyFile(Place place) {
        FileStore store = recordings(place).files();

        StoredFile stored = store.begin("r", "x").await().commit(false).await();

        assertThat(stored.bytes()).isZero();
        assertThat(read(store, stored, 0, 10)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void replacesAFileOnlyWhereItMay(Place place) {
        FileStore store = recordings(place).files();
        StoredFile first = write(store, "r", "x", "one", false);
        FileDraft second = store.begin("r", "x").await();
        second.append(Buffer.buffer("two")).await();

        assertThatThrownBy(() -> second.commit(false).await())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.CONFLICT))
                .hasMessage("File r/x already exists.");
        second.abandon().await();
        assertThat(store.read("r", "x", first.tag(), 0, 9).await()).hasToString("one");

        StoredFile third = write(store, "r", "x", "3rd", true);
        assertThat(third.tag()).isNotEqualTo(first.tag());
        assertFails(Kind.CONFLICT, store.read("r", "x", first.tag(), 0, 9));
        assertThat(store.read("r", "x", third.tag(), 0, 9).await()).hasToString("3rd");
    }

    @ParameterizedTest
    @EnumSource
    void forgetsWhatWasGivenUp(Place place) {
        FileStore store = recordings(place).files();
        FileDraft draft = store.begin("r", "x").await();
        draft.append(Buffer.buffer(new byte[6 << 20])).await();

        draft.abandon().await();

        assertFails(Kind.NOT_FOUND, store.find("r", "x"));
    }

    @ParameterizedTest
    @EnumSource
    void followsItsRecording(Place place) {
        RecordingStore recordings = recordings(place);
        FileStore store = recordings.files();
        recordings.add("r", StoredEntries.chunk("s", "1-0", "x"), () -> true).await();
        write(store, "r", "x", "one", false);
        assertThat(store.isHidden("r").await()).isFalse();

        recordings.move("r", Shelf.LISTED, "r", Shelf.HIDDEN).await();
        assertFails(Kind.NOT_FOUND, store.find("r", "x"));
        assertThat(store.isHidden("r").await()).isTrue();

        recordings.move("r", Shelf.HIDDEN, "r", Shelf.LISTED).await();
        recordings.move("r", Shelf.LISTED, "t", Shelf.LISTED).await();
        assertThat(store.find("t", "x").await().bytes()).isEqualTo(3);
        recordings.delete("t").await();
        assertFails(Kind.NOT_FOUND, store.find("t", "x"));
    }

    @ParameterizedTest
    @EnumSource
    void refusesNamesThatLeadElsewhere(Place place) {
        FileStore store = recordings(place).files();
        for (String name : new String[] {"..", ".", "", "a/b", "a\\b", "a\0b", ".hidden", "../x", "/etc/hostname"}) {
            assertRefused(() -> store.find("r", name));
            assertRefused(() -> store.find(name, "x"));
            assertRefused(() -> store.read("r", name, "", 0, 1));
            assertRefused(() -> store.begin("r", name));
            assertRefused(() -> store.begin(name, "x"));
        }
    }

    private static void assertRefused(java.util.function.Supplier<Future<?>> question) {
        assertThatThrownBy(() -> question.get().await())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.INVALID));
    }

    private static StoredFile write(FileStore store, String recording, String file, String text, boolean overwrite) {
        FileDraft draft = store.begin(recording, file).await();
        draft.append(Buffer.buffer(text)).await();
        return draft.commit(overwrite).await();
    }

    private static String read(FileStore store, StoredFile file, long offset, int count) {
        String name = file.bytes() == 0 ? "x" : "eye.json";
        return store.read("r", name, file.tag(), offset, count).await().toString();
    }

    private static void assertFails(Kind kind, Future<?> answer) {
        assertThatThrownBy(answer::await)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
