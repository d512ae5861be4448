package lyceum.stream.internal.archive;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signature version 4 of AWS, in the header (AWS General Reference, "Signing AWS API requests"; for S3 paths are neither
 * normalized nor encoded twice). These few lines stand here and not a client of AWS, which with its own HTTP, threads and
 * retries is larger than this service.
 */
final class S3Signature {

    static final String SERVICE = "s3";

    private static final String ALGORITHM = "AWS4-HMAC-SHA256";
    private static final String END = "aws4_request";
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final HexFormat HEX = HexFormat.of();
    private static final int DAY_LENGTH = 8;

    private final S3Access access;
    private final String service;

    S3Signature(S3Access access, String service) {
        this.access = access;
        this.service = service;
    }

    /** @return what {@code x-amz-date} says */
    static String time(Instant now) {
        return TIME.format(now);
    }

    /** @return SHA-256 in hex */
    static String sum(byte[] bytes) {
        try {
            return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** @return a path, encoded segment by segment */
    static String path(String path) {
        return encode(path).replace("%2F", "/");
    }

    /** @return parameters, encoded and in order */
    static String query(Map<String, String> parameters) {
        return new TreeMap<>(parameters)
                .entrySet().stream()
                        .map(parameter -> encode(parameter.getKey()) + '=' + encode(parameter.getValue()))
                        .collect(Collectors.joining("&"));
    }

    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (each & 0xFF);
            boolean isPlain =
                    c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || "-._~".indexOf(c) >= 0;
            encoded.append(
                    isPlain ? String.valueOf(c) : "%" + HEX.withUpperCase().toHexDigits(each));
        }
        return encoded.toString();
    }

    /**
     * @param path as it is sent
     * @param query as it is sent, in order
     * @param headers all that are signed, {@code host} and {@code x-amz-date} among them, by names in lower case
     * @param bodySum SHA-256 of the body
     * @return the header {@code Authorization}
     */
    String authorization(String method, String path, String query, SortedMap<String, String> headers, String bodySum) {
        String names = String.join(";", headers.keySet());
        String lines = headers.entrySet().stream()
                .map(header -> header.getKey() + ':' + header.getValue().strip() + '\n')
                .collect(Collectors.joining());
        String request = String.join("\n", method, path, query, lines, names, bodySum);
        String time = headers.get("x-amz-date");
        String day = time.substring(0, DAY_LENGTH);
        String scope = String.join("/", day, access.region(), service, END);
        String text = String.join("\n", ALGORITHM, time, scope, sum(request.getBytes(StandardCharsets.UTF_8)));
        return "%s Credential=%s/%s,SignedHeaders=%s,Signature=%s"
                .formatted(ALGORITHM, access.accessKey(), scope, names, HEX.formatHex(mac(key(day), text)));
    }

    private byte[] key(String day) {
        byte[] key = ("AWS4" + access.secretKey()).getBytes(StandardCharsets.UTF_8);
        for (String part : new String[] {day, access.region(), service, END}) {
            key = mac(key, part);
        }
        return key;
    }

    private static byte[] mac(byte[] key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
            return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has HmacSHA256", e);
        }
    }
}
