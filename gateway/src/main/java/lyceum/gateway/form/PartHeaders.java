package lyceum.gateway.form;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the headers of a part say.
 *
 * @param name of the field, empty where none is given
 * @param fileName may be empty; null where none is given
 * @param charset of a text
 */
record PartHeaders(String name, String fileName, Charset charset) {

    private static final Pattern DISPOSITION =
            Pattern.compile("^Content-Disposition:(.*)$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    private static final Pattern TYPE =
            Pattern.compile("^Content-Type:(.*)$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    /** Charset, language, percent code. */
    private static final Pattern EXTENDED = Pattern.compile("([^']+)'[^']*'(.*)", Pattern.DOTALL);

    static PartHeaders parse(String text) {
        Map<String, String> disposition = HeaderParameters.of(first(DISPOSITION, text));
        return new PartHeaders(
                disposition.getOrDefault("name", ""),
                fileName(disposition),
                ContentType.parse(first(TYPE, text)).charset());
    }

    /** @param form says whether an empty file name makes a file */
    boolean isFileFor(FormSink form) {
        return fileName != null && form.isFile(fileName);
    }

    /** Browsers send a name as it is. Older senders encode one that is not ASCII, as RFC 5987 has it. */
    private static String fileName(Map<String, String> disposition) {
        String plain = disposition.get("filename");
        String encoded = disposition.get("filename*");
        return plain != null || encoded == null ? plain : decoded(encoded);
    }

    private static String decoded(String encoded) {
        Matcher matcher = EXTENDED.matcher(encoded);
        if (!matcher.matches()) {
            return encoded;
        }
        try {
            String percent = matcher.group(2).replace("+", "%2B");
            return URLDecoder.decode(percent, Charset.forName(matcher.group(1)));
        } catch (IllegalArgumentException e) {
            return encoded;
        }
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1).strip() : "";
    }
}
