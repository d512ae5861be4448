package lyceum.gateway.form;

import java.net.URLDecoder;
import java.nio.charset.Charset;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the headers of a part say.
 *
 * @param name of the field, empty where none is given
 * @param fileName may be empty; null where none is given
 * @param type the content type as it is written, empty where none is given
 */
record PartHeaders(String name, String fileName, String type) {

    private static final Pattern DISPOSITION =
            Pattern.compile("^Content-Disposition:(.*)$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    private static final Pattern TYPE =
            Pattern.compile("^Content-Type:(.*)$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private static final Pattern ENCODING =
            Pattern.compile("^Content-Transfer-Encoding:(.*)$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    private static final Set<String> UNENCODED = Set.of("7bit", "8bit", "binary");

    /** Charset, language, percent code. */
    private static final Pattern EXTENDED = Pattern.compile("([^']+)'[^']*'(.*)", Pattern.DOTALL);

    /** @throws EncodedPart where the part is not what it stands for */
    static PartHeaders parse(String text) {
        String encoding = first(ENCODING, text);
        if (!encoding.isEmpty() && !UNENCODED.contains(encoding.toLowerCase(Locale.ROOT))) {
            throw new EncodedPart(encoding);
        }
        Map<String, String> disposition = HeaderParameters.of(first(DISPOSITION, text));
        return new PartHeaders(disposition.getOrDefault("name", ""), fileName(disposition), first(TYPE, text));
    }

    /**
     * Only of a text: the type of a file may name one that does not exist, {@code binary} where {@code file --mime} wrote it.
     *
     * @throws UnknownCharset where it does not exist
     */
    Charset charset() {
        return ContentType.parse(type).charset();
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
