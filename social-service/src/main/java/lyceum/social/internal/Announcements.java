package lyceum.social.internal;

import java.util.Iterator;
import lyceum.platform.Bus;
import lyceum.social.SocialService;
import lyceum.social.SocialService.Click;
import lyceum.social.SocialService.Clicked;
import lyceum.social.SocialService.Event;
import lyceum.social.SocialService.Happened;
import lyceum.social.SocialService.HourRolled;
import lyceum.social.SocialService.Joined;
import lyceum.social.SocialService.Left;
import lyceum.social.Turn;
import lyceum.social.Turn.Step;
import lyceum.social.internal.TurnStore.Written;

/** Tells what has happened in a class: its turns to those who show them, and the facts to whoever listens. */
final class Announcements {

    private final Bus bus;

    Announcements(Bus bus) {
        this.bus = bus;
    }

    /** Publishes what is on the disk, in order. */
    void publish(Changes changes, Written written) {
        Iterator<Long> clickIds = written.clickIds().iterator();
        Iterator<Long> eventIds = written.eventIds().iterator();
        for (Turn turn : changes.turns()) {
            bus.publish(SocialService.turns(turn.className()), turn);
        }
        for (Turn turn : changes.turns()) {
            for (Step step : turn.steps()) {
                publish(turn.className(), step, changes, clickIds, eventIds);
            }
        }
    }

    private void publish(
            String className, Step step, Changes changes, Iterator<Long> clickIds, Iterator<Long> eventIds) {
        if (step.formerUser() == null && step.user() != null) {
            bus.publish(SocialService.JOINED, new Joined(className, step.user()));
        }
        switch (step.kind()) {
            case CLICK -> bus.publish(SocialService.CLICKED, new Clicked(className, click(clickIds.next(), step)));
            case EVENT -> bus.publish(SocialService.HAPPENED, new Happened(className, event(eventIds.next(), step)));
            case LEAVE -> publishLeft(className, step);
            case HOUR ->
                changes.ended()
                        .ifPresent(hour -> bus.publish(SocialService.HOUR_ROLLED, new HourRolled(className, hour)));
            default -> {
                // Nobody but those who show the turn needs to know.
            }
        }
    }

    private void publishLeft(String className, Step step) {
        if (step.user() != null) {
            bus.publish(SocialService.LEFT, new Left(className, step.user()));
        }
    }

    private static Click click(long id, Step step) {
        return new Click(id, step.user(), step.text(), step.style(), step.timestampSeconds());
    }

    private static Event event(long id, Step step) {
        return new Event(id, step.user(), step.text(), step.timestampSeconds());
    }
}
