package lyceum.launcher.elicast;

import com.fasterxml.jackson.databind.JsonNode;
import lyceum.media.WebmProbe;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.data.Offset;
import org.assertj.core.data.Percentage;

/** Sound compared by its properties, with the tolerances that {@code audio-split.json} gives; bytes tell nothing. */
final class SoundProperties {

    private static final Offset<Double> SECONDS = Offset.offset(0.06);
    private static final Offset<Integer> PACKETS = Offset.offset(2);
    private static final Percentage FREQUENCY = Percentage.withPercentage(5);

    private SoundProperties() {}

    /** @param actual list of data URIs */
    static void checkAll(JsonNode recorded, JsonNode actual, SoftAssertions soft) {
        soft.assertThat(actual.size()).as("number of sounds").isEqualTo(recorded.size());
        for (int i = 0; i < Math.min(recorded.size(), actual.size()); i++) {
            check("sound " + i, recorded.get(i), actual.get(i), soft);
        }
    }

    /** @param recorded properties, or a text where only the kind of the data URI was noted */
    static void check(String name, JsonNode recorded, JsonNode dataUri, SoftAssertions soft) {
        byte[] bytes = Recordings.fromDataUri(dataUri.asText());
        if (recorded.isTextual()) {
            soft.assertThat(bytes).as(name).isNotEmpty();
        } else {
            check(name, recorded, bytes, soft);
        }
    }

    static void check(String name, JsonNode recorded, byte[] webm, SoftAssertions soft) {
        if (recorded.required("bytes").asInt() == 0) {
            soft.assertThat(webm).as(name).isEmpty();
            return;
        }
        WebmProbe probe = WebmProbe.of(webm);
        JsonNode stream = recorded.path("streams").path(0);
        soft.assertThat(probe.format())
                .as(name + " format")
                .isEqualTo(recorded.path("format").textValue());
        soft.assertThat(probe.codec())
                .as(name + " codec")
                .isEqualTo(stream.path("codec_name").textValue());
        soft.assertThat(probe.channels()).as(name + " channels").isEqualTo(integer(stream.path("channels")));
        soft.assertThat(probe.sampleRateHertz()).as(name + " rate").isEqualTo(integer(stream.path("sample_rate")));
        soft.assertThat(probe.packets())
                .as(name + " packets")
                .isCloseTo(recorded.get("packets").asInt(), PACKETS);
        seconds(name + " duration", recorded.path("container_duration_s"), probe.containerDurationSeconds(), soft);
        seconds(name + " first packet", recorded.path("first_pts_s"), probe.firstPtsSeconds(), soft);
        seconds(name + " last packet", recorded.path("last_pts_s"), probe.lastPtsSeconds(), soft);
        seconds(name + " decoded", recorded.path("decoded_s"), probe.decodedSeconds(), soft);
        frequency(name + " pitch at start", recorded.path("freq_start_hz"), probe.freqStartHertz(), soft);
        frequency(name + " pitch at end", recorded.path("freq_end_hz"), probe.freqEndHertz(), soft);
    }

    private static Integer integer(JsonNode recorded) {
        return recorded.isMissingNode() ? null : Integer.valueOf(recorded.asText());
    }

    /** A file without packets says nothing of its times in one version of ffprobe and zero in another. */
    private static void seconds(String name, JsonNode recorded, Double actual, SoftAssertions soft) {
        if (recorded.isNumber()) {
            soft.assertThat(actual).as(name).isNotNull();
            soft.assertThat(actual == null ? Double.NaN : actual).as(name).isCloseTo(recorded.asDouble(), SECONDS);
        }
    }

    private static void frequency(String name, JsonNode recorded, Double actual, SoftAssertions soft) {
        if (recorded.isNumber() && actual != null) {
            soft.assertThat(actual).as(name).isCloseTo(recorded.asDouble(), FREQUENCY);
        }
    }
}
