package lyceum.stream.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only a directory can have: links out of it, and drafts of processes that are gone. */
class LocalFilesTest {

    @TempDir
    Path parent;

    private final Vertx vertx = Vertx.vertx();
    private Path root;
    private FileStore store;

    @BeforeEach
    void start() {
        root = parent.resolve("recordings");
        store = new LocalRecordings(vertx, root, 1).files();
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void followsNoLink() throws IOException {
        Path secret = Files.createDirectories(parent.resolve("secret"));
        Files.writeString(secret.resolve("x"), "secret");
        Files.createDirectories(root.resolve("post/r/folder"));
        Files.createSymbolicLink(root.resolve("post/r/x"), secret.resolve("x"));
        Files.createSymbolicLink(root.resolve("post/s"), secret);

        for (String[] place : new String[][] {{"r", "x"}, {"s", "x"}, {"r", "folder"}}) {
            assertMissing(() -> store.find(place[0], place[1]).await());
            assertMissing(() -> store.read(place[0], place[1], "tag", 0, 1).await());
        }
    }

    @Test
    void writesThroughNoLink() throws IOException {
        Path secret = Files.createDirectories(parent.resolve("secret"));
        Files.writeString(secret.resolve("x"), "secret");
        Files.createDirectories(root.resolve("post/r"));
        Files.createSymbolicLink(root.resolve("post/r/x"), secret.resolve("x"));
        Files.createSymbolicLink(root.resolve("post/s"), secret);

        FileDraft replacing = store.begin("r", "x").await();
        replacing.append(Buffer.buffer("new")).await();
        replacing.commit(true).await();
        FileDraft outside = store.begin("s", "y").await();
        assertMissing(() -> outside.commit(true).await());
        outside.abandon().await();

        assertThat(secret.resolve("x")).hasContent("secret");
        assertThat(secret.resolve("y")).doesNotExist();
        assertThat(root.resolve("post/r/x")).hasContent("new").isRegularFile();
    }

    @Test
    void tellsApartWhatOthersHaveWrittenInPlace() throws IOException {
        Path file = Files.createDirectories(root.resolve("post/r")).resolve("main.mp4");
        Files.writeString(file, "abc");
        StoredFile before = store.find("r", "main.mp4").await();
        Files.setLastModifiedTime(file, FileTime.from(before.modified().plusNanos(1000)));

        assertThat(store.find("r", "main.mp4").await().tag()).isNotEqualTo(before.tag());
    }

    @Test
    void leavesNothingOfDraftsThatAreOver() throws IOException {
        FileDraft committed = store.begin("r", "x").await();
        committed.append(Buffer.buffer("x")).await();
        committed.commit(false).await();
        committed.abandon().await();
        FileDraft refused = store.begin("r", "x").await();
        assertThatThrownBy(() -> refused.commit(false).await()).hasMessage("File r/x already exists.");
        refused.abandon().await();

        assertThat(files()).containsExactly("post/r/x");
    }

    @Test
    void removesDraftsOfProcessesThatAreGone() throws IOException {
        Path drafts = Files.createDirectories(root.resolve(".uploads"));
        Path old = Files.writeString(drafts.resolve("old"), "x");
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(2))));
        Files.writeString(drafts.resolve("new"), "x");

        store.begin("r", "x").await().abandon().await();

        assertThat(files()).containsExactly(".uploads/new");
    }

    @Test
    void isNotSweptByWhoRecords() throws IOException {
        FileDraft draft = store.begin("r", "x").await();
        draft.append(Buffer.buffer("x")).await();

        new LocalRecordings(vertx, root, 1).sweep().await();

        assertThat(draft.commit(false).await().bytes()).isEqualTo(1);
    }

    private static void assertMissing(Runnable question) {
        assertThatThrownBy(question::run)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND));
    }

    private List<String> files() throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }
}
