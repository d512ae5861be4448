package lyceum.gateway.social;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lyceum.gateway.live.HeardSession;
import lyceum.social.Stats;
import lyceum.social.Turn.Kind;
import lyceum.social.Turn.Step;
import org.junit.jupiter.api.Test;

/** Byte by byte, as the contract has it (section 7). */
class SocialEventsTest {

    private static final String JOINED =
            "[\"message\",{\"text\":\"Änne ist beigetreten.\",\"style\":\"medium highlight\",\"type\":\"toast\"}]";
    private static final String CLICK =
            "[\"click\",{\"user\":\"Änne\",\"comment\":null,\"style\":\"big green\",\"timestamp\":1700000000}]";
    private static final String EVENT = "[\"event\",{\"user\":\"Änne\",\"name\":\"sas\",\"timestamp\":1700000000}]";

    private static List<String> told(Step step) {
        return SocialEvents.of(step).stream().map(HeardSession::text).toList();
    }

    private static Step step(Kind kind, String former, String text, String style, int milestone) {
        return new Step(kind, 1, "Änne", former, text, style, milestone, 1_700_000_000, 3, null);
    }

    private static String message(String text) {
        return "[\"message\",{\"text\":\"%s\",\"style\":\"medium highlight\",\"type\":\"toast\"}]".formatted(text);
    }

    @Test
    void tellsAFirstName() {
        assertThat(told(step(Kind.NAME, null, null, null, 0))).containsExactly(JOINED);
    }

    @Test
    void tellsAnotherName() {
        assertThat(told(step(Kind.NAME, "Bert", null, null, 0)))
                .containsExactly(message("Bert hat sich umbenannt zu Änne."));
    }

    @Test
    void tellsNothingOfTheSameName() {
        assertThat(told(step(Kind.NAME, "Änne", null, null, 0))).isEmpty();
    }

    @Test
    void tellsNameAndMilestoneBeforeTheClick() {
        assertThat(told(step(Kind.CLICK, "Bert", null, "big green", 50)))
                .containsExactly(
                        message("Bert hat sich umbenannt zu Änne."), message("Änne erreicht 50 Klicks!"), CLICK);
        assertThat(told(step(Kind.CLICK, "Änne", null, "big green", 0))).containsExactly(CLICK);
    }

    @Test
    void tellsNameAndNoticeBeforeTheEvent() {
        assertThat(told(step(Kind.EVENT, null, "sas", null, 0)))
                .containsExactly(JOINED, message("Änne triggered sas!"), EVENT);
    }

    @Test
    void keepsASecretUntilItHappens() {
        assertThat(told(step(Kind.SECRET_EVENT, null, "sas", null, 0))).containsExactly(JOINED, EVENT);
    }

    @Test
    void tellsWhoLeavesUnlessNobodyKnowsHim() {
        assertThat(told(step(Kind.LEAVE, "Änne", null, null, 0))).containsExactly(message("Änne hat verlassen."));
        assertThat(told(new Step(Kind.LEAVE, 1, null, null, null, null, 0, 0, 3, null)))
                .isEmpty();
    }

    @Test
    void tellsCountersWhenAnHourIsOver() {
        assertThat(told(new Step(Kind.HOUR, 0, null, null, null, null, 0, 0, 3, new Stats(9, 8, 7, 6, 5, 4))))
                .containsExactly("[\"stats\",{\"click_count_total\":9,\"click_count_today\":8,\"click_count_hour\":7,"
                        + "\"event_count_total\":6,\"event_count_today\":5,\"event_count_hour\":4}]");
    }

    @Test
    void tellsNothingMoreOfWhoComesOrOfWhatWasLeftOut() {
        assertThat(told(new Step(Kind.CONNECT, 1, null, null, null, null, 0, 0, 3, new Stats(0, 0, 0, 0, 0, 0))))
                .isEmpty();
        assertThat(told(step(Kind.NOTHING, null, null, null, 0))).isEmpty();
    }

    @Test
    void tellsHowManyThereAre() {
        assertThat(HeardSession.text(SocialEvents.status(3))).isEqualTo("[\"status\",{\"user_count\":3}]");
    }
}
