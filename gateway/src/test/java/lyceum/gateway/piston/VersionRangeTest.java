package lyceum.gateway.piston;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionRangeTest {

    /** Each range with versions that are in it, and versions that are not. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            quoteCharacter = '`',
            value = {
                // range        ; in it               ; not in it
                "*              ; 0.0.0 3.11.2        ; ``",
                "``             ; 3.11.2              ; ``",
                "x              ; 3.11.2              ; ``",
                "3.11.2         ; 3.11.2              ; 3.11.1 3.11.3",
                "v3.11.2        ; 3.11.2              ; 3.11.3",
                "=3.11.2        ; 3.11.2              ; 3.11.3",
                "3              ; 3.0.0 3.11.2        ; 2.9.9 4.0.0",
                "3.x            ; 3.0.0 3.11.2        ; 2.9.9 4.0.0",
                "3.11           ; 3.11.0 3.11.2       ; 3.10.9 3.12.0",
                "3.11.X         ; 3.11.0 3.11.2       ; 3.10.9 3.12.0",
                "3.x.2          ; 3.0.0 3.11.3        ; 4.0.2",
                "^1.2.3         ; 1.2.3 1.9.0         ; 1.2.2 2.0.0",
                "^0.2.3         ; 0.2.3 0.2.9         ; 0.2.2 0.3.0",
                "^0.0.3         ; 0.0.3               ; 0.0.2 0.0.4",
                "^0.0           ; 0.0.0 0.0.9         ; 0.1.0",
                "^0             ; 0.0.0 0.9.9         ; 1.0.0",
                "^1.x           ; 1.0.0 1.9.9         ; 2.0.0",
                "^*             ; 9.9.9               ; ``",
                "~1.2.3         ; 1.2.3 1.2.9         ; 1.2.2 1.3.0",
                "~> 1.2         ; 1.2.0 1.2.9         ; 1.1.9 1.3.0",
                "~1             ; 1.0.0 1.9.9         ; 2.0.0",
                ">=3.8 <4       ; 3.8.0 3.99.0        ; 3.7.9 4.0.0",
                ">= 3.8  <  4   ; 3.8.0               ; 4.0.0",
                ">3.8           ; 3.9.0               ; 3.8.0 3.8.9",
                ">3.8.1         ; 3.8.2               ; 3.8.1",
                "<=3.8          ; 3.8.9 0.0.0         ; 3.9.0",
                "<3.8           ; 3.7.9               ; 3.8.0",
                "1.2 - 2        ; 1.2.0 2.9.9         ; 1.1.9 3.0.0",
                "1.2.3 - 2.3.4  ; 1.2.3 2.3.4         ; 1.2.2 2.3.5",
                "2 || 3.11.2    ; 2.7.18 3.11.2       ; 3.11.3 1.0.0",
                "`||9`          ; 1.0.0               ; ``",
                ">*             ; ``                  ; 1.0.0",
                "<*             ; ``                  ; 0.0.0 1.0.0",
                "latest         ; ``                  ; 3.11.2",
                "3.11.2.1       ; ``                  ; 3.11.2",
                "3.11.2-beta    ; ``                  ; 3.11.2",
                "1234567890     ; ``                  ; 3.11.2",
                "3 , 4          ; ``                  ; 3.11.2"
            })
    void holdsTheVersionsThatNpmWouldTake(String range, String inside, String outside) {
        for (String version : inside.split(" ")) {
            assertThat(version.isEmpty() || VersionRange.contains(range, SemanticVersion.in(version)))
                    .as("%s in %s", version, range)
                    .isTrue();
        }
        for (String version : outside.split(" ")) {
            assertThat(!version.isEmpty() && VersionRange.contains(range, SemanticVersion.in(version)))
                    .as("%s in %s", version, range)
                    .isFalse();
        }
    }

    @Test
    void readsNoRangeThatIsLongerThanAnybodyNeeds() {
        assertThat(VersionRange.contains("*" + " ".repeat(255), SemanticVersion.LEAST))
                .isTrue();
        assertThat(VersionRange.contains("*" + " ".repeat(256), SemanticVersion.LEAST))
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({"17.0.12+7,17.0.12", "go1.22,1.22.0", "18,18.0.0", "1.2.3.4,1.2.3", "none,0.0.0"})
    void findsAVersionInWhatToolsTell(String text, String version) {
        assertThat(SemanticVersion.in(text)).hasToString(version);
    }
}
