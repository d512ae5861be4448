package lyceum.media.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;

/**
 * A waveform for a page to draw.
 *
 * @param points pairs of lowest and highest sample at most
 */
record PeaksWork(Vertx vertx, int points) implements Work {

    private static final String PCM = "sound.pcm";
    private static final String PEAKS = "peaks.json";
    /** Enough for a picture; a sound of two hours has 230 MB. */
    private static final int SAMPLES_PER_SECOND = 16_000;

    private static final List<String> DECODING = List.of(
            "-map",
            "0:a:0",
            "-ac",
            "1",
            "-ar",
            Integer.toString(SAMPLES_PER_SECOND),
            "-c:a",
            "pcm_s16be",
            "-f",
            "s16be",
            "file:" + PCM);

    @Override
    public Future<List<Product>> make(Workplace place) {
        place.source().withSound();
        return place.encode(DECODING, place.meter())
                .compose(decoded -> place.product(PCM, ""))
                .compose(decoded -> vertx.executeBlocking(() -> measure(place), false))
                .compose(measured -> place.product(PEAKS, "application/json"))
                .map(List::of);
    }

    private Void measure(Workplace place) throws IOException {
        Waveform waveform = Waveform.of(place.path(PCM), SAMPLES_PER_SECOND, points);
        Files.writeString(place.path(PEAKS), waveform.json().encode());
        Files.delete(place.path(PCM));
        return null;
    }
}
