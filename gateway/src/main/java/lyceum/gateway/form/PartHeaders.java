package lyceum.gateway.form;

import java.nio.charset.Charset;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the headers of a part say.
 *
 * @param name of the field, empty where none is given
 * @param isFile whether a file name is given, be it empty
 * @param charset of a text
 */
record PartHeaders(String name, boolean isFile, Charset charset) {

    private static final Pattern DISPOSITION =
            Pattern.compile("^Content-Disposition:(.*)$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
    private static final Pattern TYPE =
            Pattern.compile("^Content-Type:(.*)$", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

    static PartHeaders parse(String text) {
        Map<String, String> disposition = HeaderParameters.of(first(DISPOSITION, text));
        return new PartHeaders(
                disposition.getOrDefault("name", ""),
                disposition.containsKey("filename") || disposition.containsKey("filename*"),
                ContentType.parse(first(TYPE, text)).charset());
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1).strip() : "";
    }
}
