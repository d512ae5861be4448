package lyceum.media;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Recorded sound of the fixtures, copied to {@code src/test/resources/audio}. */
public final class Samples {

    private Samples() {}

    /** @return the bytes of one sample, {@code tone0.webm} */
    public static byte[] read(String name) {
        try (InputStream file = Samples.class.getResourceAsStream("/audio/" + name)) {
            return Objects.requireNonNull(file, name).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
