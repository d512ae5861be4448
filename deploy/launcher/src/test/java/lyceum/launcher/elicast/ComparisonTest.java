package lyceum.launcher.elicast;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import java.util.function.BiFunction;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Json;
import org.junit.jupiter.api.Test;

class ComparisonTest {

    private static final BiFunction<Integer, String, Answer> PLAIN =
            (status, text) -> answer(status, "text/plain", text);
    private static final BiFunction<Integer, String, Answer> JSON =
            (status, text) -> answer(status, "application/json", text.replace('\'', '"'));

    @Test
    void allowsVolatileValuesOfTheSameKind() {
        Expectation list = recorded(
                "'response':{'status':200,'headers':{},'json':{'elicasts':[{'id':1,'created':17},{'id':2,'created':18}]}},"
                        + "'volatile':['/response/json/elicasts/*/created']");

        assertThatCode(() -> list.check(JSON.apply(200, "{'elicasts':[{'created':99,'id':1},{'id':2,'created':0}]}")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() ->
                        list.check(JSON.apply(200, "{'elicasts':[{'id':1,'created':'99'},{'id':2,'created':0}]}")))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> list.check(JSON.apply(200, "{'elicasts':[{'id':1},{'id':2,'created':0}]}")))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void showsEveryDifferenceAtOnce() {
        Expectation text = recorded("'response':{'status':404,'headers':{'Allow':'GET'},'text':'gone'}");

        assertThatThrownBy(() -> text.check(PLAIN.apply(200, "here")))
                .hasMessageContainingAll("[status of 200", "404", "[Allow]", "[text]", "gone", "here");
    }

    @Test
    void leavesTheLastNumberOfAVolatileTextOpen() {
        Expectation text = recorded(
                "'response':{'status':413,'headers':{},'text':'size 10, was 20'},'volatile':['/response/text']");

        assertThatCode(() -> text.check(PLAIN.apply(413, "size 10, was 21"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> text.check(PLAIN.apply(413, "size 11, was 20")))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void demandsTheTextThatANewServerShouldGive() {
        Expectation refusal = newServer("400", "ots -- Invliad json format; never a 500");

        assertThatCode(() -> refusal.check(PLAIN.apply(400, "ots -- Invliad json format")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> refusal.check(PLAIN.apply(400, "something else")))
                .isInstanceOf(AssertionError.class);
        assertThatThrownBy(() -> refusal.check(PLAIN.apply(500, "ots -- Invliad json format")))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void takesAnyAnswerButADefectWhereANewServerIsFree() {
        Expectation either = newServer("either", "200 or 400");

        assertThatCode(() -> either.check(PLAIN.apply(400, "no"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> either.check(PLAIN.apply(500, "no"))).isInstanceOf(AssertionError.class);
    }

    @Test
    void takesOneOfTwoAndShowsWhatBothMissed() {
        Expectation both = Expectation.plainText(400, "a").or(Expectation.plainText(404, "b"));

        assertThatCode(() -> both.check(PLAIN.apply(404, "b"))).doesNotThrowAnyException();
        assertThatThrownBy(() -> both.check(PLAIN.apply(200, "c"))).hasMessageContainingAll("[400]", "[404]");
    }

    @Test
    void knowsTheMarkOfACut() {
        String whole = "y".repeat(2 * 1024 * 1024);
        String head = whole.substring(0, 256 * 1024);
        String tail = whole.substring(0, 768 * 1024);
        CutOutput cut = new CutOutput(whole);

        assertThatCode(() -> cut.check(run(head + "\\n<1048576 bytes missing>\\n" + tail)))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> cut.check(run(head + "\\n<7 bytes missing>\\n" + tail)))
                .isInstanceOf(AssertionError.class);
    }

    private static Answer run(String output) {
        return JSON.apply(200, "{'exit_code':0,'output':'" + output + "'}");
    }

    private static Expectation recorded(String members) {
        return new RecordedAnswer(step(members), new RecordedIds());
    }

    private static Expectation newServer(String status, String meaning) {
        Step step = step("'response':{'status':500,'headers':{}},'new_server':{'status':'%s','meaning':'%s'}"
                .formatted(status, meaning));
        return new NewServerAnswer(step, new RecordedAnswer(step, new RecordedIds()));
    }

    private static Step step(String members) {
        return new Step("fixture", Json.parse(("{'id':'step'," + members + "}").replace('\'', '"')));
    }

    private static Answer answer(int status, String type, String body) {
        MultiMap headers = MultiMap.caseInsensitiveMultiMap()
                .add("Content-Type", type + "; charset=utf-8")
                .add("Access-Control-Allow-Origin", "*")
                .add("Access-Control-Allow-Methods", "POST, GET, OPTIONS, PUT, DELETE")
                .add("Access-Control-Allow-Headers", "Content-Type");
        return new Answer(status, headers, Buffer.buffer(body));
    }
}
