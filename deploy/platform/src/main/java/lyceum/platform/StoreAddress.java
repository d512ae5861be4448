package lyceum.platform;

import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.TrustManagerFactory;

/**
 * Where a store is, as an operator writes it. Of its parameters {@code sslrootcert}, which is the word of PostgreSQL's own
 * clients, is read here, for Redis too: the clients of Vert.x do not know it.
 *
 * @param url without that parameter
 * @param authorities a file (PEM) of those who may have signed the server's certificate; empty for those of the JVM
 */
public record StoreAddress(String url, Optional<Path> authorities) {

    private static final Pattern AUTHORITIES = Pattern.compile("([?&])sslrootcert=([^&]+)(&|$)");

    /** @param text as {@code LYCEUM_POSTGRES_URL} and {@code LYCEUM_REDIS_URL} have it */
    public static StoreAddress of(String text) {
        Matcher matcher = AUTHORITIES.matcher(text);
        if (!matcher.find()) {
            return new StoreAddress(text, Optional.empty());
        }
        String before = text.substring(0, matcher.start());
        String behind = matcher.group(3).isEmpty() ? "" : matcher.group(1) + text.substring(matcher.end());
        Path file = Path.of(URLDecoder.decode(matcher.group(2), StandardCharsets.UTF_8));
        return new StoreAddress(before + behind, Optional.of(file));
    }

    /** @return whose signatures are believed */
    TrustOptions trust() {
        return authorities
                .<TrustOptions>map(file ->
                        new PemTrustOptions().addCertPath(file.toAbsolutePath().toString()))
                .orElseGet(StoreAddress::trustOfTheJvm);
    }

    private static TrustOptions trustOfTheJvm() {
        try {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            return TrustOptions.wrap(factory.getTrustManagers()[0]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no authorities to believe", e);
        }
    }
}
