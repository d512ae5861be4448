package lyceum.media.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lyceum.media.MediaService.Segment;
import lyceum.media.TestFfmpeg;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Cuts far from the beginning, which are sought, have the packets of cuts that read all before them. */
@TestInstance(Lifecycle.PER_CLASS)
class LongRecordingTest {

    @TempDir
    static Path data;

    private final Vertx vertx = Vertx.vertx();
    private TestMedia media;
    private byte[] first;
    private byte[] second;

    @BeforeAll
    void start() throws Exception {
        media = TestMedia.start(vertx, data);
        first = TestFfmpeg.made(
                data,
                "-f",
                "lavfi",
                "-i",
                "sine=300:d=62.03",
                "-c:a",
                "libopus",
                "-b:a",
                "16k",
                "-live",
                "1",
                "-f",
                "webm");
        second = TestFfmpeg.made(
                data, "-f", "lavfi", "-i", "sine=700:d=41.5", "-c:a", "libopus", "-b:a", "16k", "-f", "webm");
    }

    @AfterAll
    void stop() {
        media.close();
        vertx.close().await();
    }

    @ParameterizedTest
    @CsvSource({"50000, 52000", "10001, 10500", "60000, 65000", "62041, 62060", "80123, 81000", "100000, 200000"})
    void areCutToThePacket(long startMillis, long endMillis) throws Exception {
        byte[] sought = media.split(List.of(first, second), new Segment(startMillis, endMillis))
                .get(0);

        assertThat(packets(sought)).isNotEmpty().isEqualTo(packets(read(startMillis, endMillis)));
    }

    @Test
    void theHeaderTellsTheLengthOfWhatIsRepaired() {
        Buffer header = Buffer.buffer(media.repair(first).get(0));

        assertThat(WebmHeader.durationMicros(header)).hasValue(62_041_000);
        assertThat(WebmHeader.durationMicros(Buffer.buffer(first))).isEmpty();
        assertThat(WebmHeader.durationMicros(header.slice(0, 60))).isEmpty();
        assertThat(WebmHeader.durationMicros(Buffer.buffer(new byte[100]))).isEmpty();
    }

    /** The commands of the original (elicast contract, section 7.3). */
    private byte[] read(long startMillis, long endMillis) throws IOException, InterruptedException {
        List<byte[]> repaired = media.repair(first, second);
        Files.write(data.resolve("a.webm"), repaired.get(0));
        Files.write(data.resolve("b.webm"), repaired.get(1));
        Path list = Files.writeString(data.resolve("list"), "file a.webm\nfile b.webm\n");
        return TestFfmpeg.made(
                data,
                "-f",
                "concat",
                "-i",
                list.toString(),
                "-ss",
                SoundCutter.seconds(startMillis),
                "-t",
                SoundCutter.seconds(endMillis - startMillis),
                "-c:a",
                "copy",
                "-f",
                "webm");
    }

    private static String packets(byte[] sound) throws IOException, InterruptedException {
        Path file = Files.write(data.resolve("sound.webm"), sound);
        return TestFfmpeg.output(List.of("-i", file.toString(), "-c", "copy", "-f", "framehash", "-"));
    }
}
