package lyceum.launcher.backup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import lyceum.platform.Settings;

/**
 * Files that must outlive the process.
 *
 * @param name of its part in a backup
 * @param root its directory, which need not be there yet
 * @param only the one file of it that counts; empty for all of them
 * @param followsLinks whether a link in it that leads to a directory stands for that directory, as it does for the service
 */
record FileStore(String name, Path root, Optional<String> only, boolean followsLinks) {

    /** What is deleted already, what a restore lays out, and what a file system of its own has at its root. */
    private static final List<String> PASSED_OVER = List.of(".trash", Swap.DIRECTORY, "lost+found");

    /**
     * All there are: recordings of streams (those in a bucket are the bucket's business) and of live video, the operator's
     * homework, and the secret that signs tokens. The other files of the data directory are unpacked programs, work of the
     * moment, and the embedded servers' own, whose passwords no other server needs.
     */
    static List<FileStore> from(Settings settings) {
        Path data = settings.path("LYCEUM_DATA_DIR", "./data", "Where everything lies that must outlive the process");
        List<FileStore> stores = new ArrayList<>();
        stores.add(new FileStore("secrets", data, Optional.of("jwt-secret"), false));
        Path live = settings.optionalText("LYCEUM_LIVE_RECORDINGS_DIR", "Where recordings of live video are kept")
                .map(Path::of)
                .orElse(data.resolve("live"));
        stores.add(new FileStore("live", live, Optional.empty(), false));
        if (settings.optionalText("LYCEUM_RECORDINGS_S3_URL", "Store for recordings that speaks S3")
                .isEmpty()) {
            Path recordings = settings.optionalText("LYCEUM_RECORDINGS_DIR", "Where recordings are kept")
                    .map(Path::of)
                    .orElse(data.resolve("recordings"));
            stores.add(new FileStore("recordings", recordings, Optional.empty(), false));
        }
        settings.optionalText("LYCEUM_GRADING_HOMEWORK_DIR", "Where homework lies")
                .ifPresent(
                        homework -> stores.add(new FileStore("homework", Path.of(homework), Optional.empty(), true)));
        return List.copyOf(stores);
    }

    /** @return what lies directly in it, without what is {@link #leftOut} */
    List<Path> children() throws IOException {
        return found(this::isTaken);
    }

    /** @return what lies directly in it and is neither a file nor a directory: links that are not followed, above all */
    List<Path> leftOut() throws IOException {
        return found(child -> !isTaken(child));
    }

    private List<Path> found(Predicate<Path> wanted) throws IOException {
        List<Path> children = new ArrayList<>();
        if (Files.isDirectory(root)) {
            try (DirectoryStream<Path> found =
                    Files.newDirectoryStream(root, child -> counts(child) && wanted.test(child))) {
                found.forEach(children::add);
            }
        }
        children.sort(null);
        return children;
    }

    private boolean counts(Path child) {
        String file = child.getFileName().toString();
        return only.map(file::equals).orElse(!PASSED_OVER.contains(file));
    }

    private boolean isTaken(Path child) {
        return isFileOrDirectory(child) || followsLinks && Files.isDirectory(child);
    }

    static boolean isFileOrDirectory(Path path) {
        return Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
    }
}
