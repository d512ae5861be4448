package lyceum.gateway.form;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A content type as far as forms need it.
 *
 * @param mediaType in lower case, without parameters; empty where there is none
 * @param charset UTF-8 where none is named
 * @param boundary empty where there is none
 */
record ContentType(String mediaType, Charset charset, String boundary) {

    private static final Pattern PARAMETER =
            Pattern.compile(";\\s*(charset|boundary)=(?:\"([^\"]*)\"|([^;\\s]*))", Pattern.CASE_INSENSITIVE);

    /**
     * @param header its value, or null
     * @throws UnknownCharset where it names a charset that does not exist
     */
    static ContentType parse(String header) {
        String text = header == null ? "" : header;
        Charset charset = StandardCharsets.UTF_8;
        String boundary = "";
        Matcher matcher = PARAMETER.matcher(text);
        while (matcher.find()) {
            String value = matcher.group(2) != null ? matcher.group(2) : matcher.group(3);
            if (matcher.group(1).equalsIgnoreCase("charset")) {
                charset = charset(value);
            } else {
                boundary = value;
            }
        }
        return new ContentType(text.split(";", 2)[0].strip().toLowerCase(Locale.ROOT), charset, boundary);
    }

    private static Charset charset(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            throw new UnknownCharset(name, e);
        }
    }
}
