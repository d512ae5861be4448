package lyceum.sandbox.internal;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;

/**
 * The images that containers are made of. Each must have a POSIX shell, {@code tar} and the usual small tools
 * (coreutils or BusyBox), beside those of its language. We do not pull them.
 *
 * @param others the image of every language that has none of its own
 * @param byLanguage images by the name of the language
 */
record Images(String others, Map<String, String> byLanguage) {

    /** Reads {@code …_IMAGE} and {@code …_IMAGES}. */
    static Images from(Settings settings, String prefix) {
        String others = settings.text(
                prefix + "_IMAGE", "python:3.12-slim", "Image of the languages that have none of their own");
        List<String> pairs = settings.list(
                prefix + "_IMAGES", "c=gcc:13,c++=gcc:13", "Images of languages: python3=python:3.12-slim,c=gcc:13");
        Map<String, String> byLanguage = new LinkedHashMap<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals < 1 || equals == pair.length() - 1) {
                throw new WrongSetting("%s_IMAGES: '%s' is not a language=image".formatted(prefix, pair));
            }
            byLanguage.put(pair.substring(0, equals), pair.substring(equals + 1));
        }
        return new Images(others, Map.copyOf(byLanguage));
    }

    /** @return the image for a language */
    String of(String language) {
        return byLanguage.getOrDefault(language, others);
    }
}
