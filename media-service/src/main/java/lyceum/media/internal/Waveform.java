package lyceum.media.internal;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The lowest and highest sample of equal stretches of a sound.
 *
 * @param samplesPerSecond of the sound
 * @param samplesPerPoint of each stretch; the last one may have fewer
 * @param samples of the whole
 * @param values lowest and highest of each stretch, in turn; 16 bits, signed
 */
record Waveform(int samplesPerSecond, int samplesPerPoint, long samples, List<Integer> values) {

    private static final int FORMAT_VERSION = 2;
    private static final int BITS = 16;

    /**
     * Reads a file of PCM, one channel, 16 bits, big-endian. Blocks: a worker calls it.
     *
     * @param mostPoints stretches at most
     */
    static Waveform of(Path pcm, int samplesPerSecond, int mostPoints) throws IOException {
        long samples = Files.size(pcm) / Short.BYTES;
        int samplesPerPoint = (int) Math.max(1, (samples + mostPoints - 1) / mostPoints);
        List<Integer> values = new ArrayList<>();
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(pcm), 1 << 16))) {
            for (long left = samples; left > 0; left -= samplesPerPoint) {
                int lowest = Short.MAX_VALUE;
                int highest = Short.MIN_VALUE;
                for (long i = Math.min(left, samplesPerPoint); i > 0; i--) {
                    int sample = in.readShort();
                    lowest = Math.min(lowest, sample);
                    highest = Math.max(highest, sample);
                }
                values.add(lowest);
                values.add(highest);
            }
        }
        return new Waveform(samplesPerSecond, samplesPerPoint, samples, values);
    }

    /** @return it in the data format of BBC's audiowaveform, with {@code duration} in seconds beside it */
    JsonObject json() {
        return new JsonObject()
                .put("version", FORMAT_VERSION)
                .put("channels", 1)
                .put("sample_rate", samplesPerSecond)
                .put("samples_per_pixel", samplesPerPoint)
                .put("bits", BITS)
                .put("length", values.size() / 2)
                .put("duration", (double) samples / samplesPerSecond)
                .put("data", new JsonArray(new ArrayList<>(values)));
    }
}
