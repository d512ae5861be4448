package lyceum.media.internal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * What is said in a sound.
 *
 * @param transcriber who writes it down
 * @param language as BCP 47 has it, empty where it is to be found out
 */
record TranscriptWork(Transcriber transcriber, String language) implements Work {

    private static final String WAV = "sound.wav";
    private static final String RESULT = "transcript";
    private static final int FIRST_BYTES = 64;
    /** Speech recognition wants one channel of 16 kHz. */
    private static final List<String> ENCODING =
            List.of("-map", "0:a:0", "-ac", "1", "-ar", "16000", "-c:a", "pcm_s16le", "-f", "wav", "file:" + WAV);

    private static final double SHARE_OF_ENCODING = 0.1;

    @Override
    public Future<List<Product>> make(Workplace place) {
        place.source().withSound();
        return place.encode(ENCODING, place.meter().part(0, SHARE_OF_ENCODING))
                .compose(encoded -> place.product(WAV, ""))
                .compose(encoded -> transcriber.write(place, WAV, language, RESULT))
                .compose(written -> place.files().read(RESULT, 0, FIRST_BYTES))
                .compose(begin -> place.product(RESULT, mediaType(begin)))
                .map(List::of);
    }

    private static String mediaType(Buffer begin) {
        String text = begin.toString(StandardCharsets.UTF_8).stripLeading();
        if (text.startsWith("WEBVTT")) {
            return "text/vtt";
        }
        return text.startsWith("{") || text.startsWith("[") ? "application/json" : "text/plain";
    }
}
