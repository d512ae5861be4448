package lyceum.stream.internal.archive;

import java.net.URI;

/**
 * A bucket of a store that speaks S3.
 *
 * @param endpoint {@code https://host} or {@code http://host:port}; the bucket is the first segment of paths there
 * @param region that requests are signed for
 */
public record S3Access(URI endpoint, String bucket, String region, String accessKey, String secretKey) {

    /** @return host, and port where it is not the usual one, as a client sends it */
    String host() {
        return endpoint.getPort() < 0 ? endpoint.getHost() : endpoint.getHost() + ':' + endpoint.getPort();
    }

    boolean isTls() {
        return endpoint.getScheme().equals("https");
    }

    int port() {
        int usual = isTls() ? 443 : 80;
        return endpoint.getPort() < 0 ? usual : endpoint.getPort();
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return endpoint + "/" + bucket;
    }
}
