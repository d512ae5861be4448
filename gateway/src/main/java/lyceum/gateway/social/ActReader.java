package lyceum.gateway.social;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import lyceum.social.Act;

/** Reads what clients say (contract, section 6). What is not exactly as it must be is nothing. */
final class ActReader {

    private final SocialLimits limits;

    ActReader(SocialLimits limits) {
        this.limits = limits;
    }

    /** @return what a session does by that; empty where that is to be ignored */
    Optional<Act> read(long session, String event, List<Object> arguments) {
        if (arguments.size() != 1) {
            return Optional.empty();
        }
        Object argument = arguments.get(0);
        return switch (event) {
            case "auth" -> name(argument).map(user -> Act.name(session, user));
            case "click" -> argument instanceof JsonObject click ? click(session, click) : Optional.empty();
            case "event" -> argument instanceof JsonObject happened ? event(session, happened) : Optional.empty();
            default -> Optional.empty();
        };
    }

    /** @return a name as somebody may have it; empty where nobody may */
    Optional<String> name(Object value) {
        return SocialText.read(value, limits.nameCharacters()).filter(text -> !text.isEmpty());
    }

    private Optional<Act> click(long session, JsonObject click) {
        Optional<String> user = name(click.getValue("user"));
        Optional<String> comment = SocialText.read(click.getValue("comment"), limits.commentCharacters());
        Optional<String> style = SocialText.read(click.getValue("style"), limits.styleCharacters());
        return user.isPresent() && comment.isPresent() && style.isPresent()
                ? Optional.of(Act.click(session, user.get(), orNull(comment.get()), orNull(style.get())))
                : Optional.empty();
    }

    private static String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private Optional<Act> event(long session, JsonObject event) {
        Optional<String> name = name(event.getValue("name"));
        return name(event.getValue("user")).flatMap(user -> name.map(named -> Act.event(session, user, named)));
    }
}
