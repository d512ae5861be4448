package lyceum.media.internal;

import static lyceum.media.internal.Failing.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import lyceum.media.Samples;
import lyceum.media.TestFfmpeg;
import lyceum.media.WebmProbe;
import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the old server answered, with the system's ffmpeg where there is one and with the bundled one. */
@TestInstance(Lifecycle.PER_CLASS)
class RecordedSoundTest {

    /** Refused by the form of the request, before there is any sound. */
    private static final Set<String> NOT_OURS =
            Set.of("segments-booleans", "blobs-invalid-chars-ignored", "segment-huge", "segment-huge-start");

    private final Map<String, TestMedia> media = new TreeMap<>();
    private final List<Vertx> houses = List.of(Vertx.vertx(), Vertx.vertx());

    @BeforeAll
    void start(@TempDir Path data) {
        media.put("bundled", start(houses.get(0), data, TestFfmpeg.bundled().toString()));
        TestFfmpeg.ofSystem().ifPresent(path -> media.put("system", start(houses.get(1), data, path.toString())));
    }

    private static TestMedia start(Vertx vertx, Path data, String program) {
        return TestMedia.start(vertx, data, "LYCEUM_FFMPEG", program);
    }

    @AfterAll
    void stop() {
        media.values().forEach(TestMedia::close);
        houses.forEach(vertx -> vertx.close().await());
    }

    Stream<Arguments> programs() {
        return media.keySet().stream().map(Arguments::of);
    }

    Stream<Arguments> splits() {
        List<Fixture> steps = Fixture.all("audio-split").stream()
                .filter(step -> step.step().at("/response/status").asInt() == 200 && !NOT_OURS.contains(step.id()))
                .toList();
        assertThat(steps).hasSizeGreaterThan(25);
        return media.keySet().stream().flatMap(program -> steps.stream().map(step -> Arguments.of(program, step)));
    }

    @ParameterizedTest
    @MethodSource("splits")
    void splitsAsRecorded(String program, Fixture step) {
        if (step.refused()) {
            assertFails(
                    Kind.INVALID,
                    "audio_blobs could not be decoded",
                    () -> media.get(program).split(step.blobs(), step.segments()));
            return;
        }
        List<byte[]> outputs = media.get(program).split(step.blobs(), step.segments());

        assertThat(outputs).hasSameSizeAs(step.outputs());
        for (int i = 0; i < outputs.size(); i++) {
            WebmProbe probe = WebmProbe.of(outputs.get(i));
            assertLike(step.outputs().get(i), probe);
            assertThat(probe.freqEndHertz() != null
                            || probe.packets() == 0
                            || step.id().startsWith("chrome"))
                    .as("a tone is heard, but for Chrome's beeps")
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void repairsAsRecorded(String program) {
        JsonNode recorded = Fixture.all("audio-download-replace").stream()
                .filter(step -> step.id().equals("download"))
                .findFirst()
                .orElseThrow()
                .step()
                .at("/response_summary/entries");

        List<byte[]> outputs = media.get(program)
                .repair(Samples.read("tone0.webm"), Samples.read("tone1.webm"), Samples.read("tone2.webm"));

        for (int i = 0; i < outputs.size(); i++) {
            assertLike(recorded.get(i), WebmProbe.of(outputs.get(i)));
        }
    }

    @ParameterizedTest
    @MethodSource("programs")
    void repairsToNothingWhatIsNoSound(String program) {
        List<byte[]> outputs = media.get(program)
                .repair(new byte[] {106, 23, 95}, Samples.read("tone0.webm"), new byte[0], Samples.read("tone.wav"));

        assertThat(outputs).extracting(output -> output.length > 0).containsExactly(false, true, false, false);
    }

    private static void assertLike(JsonNode recorded, WebmProbe probe) {
        int packets = recorded.get("packets").asInt();
        if (packets == 0) {
            assertThat(probe.packets()).isZero();
            return;
        }
        JsonNode stream = recorded.at("/streams/0");
        assertThat(probe.format()).isEqualTo(recorded.get("format").asText());
        assertThat(probe.codec()).isEqualTo(stream.get("codec_name").asText());
        assertThat(probe.sampleRateHertz()).isEqualTo(stream.get("sample_rate").asInt());
        assertThat(probe.channels()).isEqualTo(stream.get("channels").asInt());
        assertThat(probe.packets()).isCloseTo(packets, within(2));
        assertSeconds(recorded, "container_duration_s", probe.containerDurationSeconds());
        assertSeconds(recorded, "first_pts_s", probe.firstPtsSeconds());
        assertSeconds(recorded, "last_pts_s", probe.lastPtsSeconds());
        assertSeconds(recorded, "decoded_s", probe.decodedSeconds());
        assertPitch(recorded.get("freq_start_hz"), probe.freqStartHertz());
        assertPitch(recorded.get("freq_end_hz"), probe.freqEndHertz());
    }

    private static void assertSeconds(JsonNode recorded, String name, Double seconds) {
        assertThat(seconds).as(name).isCloseTo(recorded.get(name).asDouble(), within(0.06));
    }

    /** In Chrome's beeps with pauses the recorder heard a pitch where there is none. */
    private static void assertPitch(JsonNode recorded, Double hertz) {
        if (!recorded.isNull() && hertz != null) {
            assertThat(hertz).isCloseTo(recorded.asDouble(), within(recorded.asDouble() * 0.05));
        }
    }
}
