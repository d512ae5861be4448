package lyceum.gateway.elicast;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.LessonPage;
import lyceum.elicast.ElicastService.ListLessons;
import lyceum.gateway.TestGateway;
import lyceum.gateway.stream.Conversation;
import lyceum.gateway.stream.Scripted;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A gateway for learners: nothing of a change is read. */
@TestInstance(Lifecycle.PER_CLASS)
class EditSwitchTest {

    private TestGateway gateway;
    private Scripted<ElicastService> elicast;

    @BeforeAll
    void start() {
        gateway = new TestGateway(Map.of("LYCEUM_ELICAST_EDIT_BLOCKED", "true"));
        elicast = new Scripted<>(gateway.vertx, ElicastService.class).on(ListLessons.class, new LessonPage(List.of()));
    }

    @AfterAll
    void stop() {
        gateway.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT /elicast",
                "POST /elicast/1",
                "DELETE /elicast/1",
                "POST /audio/split",
                "GET /audio/download/1",
                "POST /api/audio/replace/1"
            })
    void refusesChangesBeforeTheirBodyComes(String operation) {
        try (Conversation client = new Conversation(gateway)) {
            client.say(operation + " HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n");

            client.hear("HTTP/1.1 403 Forbidden");
            client.hear("Access-Control-Allow-Origin: *");
            client.hear("\r\n\r\n403: Forbidden");
        }
        assertThat(elicast.asked())
                .filteredOn(question -> !(question instanceof ListLessons))
                .isEmpty();
    }

    @Test
    void stillKnowsNoRouteForABadId() {
        assertThat(gateway.get("/audio/download/01").send().await().bodyAsString())
                .isEqualTo("404: Not Found");
    }

    @Test
    void letsLessonsBeListed() {
        assertThat(gateway.get("/elicast").send().await().statusCode()).isEqualTo(200);
    }
}
