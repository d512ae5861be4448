package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Patterns that Java reads differently, or not at all; each was asked of {@code re.match} of Python 3.11. */
class PythonPatternTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ' ',
            value = {
                "[a&&b]$ & true",
                "[a&&b]$ c false",
                "[a[b]c]$ [c] true",
                "[a[b]$ [ true",
                "[]a]$ ] true",
                "[^]a]$ ] false",
                "[^]a]$ ^ true",
                "[a^]$ ^ true",
                "[\\]\\[]$ [ true",
                "[\\w-]+$ a-b true",
                "[\\b]$ b false",
                "[\\101]$ A true",
                "a{,2}$ aa true",
                "a{,2}$ aaa false",
                "a{,}$ aaa true",
                "a{2}$ aa true",
                "a{1,2}?$ aa true",
                "a{x}$ a{x} true",
                "{$ { true",
                "a{}$ a{} true",
                "(?P<a_b>.)(?P=a_b)$ xx true",
                "(?P<a_b>.)(?P=a_b)$ xy false",
                "(?P<a_b>.)(?P<ab>.)(?P=ab)(?P=a_b)$ xyyx true",
                "(?#what)a$ a true",
                "(?i)a$ A true",
                "a(?i)$ A true",
                "(?a)\\w$ é false",
                "(?u)\\w$ é true",
                "(?i:a)b$ Ab true",
                "\\101\\x42\\u0043\\U00000044$ ABCD true",
                "\\0?a$ a true",
                "(a)\\1$ aa true",
                "a\\Z a true",
                "\\\\Z$ \\Z true",
                "\\va v false",
                "main\\.py main.pyc true"
            })
    void matchesAsPythonDoes(String pattern, String text, boolean matches) throws AnchoredPattern.Undecided {
        assertThat(AnchoredPattern.of(pattern).matches(text)).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"\\p{L}", "\\Qa\\E", "\\h", "[\\R]", "(a)?(?(1)b|c)", "(?x)a b", "[a", "[]", "a\\", "(", "*"})
    void refusesWhatPythonOrWeDoNotKnowAndSaysWhich(String pattern) {
        assertThatThrownBy(() -> AnchoredPattern.of(pattern))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("pattern \"" + pattern + "\": ")
                .hasMessageMatching("(?s)[^\n]*");
    }
}
