package lyceum.launcher.elicast;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import lyceum.launcher.wire.Answer;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.assertj.core.api.SoftAssertions;

/** The download of all recordings of a lesson. */
final class TarOfSound {

    /** Python's tarfile fills up to a multiple of this; the exact length depends on how ffmpeg writes the sound. */
    private static final int RECORD_BYTES = 10_240;

    private record Entry(TarArchiveEntry header, byte[] bytes) {}

    private TarOfSound() {}

    static void checkLength(Answer answer, SoftAssertions soft) {
        soft.assertThat(answer.body().length()).as("length of the tar").isPositive();
        soft.assertThat(answer.body().length() % RECORD_BYTES)
                .as("rest of a tar record")
                .isZero();
    }

    static void checkEntries(JsonNode recorded, Answer answer, SoftAssertions soft) {
        List<Entry> entries = read(answer.body().getBytes());
        soft.assertThat(entries).as("entries").hasSameSizeAs(recorded);
        for (int i = 0; i < Math.min(entries.size(), recorded.size()); i++) {
            checkHeader(recorded.get(i), entries.get(i).header(), soft);
            SoundProperties.check(
                    recorded.get(i).get("name").asText(),
                    recorded.get(i),
                    entries.get(i).bytes(),
                    soft);
        }
    }

    private static void checkHeader(JsonNode recorded, TarArchiveEntry header, SoftAssertions soft) {
        String name = recorded.get("name").asText();
        int mode = Integer.parseInt(recorded.get("mode").asText().substring("0o".length()), 8);
        soft.assertThat(header.getName()).as("name").isEqualTo(name);
        soft.assertThat(header.getMode()).as(name + " mode").isEqualTo(mode);
        soft.assertThat(header.getLastModifiedTime().toMillis())
                .as(name + " time")
                .isZero();
        soft.assertThat(header.getLongUserId()).as(name + " uid").isZero();
        soft.assertThat(header.getLongGroupId()).as(name + " gid").isZero();
        soft.assertThat(header.isFile()).as(name + " is a file").isTrue();
    }

    private static List<Entry> read(byte[] archive) {
        List<Entry> entries = new ArrayList<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new ByteArrayInputStream(archive))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.add(new Entry(entry, tar.readAllBytes()));
            }
            return entries;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
