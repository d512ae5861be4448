package lyceum.gateway.social;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import lyceum.gateway.live.LiveEvent;
import lyceum.social.Stats;
import lyceum.social.Turn.Step;

/** What sockets are told, word by word as the contract has it (sections 4 and 7). */
final class SocialEvents {

    private SocialEvents() {}

    /** @return what everybody is told of a step beside who is there, in this order */
    static List<LiveEvent> of(Step step) {
        List<LiveEvent> events = new ArrayList<>(3);
        switch (step.kind()) {
            case NAME -> addNaming(step, events);
            case CLICK -> {
                addNaming(step, events);
                if (step.milestone() > 0) {
                    events.add(message(step.user() + " erreicht " + step.milestone() + " Klicks!"));
                }
                events.add(click(step));
            }
            case EVENT -> {
                addNaming(step, events);
                events.add(message(step.user() + " triggered " + step.text() + "!"));
                events.add(event(step));
            }
            case SECRET_EVENT -> {
                addNaming(step, events);
                events.add(event(step));
            }
            case LEAVE -> {
                if (step.user() != null) {
                    events.add(message(step.user() + " hat verlassen."));
                }
            }
            case HOUR -> events.add(stats(step.stats()));
            case CONNECT, NOTHING -> {}
        }
        return events;
    }

    private static void addNaming(Step step, List<LiveEvent> events) {
        if (step.formerUser() == null) {
            events.add(message(step.user() + " ist beigetreten."));
        } else if (!step.formerUser().equals(step.user())) {
            events.add(message(step.formerUser() + " hat sich umbenannt zu " + step.user() + "."));
        }
    }

    static LiveEvent stats(Stats stats) {
        return LiveEvent.of("stats", SocialJson.of(stats));
    }

    static LiveEvent status(int userCount) {
        return LiveEvent.of("status", new JsonObject().put("user_count", userCount));
    }

    private static LiveEvent message(String text) {
        return LiveEvent.of(
                "message",
                new JsonObject()
                        .put("text", text)
                        .put("style", "medium highlight")
                        .put("type", "toast"));
    }

    private static LiveEvent click(Step step) {
        return LiveEvent.of("click", SocialJson.click(step.user(), step.text(), step.style(), step.timestampSeconds()));
    }

    private static LiveEvent event(Step step) {
        return LiveEvent.of("event", SocialJson.event(step.user(), step.text(), step.timestampSeconds()));
    }
}
