package lyceum.gateway.form;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The parameters of a header value, {@code …; name=value; name="va\"lue"} (RFC 9110, section 5.6.6). Read by hand: what is
 * in quotes may look like another parameter, and a regular expression recurses for each character of it.
 */
final class HeaderParameters {

    private final String text;
    private final Map<String, String> found = new HashMap<>();
    private int position;

    private HeaderParameters(String text) {
        this.text = text;
    }

    /** @return the values by their names in lower case; of a repeated name the first one */
    static Map<String, String> of(String header) {
        HeaderParameters parameters = new HeaderParameters(header);
        parameters.upTo(";");
        while (parameters.position < header.length()) {
            parameters.read();
        }
        return parameters.found;
    }

    /** Reads one parameter, from its semicolon to the next one. */
    private void read() {
        position++;
        String name = upTo("=;").strip().toLowerCase(Locale.ROOT);
        found.putIfAbsent(name, text.startsWith("=", position) ? value() : "");
        upTo(";");
    }

    private String value() {
        position++;
        return text.startsWith("\"", position) ? quoted() : upTo(";").strip();
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        position++;
        while (position < text.length() && text.charAt(position) != '"') {
            if (text.charAt(position) == '\\' && position + 1 < text.length()) {
                position++;
            }
            value.append(text.charAt(position++));
        }
        return value.toString();
    }

    /** @return what stands before the next of these characters, or before the end */
    private String upTo(String ends) {
        int from = position;
        while (position < text.length() && ends.indexOf(text.charAt(position)) < 0) {
            position++;
        }
        return text.substring(from, position);
    }
}
