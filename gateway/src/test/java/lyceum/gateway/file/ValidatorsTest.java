package lyceum.gateway.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.MultiMap;
import java.time.Instant;
import lyceum.gateway.file.Validators.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The dates are the examples of RFC 9110, section 5.6.7. */
class ValidatorsTest {

    private static final Instant MODIFIED = Instant.parse("1994-11-06T08:49:37.5Z");
    private static final Validators FILE = new Validators("a1", MODIFIED);

    @Test
    void tellsBoth() {
        assertThat(FILE.entityTag()).isEqualTo("\"a1\"");
        assertThat(FILE.lastModified()).isEqualTo("Sun, 06 Nov 1994 08:49:37 GMT");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "If-None-Match       | \"a1\"                          | NOT_MODIFIED",
                "If-None-Match       | W/\"a1\"                        | NOT_MODIFIED",
                "If-None-Match       | \"b\", \"a1\"                   | NOT_MODIFIED",
                "If-None-Match       | *                               | NOT_MODIFIED",
                "If-None-Match       | \"a\"                           | GO_ON",
                "If-None-Match       | a1                              | GO_ON",
                "If-Modified-Since   | Sun, 06 Nov 1994 08:49:37 GMT   | NOT_MODIFIED",
                "If-Modified-Since   | Sunday, 06-Nov-94 08:49:37 GMT  | NOT_MODIFIED",
                "If-Modified-Since   | Sun Nov  6 08:49:37 1994        | NOT_MODIFIED",
                "If-Modified-Since   | Sun, 06 Nov 1994 08:49:38 GMT   | NOT_MODIFIED",
                "If-Modified-Since   | Sun, 06 Nov 1994 08:49:36 GMT   | GO_ON",
                "If-Modified-Since   | yesterday                       | GO_ON",
                "If-Match            | \"a1\"                          | GO_ON",
                "If-Match            | *                               | GO_ON",
                "If-Match            | W/\"a1\"                        | FAILED",
                "If-Match            | \"b\"                           | FAILED",
                "If-Unmodified-Since | Sun, 06 Nov 1994 08:49:37 GMT   | GO_ON",
                "If-Unmodified-Since | Sun, 06 Nov 1994 08:49:36 GMT   | FAILED",
                "If-Unmodified-Since | yesterday                       | GO_ON"
            })
    void knowsWhatAConditionComesTo(String header, String value, Outcome outcome) {
        assertThat(FILE.of(MultiMap.caseInsensitiveMultiMap().add(header, value)))
                .isEqualTo(outcome);
    }

    @Test
    void asksForTagsFirst() {
        String later = "Mon, 07 Nov 1994 08:49:37 GMT";
        String earlier = "Sat, 05 Nov 1994 08:49:37 GMT";

        assertThat(FILE.of(headers("If-None-Match", "\"b\"", "If-Modified-Since", later)))
                .isEqualTo(Outcome.GO_ON);
        assertThat(FILE.of(headers("If-Match", "\"a1\"", "If-Unmodified-Since", earlier)))
                .isEqualTo(Outcome.GO_ON);
        assertThat(FILE.of(headers("If-Match", "\"b\"", "If-None-Match", "\"a1\"")))
                .isEqualTo(Outcome.FAILED);
        assertThat(FILE.of(MultiMap.caseInsensitiveMultiMap())).isEqualTo(Outcome.GO_ON);
    }

    private static MultiMap headers(String first, String value, String second, String other) {
        return MultiMap.caseInsensitiveMultiMap().add(first, value).add(second, other);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-                              | 5 | true",
                "\"a1\"                         | 0 | true",
                "W/\"a1\"                       | 5 | false",
                "\"b\"                          | 5 | false",
                "Sun, 06 Nov 1994 08:49:37 GMT  | 5 | true",
                "Sun, 06 Nov 1994 08:49:37 GMT  | 0 | false",
                "Sun, 06 Nov 1994 08:49:38 GMT  | 5 | false",
                "yesterday                      | 5 | false"
            })
    void allowsAPartOfWhatTheClientHas(String ifRange, long secondsLater, boolean allowed) {
        assertThat(FILE.allowsPart(ifRange, MODIFIED.plusSeconds(secondsLater))).isEqualTo(allowed);
    }
}
