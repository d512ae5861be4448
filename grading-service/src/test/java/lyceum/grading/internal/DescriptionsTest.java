package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a description. */
class DescriptionsTest {

    private static String html(String markdown) {
        return Descriptions.html(markdown, "https://school.example", "one");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "hw://a.png, https://school.example/hwstatic/one/a.png",
                "hw://img//./x/../a.png, https://school.example/hwstatic/one/img/a.png",
                "hw://a.html?x=../..#y, https://school.example/hwstatic/one/a.html?x=../..#y",
                "hw://, https://school.example/hwstatic/one/",
                "see hw://a.png and hw://b.png, see https://school.example/hwstatic/one/a.png and https://school.example/hwstatic/one/b.png"
            })
    void linkFilesBesideThem(String markdown, String linked) {
        assertThat(Descriptions.linked(markdown, "https://school.example", "one"))
                .isEqualTo(linked);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hw://..", "hw://a/../../b", "hw:///../x"})
    void linkNothingOutsideTheirFolder(String markdown) {
        assertThatThrownBy(() -> Descriptions.check(markdown))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("leaves the folder");
    }

    @Test
    void haveTablesAndCodeAndLineBreaks() {
        assertThat(html("a\nb")).isEqualTo("<p>a<br />\nb</p>\n");
        assertThat(html("|a|b|\n|-|-|\n|1|2|")).contains("<table>").contains("<td>2</td>");
        assertThat(html("a[^1]\n\n[^1]: why")).contains("href=\"#fn-1\"").contains("why");
        assertThat(html("a[^\"><b>]\n\n[^\"><b>]: why")).doesNotContain("<b>");
        assertThat(html("```python\nx < 1\n```"))
                .isEqualTo("<pre><code class=\"language-python\">x &lt; 1\n</code></pre>\n");
    }

    @Test
    void holdNothingButWhatMarkdownMade() {
        assertThat(html("<script>alert(1)</script>")).doesNotContain("<script");
        assertThat(html("a <img src=x onerror=alert(1)>")).doesNotContain("<img");
        assertThat(html("[a](javascript:alert(1))")).doesNotContain("javascript");
        assertThat(html("![a](vbscript:x)")).doesNotContain("vbscript");
        assertThat(html("[a](https://x.example/)")).contains("href=\"https://x.example/\"");
        assertThat(html("[a](hw://b.pdf)")).contains("href=\"https://school.example/hwstatic/one/b.pdf\"");
    }
}
