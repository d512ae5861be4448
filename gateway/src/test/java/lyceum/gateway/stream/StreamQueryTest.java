package lyceum.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import java.util.function.Consumer;
import lyceum.gateway.route.Finding;
import lyceum.gateway.route.Refusal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Queries as the stream contract has them (section 2). */
class StreamQueryTest {

    @ParameterizedTest
    @ValueSource(strings = {"1", "on", "t", "true", "True", "TRUE", "y", "Yes"})
    void readsWhatIsTrue(String text) {
        assertThat(query("p", text).flagOr("p", false)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "off", "F", "false", "False", "n", "NO"})
    void readsWhatIsFalse(String text) {
        assertThat(query("p", text).flagOr("p", true)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "maybe", "2", "truee", "null"})
    void refusesWhatIsNeither(String text) {
        assertRefuses(
                text,
                query -> query.flag("p"),
                "{'loc':['query','p'],'msg':'value could not be parsed to a boolean','type':'type_error.bool'}");
    }

    @ParameterizedTest
    @CsvSource({"5,5", "+5,5", "' 7 ',7", "-3,-3", "007,7", "10,10"})
    void readsIntegers(String text, long value) {
        StreamQuery query = query("p", text);

        assertThat(query.integer("p", -3, 10)).contains(value);
        query.end();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "abc", "1.0", "1e3", "0x1", "1 2", "--1", "१२x"})
    void refusesWhatIsNoInteger(String text) {
        assertRefuses(
                text,
                query -> query.integer("p", 0, 10),
                "{'loc':['query','p'],'msg':'value is not a valid integer','type':'type_error.integer'}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-4", "-99999999999999999999999999"})
    void refusesIntegersThatAreTooSmall(String text) {
        assertRefuses(text, query -> query.integer("p", -3, 10), """
                {'loc':['query','p'],'msg':'ensure this value is greater than or equal to -3',\
                'type':'value_error.number.not_ge','ctx':{'limit_value':-3}}""");
    }

    @ParameterizedTest
    @ValueSource(strings = {"11", "99999999999999999999999999"})
    void refusesIntegersThatAreTooLarge(String text) {
        assertRefuses(text, query -> query.integer("p", -3, 10), """
                {'loc':['query','p'],'msg':'ensure this value is less than or equal to 10',\
                'type':'value_error.number.not_le','ctx':{'limit_value':10}}""");
    }

    @ParameterizedTest
    @CsvSource({"1,1000", "0.25,250", ".5,500", "1e1,10000", "0.0004,0", "86400,86400000", "' 2 ',2000"})
    void readsSecondsAsMilliseconds(String text, long millis) {
        StreamQuery query = query("p", text);

        assertThat(query.seconds("p")).contains(millis);
        query.end();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "nan", "inf", "1e999", "1,5", "."})
    void refusesWhatIsNoNumber(String text) {
        assertRefuses(
                text,
                query -> query.seconds("p"),
                "{'loc':['query','p'],'msg':'value is not a valid float','type':'type_error.float'}");
    }

    @ParameterizedTest
    @CsvSource({"-1,not_ge", "-0.001,not_ge", "86400.001,not_le", "1e99,not_le"})
    void refusesTimesThatAreNone(String text, String rule) {
        StreamQuery query = query("p", text);

        assertThat(query.seconds("p")).isEmpty();

        assertThatThrownBy(query::end)
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.findings())
                                .singleElement()
                                .extracting(Finding::type)
                                .isEqualTo("value_error.number." + rule));
    }

    @Test
    void takesTheLastOfSeveralValues() {
        StreamQuery query = query("p", "a", "p", "b");

        assertThat(query.text("p")).contains("b");
        assertThat(query.needText("p")).isEqualTo("b");
    }

    @Test
    void doesNotKnowANameInAnotherCase() {
        StreamQuery query = query("P", "a", "p", "b", "P", "c");

        assertThat(query.text("p")).contains("b");
        assertThat(query("P", "true").flag("p")).isEmpty();
    }

    @Test
    void takesAnEmptyTextForOne() {
        assertThat(query("p", "").text("p")).contains("");
    }

    @Test
    void knowsWhatIsAbsent() {
        StreamQuery query = query("other", "x");

        assertThat(query.text("p")).isEmpty();
        assertThat(query.flag("p")).isEmpty();
        assertThat(query.flagOr("p", true)).isTrue();
        assertThat(query.integer("p", 0, 1)).isEmpty();
        assertThat(query.seconds("p")).isEmpty();
        query.end();
    }

    @Test
    void needsWhatMustBeThere() {
        assertRefuses(
                null,
                query -> query.needText("p"),
                "{'loc':['query','p'],'msg':'field required','type':'value_error.missing'}");
    }

    @Test
    void tellsEverythingAtOnce() {
        StreamQuery query = query("a", "x", "b", "q");
        query.integer("a", 0, 1);
        query.flag("b");
        query.report(Finding.wrong("query", "c", "no"));

        assertThatThrownBy(query::end).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(422);
            assertThat(refusal.findings())
                    .extracting(finding -> finding.place().get(1))
                    .containsExactly("a", "b", "c");
            assertThat(refusal.detail().orElseThrow()).startsWith("query a: value is not a valid integer; query b: ");
        });
    }

    private static StreamQuery query(String... namesAndValues) {
        MultiMap parameters = MultiMap.caseInsensitiveMultiMap();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            parameters.add(namesAndValues[i], namesAndValues[i + 1]);
        }
        return new StreamQuery(parameters);
    }

    private static void assertRefuses(String text, Consumer<StreamQuery> asking, String finding) {
        StreamQuery query = text == null ? query() : query("p", text);
        asking.accept(query);

        assertThatThrownBy(query::end)
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(Finding.detail(refusal.findings()).encode())
                                .isEqualTo("[" + finding.replace('\'', '"') + "]"));
    }
}
