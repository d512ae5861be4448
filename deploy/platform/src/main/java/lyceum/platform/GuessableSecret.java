package lyceum.platform;

import java.util.List;
import java.util.Locale;
import lyceum.platform.Settings.WrongSetting;

/**
 * Secrets that are long and yet known: what examples, tutorials and generators of projects have in their place, and what
 * somebody has typed to make it long. No dictionary: that a secret comes from {@code openssl rand} is told where it is
 * asked for.
 */
public final class GuessableSecret {

    /** Random text in hexadecimal digits has as many with all but one in a thousand million. */
    private static final int LEAST_DIFFERENT_CHARACTERS = 6;

    /** In small letters, without what separates words. */
    private static final List<String> PLACEHOLDERS = List.of(
            "changeme",
            "changethis",
            "replaceme",
            "replacethis",
            "yoursecret",
            "mysecret",
            "supersecret",
            // jwt.io, then and now.
            "your256bitsecret",
            "astringsecretatleast256bitslong",
            // The tutorial of FastAPI, on which the original of the stream contract is built.
            "09d25e094faa6ca2556c818166b7a9563b93f7099f6f0f4caa6cf63b88e8d3e7",
            "djangoinsecure");

    private GuessableSecret() {}

    /**
     * @param key the setting that has it
     * @throws WrongSetting that does not show it
     */
    public static void refuse(String key, String secret) {
        if (secret.chars().distinct().count() < LEAST_DIFFERENT_CHARACTERS) {
            throw new WrongSetting(
                    "%s: is the same few characters again and again; where LYCEUM_PROFILE is prod, take".formatted(key)
                            + " what openssl rand -hex 32 makes");
        }
        String letters = secret.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]", "");
        if (PLACEHOLDERS.stream().anyMatch(letters::contains)) {
            throw new WrongSetting(
                    "%s: is the placeholder of an example; where LYCEUM_PROFILE is prod, take".formatted(key)
                            + " what openssl rand -hex 32 makes");
        }
    }
}
