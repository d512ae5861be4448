package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import lyceum.grading.Partial;
import lyceum.grading.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Rendering of texts, against what Python 2 made of them. */
class TextsTest {

    private final Texts texts = new Texts(Translations.load());

    private static Stream<JsonObject> recorded() {
        return Fixture.objects(Fixture.json("gettext-render.json").getJsonArray("cases"));
    }

    private static Text lazy(String text, Object value) {
        Map<String, Object> kwargs = new LinkedHashMap<>();
        kwargs.put("n", value);
        return new Text(text, kwargs);
    }

    @ParameterizedTest
    @MethodSource("recorded")
    void rendersAsRecorded(JsonObject recorded) {
        JsonObject json = new JsonObject()
                .put("text", recorded.getString("text"))
                .put("kwargs", recorded.getJsonObject("kwargs"));
        Text text = TextJson.text(json);
        boolean ourNames = recorded.getString("name").contains("arg called");
        String expected = ourNames ? "2" : recorded.getString("rendered", recorded.getString("text"));
        assertThat(texts.render(text, List.of())).isEqualTo(expected);
        assertThat(TextJson.of(text)).isEqualTo(json);
    }

    /** Each made by Python 2.7.18 as {@code u'...' % {'n': value}}; below too, but for the widths, which are ours. */
    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            nullValues = "-",
            value = {
                "%(n)s, 1e11, 1e+11",
                "%(n)s, 99999999999.5, 99999999999.5",
                "%(n)s, 123456789012.5, 1.23456789012e+11",
                "%(n)s, 0.0001, 0.0001",
                "%(n)s, 0.00001, 1e-05",
                "%(n)s, -0.0, -0.0",
                "%(n)s, 1e308, 1e+308",
                "%(n).3s, 33.333333, 33.",
                "%(n)r, 0.1, 0.1",
                "%(n)r, 1e16, 1e+16",
                "%(n)r, 123456789012.5, 123456789012.5",
                "%(n)r, 2e-323, 2e-323",
                "%(n).0f, 0.5, 0",
                "%(n).0f, 1.5, 2",
                "%(n)#.0f, 1.5, 2.",
                "%(n)f, 1e22, 10000000000000000000000.000000",
                "%(n)08.2f, -3.14159, -0003.14",
                "%(n)+.1e, 0.0, +0.0e+00",
                "%(n).3E, 12345.678, 1.235E+04",
                "%(n)e, 1e-100, 1.000000e-100",
                "%(n)g, 100000.0, 100000",
                "%(n)g, 1000000.0, 1e+06",
                "%(n)g, 0.00001234, 1.234e-05",
                "%(n)#g, 1.5, 1.50000",
                "%(n).0g, 123.0, 1e+02",
                "%(n)g, 0.0, 0",
                "%(n)G, 1e-10, 1E-10",
                "%(n)d, 1e22, 10000000000000000000000",
                "%(n)x, 255.9, ff",
                "%(n)c, 65.5, A"
            })
    void formatsRealsAsPython(String template, double value, String expected) {
        assertThat(texts.render(lazy(template, value), List.of())).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "%(n)5d|, 42, `   42|`",
                "%(n)-5d|, 42, `42   |`",
                "%(n)-05d|, 42, `42   |`",
                "`% (n)d`, 42, `% (n)d`",
                "`%(n) d`, 42, ` 42`",
                "%(n).5d, -42, -00042",
                "%(n)3.0d|, 0, `   |`",
                "%(n)#.0x, 0, 0x",
                "%(n)#.0o, 0, 0",
                "%(n)08.5d, -42, -0000042",
                "%(n)#x, 255, 0xff",
                "%(n)#X, -255, -0XFF",
                "%(n)#08x, 255, 0x0000ff",
                "%(n)#8x, 255, `    0xff`",
                "%(n)o, 8, 10",
                "%(n)#o, 8, 010",
                "%(n)i %(n)u %(n)ld, 7, 7 7 7",
                "%(n)c, 24471, 得",
                "%(n)c, -1, %(n)c",
                "%(n)c, 1114112, %(n)c",
                "%(n)5%|, 7, `    %|`",
                "%(n)%|%d, 7, %|7",
                "%(n)F, 1, 1.000000",
                "%(n)4097d, 1, %(n)4097d",
                "%(n).4097f, 1, %(n).4097f",
                "%(n)99999999999d, 1, %(n)99999999999d",
                "%(n)*d, 1, %(n)*d",
                "%s %s, 1, %s %s",
                "%(n)s %s, 1, %(n)s %s"
            })
    void formatsIntegersAsPython(String template, int value, String expected) {
        assertThat(texts.render(lazy(template, value), List.of())).isEqualTo(expected);
    }

    @Test
    void writesListsAndObjectsAsPython() {
        List<Object> list = Arrays.asList(
                1.0,
                null,
                true,
                "it's \"\n\\\u0001\u4e2d\ud83d\ude00",
                new BigInteger("9223372036854775808"),
                List.of());
        assertThat(texts.render(lazy("%(n)s", list), List.of()))
                .isEqualTo("[1.0, None, True, u'it\\'s \"\\n\\\\\\x01\\u4e2d\\U0001f600', 9223372036854775808L, []]");
        assertThat(PythonText.repr("it's")).isEqualTo("u\"it's\"");
    }

    @Test
    void showsTheRawTextOfWhatWouldGrowWithoutBound() {
        String text = "%(n)s".repeat(1000);
        assertThat(texts.render(lazy(text, "x".repeat(10_000)), List.of())).isEqualTo(text);
        assertThat(texts.render(lazy("%(n)s%(n)s", "x".repeat(10_000)), List.of()))
                .hasSize(20_000);
    }

    @Test
    void translatesIntoTheLanguageOfWhoLooks() {
        Text accepted = Text.lazy("Your submission is accepted.");
        assertThat(texts.render(accepted, Language.preferred("zh-CN,zh;q=0.9,en;q=0.8")))
                .isEqualTo("您的提交已通过。");
        assertThat(texts.render(accepted, Language.preferred("en-US,zh;q=0.9"))).isEqualTo(accepted.text());
        assertThat(texts.render(accepted, Language.preferred("fr"))).isEqualTo(accepted.text());
        assertThat(texts.render(accepted, Language.preferred("fr, zh;q=0.3, en;q=0.1")))
                .isEqualTo("您的提交已通过。");
        assertThat(texts.render(Text.lazy("50%% unknown"), Language.preferred("zh")))
                .isEqualTo("50% unknown");
        assertThat(texts.render(Text.plain("Your submission is accepted."), Language.preferred("zh")))
                .isEqualTo("Your submission is accepted.");
        assertThat(texts.render(null, List.of())).isNull();
    }

    @Test
    void showsTheEnglishTextWhereItsTranslationLacksAnArgument() {
        assertThat(texts.render(Text.lazy("Exitcode %(exitcode)s != 0."), Language.preferred("zh")))
                .isEqualTo("Exitcode %(exitcode)s != 0.");
        Text formatted = new Text("Exitcode %(exitcode)s != 0.", Map.of("exitcode", 139));
        assertThat(texts.render(formatted, Language.preferred("zh"))).isEqualTo("程序的退出码 139 不为 0。");
    }

    @Test
    void translatesEveryTextOfAScorer() {
        JsonObject vectors = Fixture.json("scorer-vectors.json");
        List<Text> sent = lazyTexts(vectors).toList();
        assertThat(sent).hasSizeGreaterThan(50);
        for (Text text : sent) {
            assertThat(texts.render(text, Language.preferred("zh"))).isNotEqualTo(Texts.english(text));
        }
    }

    private static Stream<Text> lazyTexts(Object json) {
        if (json instanceof JsonObject object) {
            return object.containsKey("text") && object.containsKey("kwargs")
                    ? Stream.of(TextJson.text(object))
                    : object.fieldNames().stream().flatMap(name -> lazyTexts(object.getValue(name)));
        }
        return json instanceof JsonArray array
                ? array.stream().flatMap(item -> lazyTexts(item instanceof Map<?, ?> ? array.getJsonObject(0) : item))
                : Stream.empty();
    }

    @Test
    void keepsPartialsAsTheyWere() {
        Partial partial = new Partial(
                null,
                "CodeStyleScorer",
                100.0,
                0.25,
                null,
                Text.plain("fine"),
                Arrays.asList(null, Text.plain("a"), lazy("%(n)s", 1e16)));
        JsonArray json = new JsonArray(TextJson.of(List.of(partial)).encode());
        assertThat(TextJson.partials(json)).containsExactly(partial);
        assertThat(TextJson.partials(null)).isNull();
        assertThat(TextJson.of((List<Partial>) null)).isNull();
    }

    @Test
    void replacesWhatCannotBeStored() {
        Text text = lazy(
                "a\u0000b", List.of("\ud800", Double.NaN, Map.of("\udc00", Double.NEGATIVE_INFINITY), "\ud83d\ude00"));
        assertThat(TextJson.of(text).toString())
                .isEqualTo(
                        "{\"text\":\"a\ufffdb\",\"kwargs\":{\"n\":[\"\ufffd\",\"nan\",{\"\ufffd\":\"-inf\"},\"\ud83d\ude00\"]}}");
    }
}
