package lyceum.gateway.form;

import java.nio.charset.Charset;
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
    private static final Pattern NAME =
            Pattern.compile(";\\s*name=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\\s]+))", Pattern.CASE_INSENSITIVE);
    private static final Pattern FILE_NAME = Pattern.compile(";\\s*filename\\*?=", Pattern.CASE_INSENSITIVE);

    static PartHeaders parse(String text) {
        String disposition = first(DISPOSITION, text);
        return new PartHeaders(
                name(disposition),
                FILE_NAME.matcher(disposition).find(),
                ContentType.parse(first(TYPE, text)).charset());
    }

    private static String first(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        return matcher.find() ? matcher.group(1).strip() : "";
    }

    private static String name(String disposition) {
        Matcher matcher = NAME.matcher(disposition);
        if (!matcher.find()) {
            return "";
        }
        return matcher.group(1) != null ? matcher.group(1).replaceAll("\\\\(.)", "$1") : matcher.group(2);
    }
}
