package lyceum.launcher.elicast;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The log tickets of a scenario: the first one, or the first one of each page of the real client. */
final class Tickets {

    private static final Pattern PLACE = Pattern.compile("\\$\\{ticket(?: of page \"([^\"]+)\")?(\\|upper)?}");

    private final Map<String, String> byPage = new HashMap<>();

    /** @param answer of any request; only one to {@code /log/ticket} has a ticket in it */
    void learn(String page, JsonNode answer) {
        if (answer.has("ticket")) {
            byPage.putIfAbsent(page, answer.get("ticket").asText());
        }
    }

    /** @return the text with tickets in their places */
    String fill(String text) {
        return PLACE.matcher(text).replaceAll(this::ticket);
    }

    private String ticket(MatchResult place) {
        String page = place.group(1) == null ? "" : place.group(1);
        String ticket = byPage.get(page);
        if (ticket == null) {
            throw new IllegalStateException("no ticket was given yet to page '%s'".formatted(page));
        }
        return place.group(2) == null ? ticket : ticket.toUpperCase(Locale.ROOT);
    }
}
