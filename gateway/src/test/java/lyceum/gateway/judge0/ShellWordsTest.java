package lyceum.gateway.judge0;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ShellWordsTest {

    static Stream<Arguments> lines() {
        return Stream.of(
                Arguments.of("", List.of()),
                Arguments.of("  \t\n ", List.of()),
                Arguments.of("a  b\nc", List.of("a", "b", "c")),
                Arguments.of("'a b' \"c d\"", List.of("a b", "c d")),
                Arguments.of("'' \"\"", List.of("", "")),
                Arguments.of("a'b c'd", List.of("ab cd")),
                Arguments.of("a\\ b \\\\ \\'", List.of("a b", "\\", "'")),
                Arguments.of("'a\\b' \"a\\b\"", List.of("a\\b", "a\\b")),
                Arguments.of("\"a\\\"b\\\\\"", List.of("a\"b\\")),
                Arguments.of("'open end", List.of("open end")),
                Arguments.of("end\\", List.of("end\\")),
                Arguments.of("$(id) `id`; a&&b | c > d < e", List.of("(id)", "id", "ab", "c", "d", "e")));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void splitsAsAShellDoes(String line, List<String> words) {
        assertThat(ShellWords.split(line)).isEqualTo(words);
    }
}
