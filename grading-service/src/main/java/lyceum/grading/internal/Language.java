package lyceum.grading.internal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A language as homework, browsers and translations name it: {@code zh-cn}, {@code zh_CN}, {@code zh-Hans-CN}.
 *
 * @param base in small letters
 * @param script with a capital, or empty
 * @param region in capitals, or empty
 * @param variant or empty
 */
record Language(String base, String script, String region, String variant) {

    static final Language ENGLISH = of("en");

    /** Of an Accept-Language header; what browsers send has far less. */
    private static final int MAX_PREFERRED = 16;

    private static final int MAX_HEADER_CHARS = 1024;

    /** What the original's locale library takes these for when a browser names them. */
    private static final Map<String, String> ALIASES = Map.of(
            "zh_CN", "zh_Hans_CN",
            "zh_SG", "zh_Hans_SG",
            "zh_TW", "zh_Hant_TW",
            "zh_HK", "zh_Hant_HK",
            "zh_MO", "zh_Hant_MO");

    /** @return the language that a tag names, in the case and with the separators of either writing */
    static Language of(String tag) {
        String[] parts = tag.strip().split("[-_]", -1);
        String script = "";
        String region = "";
        String variant = "";
        for (int at = 1; at < parts.length; at++) {
            String part = parts[at];
            if (part.length() == 4 && script.isEmpty() && region.isEmpty() && Character.isLetter(part.charAt(0))) {
                script = part.substring(0, 1).toUpperCase(Locale.ROOT)
                        + part.substring(1).toLowerCase(Locale.ROOT);
            } else if ((part.length() == 2 || part.length() == 3) && region.isEmpty()) {
                region = part.toUpperCase(Locale.ROOT);
            } else if (variant.isEmpty()) {
                variant = part.toUpperCase(Locale.ROOT);
            }
        }
        return new Language(parts[0].toLowerCase(Locale.ROOT), script, region, variant);
    }

    /** @return the languages of an Accept-Language header (RFC 9110, section 12.5.4), the best first; none for null */
    static List<Language> preferred(String header) {
        if (header == null || header.length() > MAX_HEADER_CHARS) {
            return List.of();
        }
        List<Weighted> weighted = new ArrayList<>();
        for (String range : header.split(",", MAX_PREFERRED + 1)) {
            String[] parts = range.split(";");
            String tag = parts.length == 0 ? "" : parts[0].strip();
            double quality = quality(parts);
            if (!tag.isEmpty() && !tag.equals("*") && tag.indexOf(',') < 0 && quality > 0) {
                weighted.add(new Weighted(of(tag).unaliased(), quality));
            }
        }
        weighted.sort(Comparator.comparingDouble(Weighted::quality).reversed());
        return weighted.stream().map(Weighted::language).toList();
    }

    private static double quality(String[] parts) {
        for (int at = 1; at < parts.length; at++) {
            String parameter = parts[at].strip();
            if (parameter.startsWith("q=")) {
                try {
                    return Double.parseDouble(parameter.substring(2));
                } catch (NumberFormatException unreadable) {
                    return 0;
                }
            }
        }
        return 1;
    }

    /**
     * Picks an entry for who looks (contracts/grading.md, section 5.2): for each of their languages in turn the entry of
     * that very language, else the closest of the same base language; else that of the default; else the last.
     *
     * @return the entry, or nothing where there is none
     */
    static <T> Optional<T> pick(
            List<T> entries, Function<T, Language> language, List<Language> preferred, Language fallback) {
        for (Language wanted : preferred) {
            Optional<T> closest = wanted.closest(entries, language);
            if (closest.isPresent()) {
                return closest;
            }
        }
        Optional<T> usual = fallback.closest(entries, language);
        return usual.isPresent() || entries.isEmpty() ? usual : Optional.of(entries.get(entries.size() - 1));
    }

    private <T> Optional<T> closest(List<T> entries, Function<T, Language> language) {
        T closest = null;
        int best = -1;
        for (T entry : entries) {
            int closeness = closeness(language.apply(entry));
            if (closeness > best) {
                closest = entry;
                best = closeness;
            }
        }
        return Optional.ofNullable(closest);
    }

    private int closeness(Language other) {
        if (!base.equals(other.base)) {
            return -1;
        }
        if (equals(other)) {
            return Integer.MAX_VALUE;
        }
        return (script.equals(other.script) ? 5 : 0)
                + (region.equals(other.region) ? 3 : 0)
                + (variant.equals(other.variant) ? 3 : 0);
    }

    private Language unaliased() {
        String alias = ALIASES.get(toString());
        return alias == null ? this : of(alias);
    }

    /** @return as in {@code zh_Hans_CN} */
    @Override
    public String toString() {
        StringBuilder tag = new StringBuilder(base);
        for (String part : List.of(script, region, variant)) {
            if (!part.isEmpty()) {
                tag.append('_').append(part);
            }
        }
        return tag.toString();
    }

    private record Weighted(Language language, double quality) {}
}
