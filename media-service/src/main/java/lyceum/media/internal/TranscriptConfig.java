package lyceum.media.internal;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;

/**
 * Who writes down what is said.
 *
 * @param command of the shell; gets a WAV file as {@code $1} and a language as {@code $2}, prints the transcript
 * @param endpoint takes {@code multipart/form-data} as OpenAI's {@code /v1/audio/transcriptions} does
 * @param token of the endpoint, if it wants one
 * @param model that the endpoint is asked for
 * @param limit time for one sound
 */
record TranscriptConfig(
        Optional<String> command, Optional<URI> endpoint, Optional<String> token, String model, Duration limit) {

    private static final String ENDPOINT = "LYCEUM_TRANSCRIPT_URL";
    private static final Set<String> SCHEMES = Set.of("http", "https");

    static TranscriptConfig from(Settings settings) {
        return new TranscriptConfig(
                settings.optionalText(
                        "LYCEUM_TRANSCRIPT_COMMAND",
                        "Shell command that prints a transcript of the WAV file $1 in language $2"),
                settings.optionalText(
                                ENDPOINT,
                                "Endpoint for transcripts, as OpenAI's /v1/audio/transcriptions; wins over the command")
                        .map(TranscriptConfig::uri),
                settings.optionalText("LYCEUM_TRANSCRIPT_TOKEN", "Bearer token of that endpoint"),
                settings.text("LYCEUM_TRANSCRIPT_MODEL", "whisper-1", "Model that the endpoint is asked for"),
                settings.duration("LYCEUM_TRANSCRIPT_TIME_LIMIT", "10m", "Time limit of one transcript"));
    }

    private static URI uri(String text) {
        try {
            URI uri = new URI(text);
            if (uri.getScheme() != null && SCHEMES.contains(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // Told below.
        }
        throw new WrongSetting("%s: '%s' is not a URL of http or https".formatted(ENDPOINT, text));
    }
}
