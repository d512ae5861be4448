package lyceum.media.internal;

import java.util.List;
import lyceum.media.MediaWorkService.SoundFormat;

/**
 * How sound is encoded for a listener.
 *
 * @param suffix of the file's name
 * @param mediaType as RFC 6838 has it
 * @param arguments of ffmpeg
 */
record Encoding(String suffix, String mediaType, List<String> arguments) {

    private static final Encoding OPUS =
            new Encoding("webm", "audio/webm", List.of("-c:a", "libopus", "-b:a", "96k", "-f", "webm"));
    private static final Encoding AAC = new Encoding(
            "m4a", "audio/mp4", List.of("-c:a", "aac", "-b:a", "128k", "-movflags", "+faststart", "-f", "mp4"));
    private static final Encoding LAYER_3 =
            new Encoding("mp3", "audio/mpeg", List.of("-c:a", "libmp3lame", "-q:a", "3", "-f", "mp3"));
    private static final Encoding PCM = new Encoding("wav", "audio/wav", List.of("-c:a", "pcm_s16le", "-f", "wav"));

    static Encoding of(SoundFormat format) {
        return switch (format) {
            case WEBM -> OPUS;
            case M4A -> AAC;
            case MP3 -> LAYER_3;
            case WAV -> PCM;
        };
    }
}
