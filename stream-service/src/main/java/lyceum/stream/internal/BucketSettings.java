package lyceum.stream.internal;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;
import lyceum.stream.internal.archive.S3Access;

/** Where recordings are kept in a bucket; keys come from files, as orchestrators hand them out. */
final class BucketSettings {

    private static final String PREFIX = "LYCEUM_RECORDINGS_S3_";
    private static final String URL = PREFIX + "URL";
    private static final String BUCKET = PREFIX + "BUCKET";
    private static final String ACCESS_KEY_FILE = PREFIX + "ACCESS_KEY_FILE";
    private static final String SECRET_KEY_FILE = PREFIX + "SECRET_KEY_FILE";

    /** As wide as S3 has ever been: buckets of before 2018 may have capitals, underscores and up to 255 characters. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{2,254}");

    private BucketSettings() {}

    /** Reads files: it is called once, before anything is started. @return the bucket, empty where none is wanted */
    static Optional<S3Access> from(Settings settings) {
        Optional<String> url = settings.optionalText(
                URL, "Store for recordings that speaks S3, https://host:port; absent: LYCEUM_RECORDINGS_DIR");
        String bucket = settings.text(BUCKET, "lyceum-recordings", "Bucket for recordings, which exists");
        if (!NAME.matcher(bucket).matches()) {
            throw new WrongSetting("%s: '%s' is not a name of a bucket".formatted(BUCKET, bucket));
        }
        String region = settings.text(PREFIX + "REGION", "us-east-1", "Region that requests for it are signed for");
        Optional<String> accessKey = settings.optionalText(ACCESS_KEY_FILE, "File with the name of its key");
        Optional<String> secretKey = settings.optionalText(SECRET_KEY_FILE, "File with the secret of its key");
        return url.map(text -> new S3Access(
                endpoint(text), bucket, region, read(ACCESS_KEY_FILE, accessKey), read(SECRET_KEY_FILE, secretKey)));
    }

    private static URI endpoint(String text) {
        try {
            URI uri = new URI(text);
            boolean isWeb = "http".equals(uri.getScheme()) || "https".equals(uri.getScheme());
            boolean isRoot = uri.getRawPath() == null
                    || uri.getRawPath().isEmpty()
                    || uri.getRawPath().equals("/");
            if (isWeb && isRoot && uri.getHost() != null && uri.getRawQuery() == null && uri.getUserInfo() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            throw new WrongSetting(URL + ": not https://host or http://host:port");
        }
        throw new WrongSetting(URL + ": not https://host or http://host:port");
    }

    private static String read(String key, Optional<String> file) {
        String name = file.orElseThrow(() -> new WrongSetting("%s: required where %s is set".formatted(key, URL)));
        try {
            return Files.readString(Path.of(name)).strip();
        } catch (IOException | InvalidPathException e) {
            throw new WrongSetting(key + ": the file cannot be read");
        }
    }
}
