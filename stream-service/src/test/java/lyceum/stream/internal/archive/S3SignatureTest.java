package lyceum.stream.internal.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Examples that AWS has published. */
class S3SignatureTest {

    private static final String NOTHING = S3Signature.sum(new byte[0]);

    /** Amazon S3 API Reference, "Signature calculations for the authorization header". */
    private static final S3Access EXAMPLE = new S3Access(
            URI.create("https://s3.amazonaws.com"),
            "examplebucket",
            "us-east-1",
            "AKIAIOSFODNN7EXAMPLE",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY");

    private final S3Signature signature = new S3Signature(EXAMPLE, S3Signature.SERVICE);

    @Test
    void signsAPieceOfAnObject() {
        SortedMap<String, String> headers = headers(NOTHING);
        headers.put("range", "bytes=0-9");

        assertThat(signature.authorization("GET", "/test.txt", "", headers, NOTHING))
                .isEqualTo("AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20130524/us-east-1/s3/aws4_request,"
                        + "SignedHeaders=host;range;x-amz-content-sha256;x-amz-date,"
                        + "Signature=f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41");
    }

    @Test
    void signsAnObjectThatIsPut() {
        String sum = S3Signature.sum("Welcome to Amazon S3.".getBytes(StandardCharsets.UTF_8));
        SortedMap<String, String> headers = headers(sum);
        headers.put("date", "Fri, 24 May 2013 00:00:00 GMT");
        headers.put("x-amz-storage-class", "REDUCED_REDUNDANCY");

        assertThat(signature.authorization("PUT", S3Signature.path("/test$file.text"), "", headers, sum))
                .endsWith("Signature=98ad721746da40c64f1a55b78f14c238d841ea1380cd77a1b5971af0ece108bd");
    }

    @Test
    void signsAQuestionAboutABucket() {
        assertThat(signature.authorization(
                        "GET", "/", S3Signature.query(Map.of("lifecycle", "")), headers(NOTHING), NOTHING))
                .endsWith("=fea454ca298b7da1c68078a5d1bdbfbbe0d65c699e0f91ac7a200a0136783543");
    }

    @Test
    void signsAQuestionForAList() {
        String query = S3Signature.query(Map.of("prefix", "J", "max-keys", "2"));

        assertThat(signature.authorization("GET", "/", query, headers(NOTHING), NOTHING))
                .endsWith("=34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7");
    }

    /** The test suite of signature version 4: get-vanilla, get-vanilla-query-order-key-case. */
    @ParameterizedTest
    @CsvSource({
        "'', 5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        "Param1=value1&Param2=value2, b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500"
    })
    void signsForOtherServices(String query, String expected) {
        S3Access access = new S3Access(
                URI.create("https://example.amazonaws.com"),
                "",
                "us-east-1",
                "AKIDEXAMPLE",
                "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY");
        SortedMap<String, String> headers =
                new TreeMap<>(Map.of("host", "example.amazonaws.com", "x-amz-date", "20150830T123600Z"));

        assertThat(new S3Signature(access, "service").authorization("GET", "/", query, headers, NOTHING))
                .endsWith("=" + expected);
    }

    @Test
    void writesTimes() {
        assertThat(S3Signature.time(Instant.parse("2013-05-24T01:02:03.456Z"))).isEqualTo("20130524T010203Z");
    }

    @Test
    void encodesWhatAUrlHasOtherwise() {
        assertThat(S3Signature.path("raw/a b/é:%2F~_-.zip")).isEqualTo("raw/a%20b/%C3%A9%3A%252F~_-.zip");
        assertThat(S3Signature.query(Map.of("b", "x/y", "a+", "&"))).isEqualTo("a%2B=%26&b=x%2Fy");
    }

    private static SortedMap<String, String> headers(String sum) {
        return new TreeMap<>(Map.of(
                "host", "examplebucket.s3.amazonaws.com",
                "x-amz-content-sha256", sum,
                "x-amz-date", "20130524T000000Z"));
    }
}
