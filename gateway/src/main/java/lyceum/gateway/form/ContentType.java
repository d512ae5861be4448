package lyceum.gateway.form;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;

/**
 * A content type as far as forms need it.
 *
 * @param mediaType in lower case, without parameters; empty where there is none
 * @param charset UTF-8 where none is named
 * @param boundary empty where there is none
 */
record ContentType(String mediaType, Charset charset, String boundary) {

    /**
     * @param header its value, or null
     * @throws UnknownCharset where it names a charset that does not exist
     */
    static ContentType parse(String header) {
        String text = header == null ? "" : header;
        Map<String, String> parameters = HeaderParameters.of(text);
        return new ContentType(
                text.split(";", 2)[0].strip().toLowerCase(Locale.ROOT),
                charset(parameters.getOrDefault("charset", "")),
                parameters.getOrDefault("boundary", ""));
    }

    private static Charset charset(String name) {
        return name.isEmpty() ? StandardCharsets.UTF_8 : Charsets.named(name);
    }
}
