package lyceum.launcher.elicast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import lyceum.launcher.wire.Json;
import org.junit.jupiter.api.Test;

class RecordedIdsTest {

    private static final JsonNode NOTHING = MissingNode.getInstance();

    private final RecordedIds ids = new RecordedIds();

    @Test
    void countsOnWithoutWhatWasRefused() {
        ids.learn(lesson(1), lesson(1));
        ids.learn(lesson(2), NOTHING);
        ids.learn(lesson(3), lesson(2));

        assertThat(ids.translateTarget("/elicast/3")).isEqualTo("/elicast/2");
        assertThat(ids.translateTarget("/audio/download/1")).isEqualTo("/audio/download/1");
        assertThat(ids.translateAnswer(lesson(3))).isEqualTo(lesson(2));
        assertThat(ids.translateAnswer(Json.parse("{\"elicasts\":[{\"id\":3},{\"id\":1}]}")))
                .isEqualTo(Json.parse("{\"elicasts\":[{\"id\":2},{\"id\":1}]}"));
    }

    @Test
    void countsOnBehindWhatOnlyOursTook() {
        ids.learn(NOTHING, lesson(1));
        ids.learn(lesson(1), lesson(2));

        assertThat(ids.translateTarget("/elicast/1")).isEqualTo("/elicast/2");
    }

    @Test
    void leavesWhatWasNeverGiven() {
        assertThat(ids.translateTarget("/elicast/999")).isEqualTo("/elicast/999");
        assertThat(ids.translateTarget("/elicast/99999999999999999999")).isEqualTo("/elicast/99999999999999999999");
        assertThat(ids.translateTarget("/elicast/01")).isEqualTo("/elicast/01");
    }

    @Test
    void refusesAGap() {
        ids.learn(lesson(1), lesson(1));

        assertThatThrownBy(() -> ids.learn(lesson(2), lesson(3))).isInstanceOf(AssertionError.class);
    }

    private static JsonNode lesson(int id) {
        return Json.parse("{\"elicast\":{\"id\":%d}}".formatted(id));
    }
}
