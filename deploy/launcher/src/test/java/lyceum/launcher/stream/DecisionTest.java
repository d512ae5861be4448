package lyceum.launcher.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import lyceum.launcher.wire.Json;
import org.junit.jupiter.api.Test;

class DecisionTest {

    private final RecordedCase recorded = RecordedCase.of(
            "file",
            json("{'name':'case','verdict':'informational','steps':["
                    + "{'http':{'request':{'path':'/a'},'response':{'status':500,'body_json':{'size':1}}}},"
                    + "{'ws':{'path':'/b','handshake':{'status':101},'frames':["
                    + "{'send':'text','text':'[1]'},{'recv':'close','code':1006}]}}]}"));

    @Test
    void leavesACaseAsItIs() {
        assertThat(new Decision("").apply(recorded)).isEqualTo(recorded);
        assertThat(recorded.name()).isEqualTo("file/case");
    }

    @Test
    void changesAnAnswerAndARequest() {
        RecordedCase decided = new Decision("9")
                .answer(0, Must.ok("[1]"))
                .path(0, "/c")
                .value(0, "/response/status", IntNode.valueOf(201))
                .apply(recorded);

        assertThat(decided.steps().get(0))
                .isEqualTo(json(
                        "{'http':{'request':{'path':'/c'},'response':{'status':201,'headers':{'content-type':'application/json'},"
                                + "'body_json':[1]}}}"));
        assertThat(decided.steps().get(1)).isEqualTo(recorded.steps().get(1));
    }

    @Test
    void changesATalkFromAFrameOn() {
        RecordedCase decided = new Decision("7")
                .from(1, 1, Must.hear("1-0"), Must.leave())
                .handshake(1, 101, 403)
                .apply(recorded);

        assertThat(decided.steps().get(1))
                .isEqualTo(json(
                        "{'ws':{'path':'/b','handshake':{'statuses':[101,403]},'frames':[{'send':'text','text':'[1]'},"
                                + "{'recv':'text','text':'1-0'},{'send':'close','code':1000}]}}"));
    }

    @Test
    void addsSteps() {
        JsonNode more = Must.step("GET", "/d", Must.ok("null"));

        assertThat(new Decision("fix").then(more).apply(recorded).steps())
                .hasSize(3)
                .last()
                .isEqualTo(more);
    }

    @Test
    void keepsTheRecordItself() {
        RecordedCase before = new RecordedCase(
                recorded.name(),
                recorded.verdict(),
                recorded.steps().stream().<JsonNode>map(JsonNode::deepCopy).toList());

        new Decision("").answer(0, Must.ok("1")).from(1, 0, Must.leave()).apply(recorded);

        assertThat(recorded).isEqualTo(before);
    }

    @Test
    void refusesWhatHasNoPlace() {
        assertThatThrownBy(() -> new Decision("").answer(2, Must.ok("1")).apply(recorded))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> new Decision("").from(1, 3, Must.leave()).apply(recorded))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Decision("").handshake(0, 403).apply(recorded))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static JsonNode json(String text) {
        return Json.parse(text.replace('\'', '"'));
    }
}
