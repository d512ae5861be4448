package lyceum.stream.internal;

import java.util.Locale;

/**
 * What a reader wants entries to be converted from and to; names of formats in lower case.
 *
 * @param input empty where the name of the stream tells it
 * @param output empty where entries stay as they are
 */
record Format(String input, String output) {

    /** @param input and output as a client names them, null or empty where it does not */
    static Format of(String input, String output) {
        return new Format(lowerCase(input), lowerCase(output));
    }

    private static String lowerCase(String name) {
        return name == null ? "" : name.toLowerCase(Locale.ROOT);
    }

    /** @return whether there is nothing to convert */
    boolean isRaw() {
        return output.isEmpty();
    }
}
