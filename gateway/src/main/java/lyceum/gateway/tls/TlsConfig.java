package lyceum.gateway.tls;

import java.nio.file.Path;
import java.util.Optional;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;

/**
 * Where a certificate lies, in PEM.
 *
 * @param certificate that of the server first, then those of the authorities in between
 * @param key RSA or EC, in PKCS#8 or its own form, not encrypted
 */
public record TlsConfig(Path certificate, Path key) {

    static final String CERTIFICATE = "LYCEUM_TLS_CERTIFICATE";
    static final String KEY = "LYCEUM_TLS_KEY";

    /** @return where it lies; empty for a gateway that speaks plainly */
    public static Optional<TlsConfig> from(Settings settings) {
        Optional<String> certificate = settings.optionalText(
                CERTIFICATE,
                "file with the certificate of the gateway and those between it and the authority, PEM; a new one is taken"
                        + " within a minute; absent: no TLS");
        Optional<String> key = settings.optionalText(KEY, "file with its private key, RSA or EC, PEM, not encrypted");
        if (certificate.isPresent() != key.isPresent()) {
            throw new WrongSetting("%s: needed together with %s"
                    .formatted(
                            certificate.isPresent() ? KEY : CERTIFICATE, certificate.isPresent() ? CERTIFICATE : KEY));
        }
        return certificate.map(file -> new TlsConfig(Path.of(file), Path.of(key.orElseThrow())));
    }
}
