package lyceum.gateway.social;

import io.vertx.core.json.JsonObject;
import lyceum.social.SocialService.Click;
import lyceum.social.SocialService.Event;
import lyceum.social.SocialService.Hour;
import lyceum.social.SocialService.Online;
import lyceum.social.SocialService.User;
import lyceum.social.Stats;

/** What clients know of a class, over sockets and HTTP (contract, section 4). What is absent is there, as null. */
public final class SocialJson {

    private SocialJson() {}

    /** @return numbers of a class as the contract names them (section 5) */
    public static JsonObject of(Stats stats) {
        return new JsonObject()
                .put("click_count_total", stats.clicksTotal())
                .put("click_count_today", stats.clicksToday())
                .put("click_count_hour", stats.clicksHour())
                .put("event_count_total", stats.eventsTotal())
                .put("event_count_today", stats.eventsToday())
                .put("event_count_hour", stats.eventsHour());
    }

    /** @return a click of the list (section 5) */
    public static JsonObject of(Click click) {
        return click(click.user(), click.comment(), click.style(), click.timestampSeconds());
    }

    static JsonObject click(String user, String comment, String style, long timestampSeconds) {
        return new JsonObject()
                .put("user", user)
                .put("comment", comment)
                .put("style", style)
                .put("timestamp", timestampSeconds);
    }

    /** @return an event of the list (section 5) */
    public static JsonObject of(Event event) {
        return event(event.user(), event.name(), event.timestampSeconds());
    }

    static JsonObject event(String user, String name, long timestampSeconds) {
        return new JsonObject().put("user", user).put("name", name).put("timestamp", timestampSeconds);
    }

    /** @return one hour of a class (section 5) */
    public static JsonObject of(Hour hour) {
        return new JsonObject()
                .put("timestamp", hour.timestampSeconds())
                .put("click_count", hour.clicks())
                .put("event_count", hour.events())
                .put("click_count_total", hour.clicksTotal())
                .put("event_count_total", hour.eventsTotal());
    }

    /** @return somebody who has clicked (section 5) */
    public static JsonObject of(User user) {
        return new JsonObject()
                .put("name", user.name())
                .put("click_count", user.clicks())
                .put("event_count", user.events());
    }

    /** @return somebody who is here now */
    public static JsonObject of(Online session) {
        return new JsonObject()
                .put("name", session.name())
                .put("click_count_session", session.clicks())
                .put("event_count_session", session.events());
    }
}
