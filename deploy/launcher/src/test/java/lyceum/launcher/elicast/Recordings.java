package lyceum.launcher.elicast;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;

/** The folder of recorded traffic and its samples of sound. */
final class Recordings {

    private static final String DATA_URI = "data:audio/webm;base64,";

    private Recordings() {}

    /** @return names without folder and ending, sorted */
    static List<String> names(String ending) {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith("." + ending))
                    .map(name -> name.substring(0, name.length() - ending.length() - 1))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @param path inside the folder, {@code audio/tone0.webm} */
    static byte[] read(String path) {
        try {
            return Files.readAllBytes(folder().resolve(path));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return a sample as the clients send it */
    static String dataUri(String path) {
        return dataUri(read(path));
    }

    static String dataUri(byte[] webm) {
        return DATA_URI + Base64.getEncoder().encodeToString(webm);
    }

    /** @return the bytes behind a data URI that carries WebM */
    static byte[] fromDataUri(String uri) {
        if (!uri.startsWith(DATA_URI)) {
            throw new AssertionError("no data URI of WebM: " + uri.substring(0, Math.min(60, uri.length())));
        }
        return Base64.getDecoder().decode(uri.substring(DATA_URI.length()));
    }

    private static Path folder() {
        try {
            URI folder = Recordings.class.getResource("/elicast").toURI();
            return Path.of(folder);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
