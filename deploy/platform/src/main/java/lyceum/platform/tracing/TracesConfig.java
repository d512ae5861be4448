package lyceum.platform.tracing;

import java.net.URI;
import java.util.Optional;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;

/**
 * Whether traces are told, and where.
 *
 * @param url of a collector that takes OTLP over HTTP, for traces; empty for none
 * @param share of traces that begin here and are told, 0 to 1; one that began elsewhere is told as whoever began it says
 */
public record TracesConfig(Optional<URI> url, double share) {

    private static final String URL_KEY = "LYCEUM_TRACES_URL";
    /** Where OTLP has them below the address of a collector (specification of OTLP, OTLP/HTTP Request). */
    private static final String PATH = "/v1/traces";

    /** Reads {@code LYCEUM_TRACES_*}. */
    public static TracesConfig from(Settings settings) {
        return new TracesConfig(
                settings.optionalText(
                                URL_KEY, "Collector that takes OTLP over HTTP, http://host:4318; absent: no traces")
                        .map(TracesConfig::url),
                settings.fraction(
                        "LYCEUM_TRACES_SHARE", "1", "Share of traces that is told, of those that begin here"));
    }

    /** The value is not repeated where it is refused: it may hold a key. */
    private static URI url(String text) {
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException e) {
            throw new WrongSetting(URL_KEY + ": not a URL");
        }
        boolean isHttp = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
        if (!isHttp || url.getHost() == null) {
            throw new WrongSetting(URL_KEY + ": does not begin with http://host or https://host");
        }
        String path = url.getPath().replaceAll("/+$", "");
        return path.endsWith(PATH) ? url : url.resolve(path + PATH);
    }
}
