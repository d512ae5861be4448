package lyceum.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StrictObjectTest {

    private enum Colour {
        RED,
        GREEN
    }

    @Test
    void givesWhatIsThere() {
        StrictObject form = parse("{'t':'é','n':-3,'f':true,'c':'green','l':['a','b'],'o':{'p':'q','r':''}}");

        assertThat(form.text("t")).isEqualTo("é");
        assertThat(form.number("n", -3, -3)).isEqualTo(-3);
        assertThat(form.flagOr("f", false)).isTrue();
        assertThat(form.choiceOr("c", Colour.RED)).isEqualTo(Colour.GREEN);
        assertThat(form.texts("l")).containsExactly("a", "b");
        assertThat(form.textsByName("o")).isEqualTo(Map.of("p", "q", "r", ""));
        form.end();
    }

    @Test
    void givesSomethingElseWhereNothingIsThere() {
        StrictObject form = parse("{}");

        assertThat(form.has("t")).isFalse();
        assertThat(form.textOr("t", "x")).isEqualTo("x");
        assertThat(form.positiveOrZero("n", 9)).isZero();
        assertThat(form.flagOr("f", true)).isTrue();
        assertThat(form.choiceOr("c", Colour.RED)).isEqualTo(Colour.RED);
        assertThat(form.texts("l")).isEmpty();
        assertThat(form.objects("o")).isEmpty();
        assertThat(form.object("o")).isEqualTo(Optional.empty());
        assertThat(form.textsByName("m")).isEmpty();
    }

    static Stream<Arguments> wrong() {
        return Stream.of(
                wrong("{}", form -> form.text("t"), "t is missing"),
                wrong("{'t':1}", form -> form.text("t"), "t is not a text"),
                wrong("{'t':null}", form -> form.textOr("t", ""), "t is not a text"),
                wrong("{}", form -> form.number("n", 0, 1), "n is missing"),
                wrong("{'n':2}", form -> form.number("n", 0, 1), "n is 2, not within 0..1"),
                wrong("{'n':0}", form -> form.positiveOrZero("n", 1), "n is 0, not within 1..1"),
                wrong("{'n':1.0}", form -> form.number("n", 0, 1), "n is not a whole number of 64 bits"),
                wrong("{'n':'1'}", form -> form.number("n", 0, 1), "n is not a whole number of 64 bits"),
                wrong(
                        "{'n':9223372036854775808}",
                        form -> form.number("n", 0, Long.MAX_VALUE),
                        "n is not a whole number of 64 bits"),
                wrong("{'f':'true'}", form -> form.flagOr("f", false), "f is neither true nor false"),
                wrong("{'c':'RED'}", form -> form.choiceOr("c", Colour.RED), "c is not one of green, red"),
                wrong("{'l':'a'}", form -> form.texts("l"), "l is not a list"),
                wrong("{'l':['a',2]}", form -> form.texts("l"), "l[1] is not a text"),
                wrong("{'l':[{},[]]}", form -> form.objects("l"), "l[1] is not an object"),
                wrong("{'o':[]}", form -> form.object("o"), "o is not an object"),
                wrong("{'o':{'p':1}}", form -> form.textsByName("o"), "o.p is not a text"),
                wrong("{'l':[{'o':{'x':1}}]}", StrictObjectTest::endInside, "l[0].o.x is not known here"),
                wrong("{'a':1}", StrictObject::end, "a is not known here"),
                wrong("{'" + "a".repeat(41) + "':1}", StrictObject::end, "a".repeat(40) + "… is not known here"));
    }

    private static Arguments wrong(String json, Consumer<StrictObject> question, String text) {
        return Arguments.of(json, question, text);
    }

    private static void endInside(StrictObject form) {
        form.objects("l").get(0).object("o").orElseThrow().end();
    }

    @ParameterizedTest
    @MethodSource("wrong")
    void namesThePathOfWhatIsWrong(String json, Consumer<StrictObject> question, String text) {
        StrictObject form = parse(json);

        assertThatThrownBy(() -> question.accept(form))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.INVALID))
                .hasMessage(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"{", "{} {}", "{'a':NaN}", "{'a':01}", "{'a':1,'a':2}", "{'a':'\u0001'}", "{a:1}", "\u00ff"})
    void refusesWhatIsNotJson(String json) {
        assertThatThrownBy(() -> parse(json))
                .isInstanceOf(Failure.class)
                .hasMessageMatching("this is not JSON, or a name is there twice: line 1, column \\d+");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "1", "null", "'a'"})
    void refusesWhatIsNotAnObject(String json) {
        assertThatThrownBy(() -> parse(json)).isInstanceOf(Failure.class).hasMessage("the JSON is not an object");
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        assertThatThrownBy(() -> StrictObject.parse(new byte[] {'{', '"', (byte) 0xC3, '"', '}'}))
                .isInstanceOf(Failure.class)
                .hasMessageStartingWith("this is not JSON");
    }

    @Test
    void boundsTheNumberOfParts() {
        parse("{'a':[" + "0,".repeat(49_000) + "0]}");
        String tooMany = "{'a':[" + "0,".repeat(50_000) + "0]}";

        assertThatThrownBy(() -> parse(tooMany))
                .isInstanceOf(Failure.class)
                .hasMessage("the JSON has more than 50000 parts, is deeper than 16, or has a number that is too long");
    }

    @Test
    void boundsTheDepth() {
        parse("{'a':" + "[".repeat(15) + "]".repeat(15) + "}");
        String tooDeep = "{'a':" + "[".repeat(16) + "]".repeat(16) + "}";

        assertThatThrownBy(() -> parse(tooDeep)).isInstanceOf(Failure.class).hasMessageContaining("is deeper than 16");
    }

    @Test
    void readsTextsOfAnyLength() {
        String text = "x".repeat(21_000_000);

        assertThat(parse("{'a':'" + text + "'}").text("a")).hasSize(21_000_000);
    }

    private static StrictObject parse(String json) {
        return StrictObject.parse(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    }
}
