package lyceum.stream.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.URI;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.RecordingService.Gone;
import lyceum.stream.RecordingService.Moved;
import lyceum.stream.internal.EntryId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Recordings in a bucket, whose lists come in pages of seven. */
class S3RecordingsTest {

    private final Vertx vertx = Vertx.vertx();
    private final TestBucket bucket = new TestBucket(vertx);
    private final S3Recordings store = new S3Recordings(vertx, bucket.access(), 1);

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void hasNothingInAnEmptyBucket() {
        assertThat(store.list().await()).isEmpty();
        assertThat(store.contains("r").await()).isFalse();
        assertThat(store.find("r").await()).isEqualTo(StoredRecording.NONE);
        assertThat(store.zips("r", "s").await()).isEmpty();
        assertThat(store.move("r", Shelf.LISTED, "r", Shelf.HIDDEN).await()).isEqualTo(new Moved(false, true));
        assertThat(store.delete("r").await()).isEqualTo(new Gone(true, true));
        assertThat(store.sweep().await()).isNull();
    }

    @Test
    void keepsChunksWhereADirectoryHasThem() {
        add("r", "detic:image", "5-0", "one", "17-3", "");
        add("r", "../ü+ &<x>", "1-0", "x");

        assertThat(bucket.objects())
                .containsOnlyKeys("raw/r/..%2Fü+ &<x>/1-0_1-0.zip", "raw/r/detic:image/5-0_17-3.zip");
        assertThat(StoredEntries.read(store, "r", "detic:image")).containsExactly("5-0 one", "17-3 ");
        assertThat(StoredEntries.read(store, "r", "../ü+ &<x>")).containsExactly("1-0 x");
        assertThat(store.find("r").await().streams())
                .extracting(StoredStream::stream)
                .containsExactly("../ü+ &<x>", "detic:image");
    }

    @Test
    void writesNothingWithoutPermission() {
        assertThat(store.add("r", StoredEntries.chunk("s", "1-0", "x"), () -> false)
                        .await())
                .isFalse();
        assertThat(bucket.objects()).isEmpty();
    }

    @Test
    void readsOverPagesOfLists() {
        for (int i = 0; i < 20; i++) {
            add("r", "s", i + "-1", "x" + i);
            add("r" + i, "s", "1-0", "x");
        }
        bucket.objects().put("raw/r/s/notes.txt", Buffer.buffer());
        bucket.objects().put("post/r/main.mp4", Buffer.buffer());
        bucket.objects().put("post/r/more/x", Buffer.buffer());

        assertThat(store.list().await()).hasSize(21).contains("r", "r0", "r19");
        StoredRecording found = store.find("r").await();
        assertThat(found.files()).containsExactly("main.mp4", "more");
        StoredStream stream = found.streams().get(0);
        assertThat(stream.chunks()).isEqualTo(20);
        assertThat(stream.first()).isEqualTo(EntryId.of("0-1"));
        assertThat(stream.last()).isEqualTo(EntryId.of("19-1"));
        assertThat(StoredEntries.read(store, "r", "s")).hasSize(20).startsWith("0-1 x0", "1-1 x1", "2-1 x2");
        assertThat(store.contains("r").await()).isTrue();
    }

    @Test
    void readsAStreamInOneFile() {
        add("r", "s", "9-0", "i", "10-0", "j");
        bucket.objects().put("raw/r/t.zip", bucket.objects().remove("raw/r/s/9-0_10-0.zip"));

        assertThat(StoredEntries.read(store, "r", "t")).containsExactly("9-0 i", "10-0 j");
        assertThat(store.find("r").await().streams()).singleElement().matches(StoredStream::isSingle);
    }

    @Test
    void movesARecordingAndWhatWasMadeOfIt() {
        for (int i = 0; i < 20; i++) {
            add("r", "s&<x>", i + "-1", "x");
        }
        bucket.objects().put("post/r/main.mp4", Buffer.buffer("y"));

        assertThat(store.move("r", Shelf.LISTED, "r", Shelf.HIDDEN).await()).isEqualTo(new Moved(true, true));
        assertThat(store.list().await()).isEmpty();
        assertThat(bucket.objects()).hasSize(21).containsKey("post_hidden/r/main.mp4");

        assertThat(store.move("r", Shelf.HIDDEN, "r", Shelf.LISTED).await()).isEqualTo(new Moved(true, true));
        assertThat(store.move("r", Shelf.LISTED, "t", Shelf.LISTED).await()).isEqualTo(new Moved(true, true));
        assertThat(StoredEntries.read(store, "t", "s&<x>")).hasSize(20);
        assertThat(bucket.objects()).hasSize(21).containsKey("post/t/main.mp4");
    }

    @Test
    void movesNothingOntoSomethingElse() {
        add("r", "s", "1-0", "x");
        add("t", "s", "2-0", "x");

        for (String target : List.of("t", "r")) {
            assertFails(Kind.CONFLICT, store.move("r", Shelf.LISTED, target, Shelf.LISTED));
        }
        assertFails(Kind.CONFLICT, store.move("none", Shelf.LISTED, "t", Shelf.LISTED));
        assertThat(bucket.objects()).containsOnlyKeys("raw/r/s/1-0_1-0.zip", "raw/t/s/2-0_2-0.zip");
    }

    @Test
    void goesOnWithAMoveThatWasInterrupted() {
        for (int i = 0; i < 20; i++) {
            add("r", "s", i + "-1", "x");
        }
        bucket.denyCopies(true);
        assertFails(Kind.UNAVAILABLE, store.move("r", Shelf.LISTED, "t", Shelf.LISTED));
        assertThat(bucket.objects()).hasSize(20);
        bucket.objects().put("raw/t/s/0-1_0-1.zip", bucket.objects().get("raw/r/s/0-1_0-1.zip"));
        bucket.denyCopies(false);

        assertThat(store.move("r", Shelf.LISTED, "t", Shelf.LISTED).await()).isEqualTo(new Moved(true, true));
        assertThat(store.list().await()).containsExactly("t");
        assertThat(bucket.objects()).hasSize(20);
    }

    @Test
    void movesWhatCameOrChangedWhileItMoved() {
        for (int i = 0; i < 10; i++) {
            bucket.objects().put("post/r/" + i, Buffer.buffer("old" + i));
        }
        add("r", "s", "1-0", "x");
        bucket.onCopy(key -> {
            if (key.equals("post/r/3")) {
                bucket.onCopy(other -> {});
                bucket.objects().put("post/r/0", Buffer.buffer("new"));
                bucket.objects().put("post/r/10", Buffer.buffer("late"));
            }
        });

        assertThat(store.move("r", Shelf.LISTED, "r", Shelf.HIDDEN).await()).isEqualTo(new Moved(true, true));

        assertThat(bucket.objects().keySet())
                .noneMatch(key -> key.startsWith("post/"))
                .hasSize(12);
        assertThat(bucket.objects().get("post_hidden/r/0")).hasToString("new");
        assertThat(bucket.objects().get("post_hidden/r/10")).hasToString("late");
        assertThat(bucket.objects().get("post_hidden/r/9")).hasToString("old9");
    }

    @Test
    void losesNothingWhereThereIsAlwaysSomethingNew() {
        add("r", "s", "1-0", "x");
        bucket.objects().put("post/r/0", Buffer.buffer());
        AtomicInteger uploads = new AtomicInteger();
        bucket.onCopy(key -> bucket.objects().put("post/r/" + uploads.incrementAndGet(), Buffer.buffer()));

        assertFails(Kind.BUSY, store.move("r", Shelf.LISTED, "r", Shelf.HIDDEN));

        assertThat(bucket.objects())
                .containsKeys(IntStream.rangeClosed(0, uploads.get())
                        .mapToObj(i -> "post/r/" + i)
                        .toArray(String[]::new));
        bucket.onCopy(key -> {});
        assertThat(store.move("r", Shelf.LISTED, "r", Shelf.HIDDEN).await()).isEqualTo(new Moved(true, true));
        assertThat(bucket.objects()).hasSize(uploads.get() + 2).containsKey("post_hidden/r/" + uploads.get());
    }

    @Test
    void deletesARecordingAndWhatWasMadeOfIt() {
        for (int i = 0; i < 20; i++) {
            add("r", "s", i + "-1", "x");
        }
        add("rest", "s", "1-0", "x");
        bucket.objects().put("post/r/main.mp4", Buffer.buffer("y"));

        assertThat(store.delete("r").await()).isEqualTo(new Gone(true, true));
        assertThat(bucket.objects()).containsOnlyKeys("raw/rest/s/1-0_1-0.zip");
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "", "a/b", "a\0b"})
    void refusesHostileNamesOfRecordings(String recording) {
        assertThatThrownBy(() -> store.find(recording).await())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.INVALID));
    }

    @Test
    void failsClearlyWhileTheBucketIsOut() {
        add("r", "s", "1-0", "x");
        bucket.out(true);
        assertEverythingFails(store);

        bucket.out(false);
        assertThat(store.list().await()).containsExactly("r");
    }

    @Test
    void failsClearlyWithAWrongKeyOrWithoutAServer() {
        S3Access right = bucket.access();
        assertEverythingFails(new S3Recordings(
                vertx, new S3Access(right.endpoint(), right.bucket(), right.region(), "name", "wrong"), 1));
        assertEverythingFails(new S3Recordings(
                vertx, new S3Access(URI.create("http://127.0.0.1:1"), "bucket", "x", "name", "secret"), 1));
    }

    private static void assertEverythingFails(S3Recordings store) {
        assertFails(Kind.UNAVAILABLE, store.list());
        assertFails(Kind.UNAVAILABLE, store.contains("r"));
        assertFails(Kind.UNAVAILABLE, store.find("r"));
        assertFails(Kind.UNAVAILABLE, store.zips("r", "s"));
        assertFails(Kind.UNAVAILABLE, store.open("raw/r/s/1-0_1-0.zip"));
        assertFails(Kind.UNAVAILABLE, store.add("r", StoredEntries.chunk("s", "1-0", "x"), () -> true));
        assertFails(Kind.UNAVAILABLE, store.move("r", Shelf.LISTED, "t", Shelf.LISTED));
        assertFails(Kind.UNAVAILABLE, store.delete("r"));
    }

    @Test
    void leavesNoPartsOfFilesThatAreGivenUp() {
        FileDraft draft = store.files().begin("r", "x").await();
        draft.append(Buffer.buffer(new byte[6 << 20])).await();
        assertThat(bucket.uploads()).hasSize(1);

        draft.abandon().await();

        assertThat(bucket.uploads()).isEmpty();
        assertThat(bucket.objects()).isEmpty();
    }

    @Test
    void failsClearlyWithFilesWhileTheBucketIsOut() {
        FileDraft draft = store.files().begin("r", "x").await();
        draft.append(Buffer.buffer("x")).await();
        bucket.out(true);

        assertFails(Kind.UNAVAILABLE, store.files().find("r", "x"));
        assertFails(Kind.UNAVAILABLE, store.files().read("r", "x", "tag", 0, 1));
        assertFails(Kind.UNAVAILABLE, store.files().isHidden("r"));
        assertFails(Kind.UNAVAILABLE, draft.commit(false));
        assertFails(Kind.UNAVAILABLE, draft.append(Buffer.buffer(new byte[6 << 20])));
    }

    @Test
    void saysThatAnObjectHasGone() {
        assertFails(Kind.NOT_FOUND, store.open("raw/r/none.zip"));
    }

    private void add(String recording, String stream, String... pairs) {
        assertThat(store.add(recording, StoredEntries.chunk(stream, pairs), () -> true)
                        .await())
                .isTrue();
    }

    private static void assertFails(Kind kind, Future<?> answer) {
        assertThatThrownBy(answer::await)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
