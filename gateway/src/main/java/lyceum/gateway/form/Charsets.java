package lyceum.gateway.form;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Charsets by their names. The JDK knows those of IANA; clients that were written for the original servers may use those of
 * Python, which takes any punctuation for the same ({@code encodings.normalize_encoding}) and has short names of its own.
 */
final class Charsets {

    /** Names of Python, normalised, that the JDK does not know in any spelling. */
    private static final Map<String, Charset> OF_PYTHON = Map.of(
            "u8", StandardCharsets.UTF_8,
            "utf", StandardCharsets.UTF_8,
            "latin", StandardCharsets.ISO_8859_1,
            "iso8859", StandardCharsets.ISO_8859_1,
            "8859", StandardCharsets.ISO_8859_1);

    private Charsets() {}

    /** @throws UnknownCharset where there is none of that name */
    static Charset named(String name) {
        String normalised = normalised(name);
        return Stream.of(name, normalised, normalised.replace('_', '-'), normalised.replace("_", ""))
                .map(Charsets::ofJdk)
                .flatMap(Optional::stream)
                .findFirst()
                .or(() -> Optional.ofNullable(OF_PYTHON.get(normalised)))
                .orElseThrow(() -> new UnknownCharset(name));
    }

    /** @return the letters, digits and dots in lower case; whatever stands between them is one underscore */
    private static String normalised(String name) {
        List<String> words = Stream.of(name.toLowerCase(Locale.ROOT).split("[^a-z0-9.]+"))
                .filter(word -> !word.isEmpty())
                .toList();
        return String.join("_", words);
    }

    private static Optional<Charset> ofJdk(String name) {
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            return Optional.empty();
        }
    }
}
