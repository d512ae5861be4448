package lyceum.gateway.file;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortionTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "-",
            value = {
                "-                          | WHOLE | 0    | 1024",
                "bytes=0-0                  | PART  | 0    | 1",
                "bytes=10-19                | PART  | 10   | 10",
                "bytes = 10-19              | WHOLE | 0    | 1024",
                "BYTES=10-19                | PART  | 10   | 10",
                "bytes= 10-19               | PART  | 10   | 10",
                "bytes=1014-                | PART  | 1014 | 10",
                "bytes=1000-5000            | PART  | 1000 | 24",
                "bytes=0-99999999999999999999999 | PART  | 0    | 1024",
                "bytes=-5                   | PART  | 1019 | 5",
                "bytes=-5000                | PART  | 0    | 1024",
                "bytes=-0                   | NONE  | 0    | 0",
                "bytes=-                    | NONE  | 0    | 0",
                "bytes=                     | NONE  | 0    | 0",
                "bytes=x-y                  | NONE  | 0    | 0",
                "bytes=1                    | NONE  | 0    | 0",
                "bytes=--5                  | NONE  | 0    | 0",
                "bytes=10-5                 | NONE  | 0    | 0",
                "bytes=1024-                | NONE  | 0    | 0",
                "bytes=20000-20010          | NONE  | 0    | 0",
                "bytes=99999999999999999999- | NONE  | 0    | 0",
                "bytes=0-5,10-20            | WHOLE | 0    | 1024",
                "bytes=0-5, 20000-          | WHOLE | 0    | 1024",
                "bytes=20000-,30000-        | NONE  | 0    | 0",
                "bytes=0-5,x                | NONE  | 0    | 0",
                "lines=0-5                  | WHOLE | 0    | 1024",
                "''                         | WHOLE | 0    | 1024"
            })
    void isWhatTheRangeAsksFor(String range, Portion.Kind kind, long offset, long length) {
        assertThat(Portion.of(range, 1024)).isEqualTo(new Portion(kind, offset, length));
    }

    @ParameterizedTest
    @CsvSource({"bytes=0-, NONE", "bytes=-1, NONE", "bytes=0-0, NONE", ", WHOLE"})
    void isNothingOfAnEmptyFile(String range, Portion.Kind kind) {
        assertThat(Portion.of(range, 0)).isEqualTo(new Portion(kind, 0, 0));
    }

    @Test
    void saysWhichPartItIs() {
        assertThat(Portion.of("bytes=10-19", 1024).contentRange(1024)).isEqualTo("bytes 10-19/1024");
        assertThat(Portion.of("bytes=2000-", 1024).contentRange(1024)).isEqualTo("bytes */1024");
    }
}
