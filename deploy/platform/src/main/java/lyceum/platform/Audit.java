package lyceum.platform;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/**
 * Writes down who did what, one line each, in the log {@code lyceum.audit}: as text, and in its parts for the log in JSON.
 * {@code who="root" what="DELETE /accounts/{name}" on="/accounts/ada" from="192.0.2.1" request="r-17" outcome="204"}
 *
 * <p>Names come from tokens, paths from clients: none of them ends the line, or its own quotes, or is longer than
 * {@value #MOST_CHARACTERS} characters.
 */
public final class Audit {

    /** Its log. The launcher keeps its level at INFO, and its lines where others are lost. */
    public static final String LOG_NAME = "lyceum.audit";

    private static final Logger LOG = LoggerFactory.getLogger(LOG_NAME);

    private static final int MOST_CHARACTERS = 200;

    /** What is not known, or does not apply. */
    public static final String NOBODY = "-";

    private Audit() {}

    /**
     * Writes it down, with the id of the request that is being worked on.
     *
     * @param who has done it, or wanted to; or {@link #NOBODY}
     * @param what was done
     * @param on what it was done to
     * @param from the address of whoever asked; or {@link #NOBODY} where a service does not know it: the gateway has
     *     written it down with the same id
     * @param outcome the status of the answer, or a word
     */
    public static void note(String who, String what, String on, String from, String outcome) {
        String request = RequestId.current();
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("who", safe(who));
        parts.put("what", safe(what));
        parts.put("on", safe(on));
        parts.put("from", safe(from));
        parts.put("request", request == null ? NOBODY : safe(request));
        parts.put("outcome", safe(outcome));
        LoggingEventBuilder line = LOG.atInfo();
        for (Map.Entry<String, String> part : parts.entrySet()) {
            line = line.addKeyValue(part.getKey(), part.getValue());
        }
        line.log(text(parts));
    }

    private static String text(Map<String, String> parts) {
        return parts.entrySet().stream()
                .map(part -> "%s=\"%s\"".formatted(part.getKey(), part.getValue()))
                .collect(Collectors.joining(" "));
    }

    /** Controls, what writes from right to left, ends of lines and of paragraphs, quotes, halves of pairs. */
    private static String safe(String text) {
        String clean = text.replaceAll("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}\"]", "?");
        return clean.length() <= MOST_CHARACTERS ? clean : clean.substring(0, MOST_CHARACTERS - 1) + '…';
    }
}
