package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which entry who gets to see. */
class LanguageTest {

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "zh-cn fr en, `zh-CN,zh;q=0.9`, zh-cn",
                "zh-tw zh-cn en, zh-CN, zh-cn",
                "zh-Hans zh-cn, zh-CN, zh-Hans",
                "fr en, fr-CA, fr",
                "pt-br pt-pt, pt-PT, pt-pt",
                "fr en, de, en",
                "fr de, es, de",
                "fr en, `de, fr;q=0.5`, fr",
                "fr en, `fr;q=0.1, en`, en",
                "fr en, `fr;q=0`, en",
                "fr en, *, en",
                "fr en, -, en",
                "fr en, `;q=1,,`, en",
                "fr en, `fr;q=x`, en"
            })
    void picksTheEntryForWhoLooks(String entries, String header, String expected) {
        assertThat(Language.pick(
                        List.of(entries.split(" ")), Language::of, Language.preferred(header), Language.ENGLISH))
                .contains(expected);
    }

    @Test
    void picksNothingOfNothing() {
        assertThat(Language.pick(List.<String>of(), Language::of, Language.preferred("fr"), Language.ENGLISH))
                .isEmpty();
    }

    @Test
    void readsNoEndlessHeader() {
        assertThat(Language.preferred("fr,".repeat(300))).hasSize(16);
        assertThat(Language.preferred("fr,".repeat(1000))).isEmpty();
    }
}
