package lyceum.platform;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Typed reading of settings by key, with their defaults. A wrong value is refused with its key's name; whatever was asked
 * for is remembered, so that the reference of all settings is made of the very calls that read them.
 *
 * <p>Durations are a number with {@code ms}, {@code s}, {@code m}, {@code h} or {@code d}; sizes a number of bytes, or
 * one with {@code KiB}, {@code MiB} or {@code GiB}; what is too much to be counted is refused. An empty value counts as absent.
 */
public final class Settings {

    /** What stands for the program that came with ours. */
    public static final String BUNDLED = "bundled";

    private static final Pattern DURATION = Pattern.compile("(\\d{1,12})(ms|s|m|h|d)");
    private static final Pattern FRACTION = Pattern.compile("0|1|0\\.\\d{1,9}|1\\.0{1,9}");
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})(KiB|MiB|GiB|)");

    /** Sockets count their limits in milliseconds in an int, which holds 24 days and a bit. */
    private static final int LONGEST_DAYS = 24;

    private static final int OLDEST_DAYS = 3650;

    private final Map<String, String> values;
    private final Map<String, Setting> asked = new LinkedHashMap<>();

    /** @param values what was set, by key; usually the environment */
    public Settings(Map<String, String> values) {
        this.values = Map.copyOf(values);
    }

    /** A value that cannot be; its text names the key. */
    public static final class WrongSetting extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WrongSetting(String key, String value, String expected) {
            super("%s: '%s' is not %s".formatted(key, value, expected));
        }

        /** @param text begins with the key's name */
        public WrongSetting(String text) {
            super(text);
        }
    }

    /** @return the text that was set, or the default */
    public String text(String key, String fallback, String meaning) {
        return read(key, "text", fallback, meaning, Optional::of).orElse(fallback);
    }

    /** @return the text that was set; a secret value is nowhere shown */
    public Optional<String> optionalText(String key, String meaning) {
        return read(key, "text", "", meaning, Optional::of);
    }

    /** @return a whole number between two bounds, both included */
    public int number(String key, int fallback, int least, int most, String meaning) {
        String type = "number %d..%d".formatted(least, most);
        return read(key, type, Integer.toString(fallback), meaning, value -> wholeNumber(value, least, most))
                .orElse(fallback);
    }

    /** @return a number from 0 to 1, both included */
    public double fraction(String key, String fallback, String meaning) {
        return read(key, "number 0..1", fallback, meaning, Settings::part)
                .or(() -> part(fallback))
                .orElseThrow();
    }

    /** @return a TCP port; 0 lets the system choose */
    public int port(String key, int fallback, String meaning) {
        return number(key, fallback, 0, 65_535, meaning);
    }

    /** @return a switch */
    public boolean flag(String key, boolean fallback, String meaning) {
        return read(key, "true|false", Boolean.toString(fallback), meaning, Settings::truth)
                .orElse(fallback);
    }

    /** @return a stretch of time, at least a millisecond and at most 24 days */
    public Duration duration(String key, String fallback, String meaning) {
        return duration(key, fallback, LONGEST_DAYS, meaning);
    }

    /** @return how long something is kept, at least a millisecond and at most ten years */
    public Duration age(String key, String fallback, String meaning) {
        return duration(key, fallback, OLDEST_DAYS, meaning);
    }

    private Duration duration(String key, String fallback, int mostDays, String meaning) {
        Duration duration = read(key, "duration", fallback, meaning, Settings::stretch)
                .or(() -> stretch(fallback))
                .orElseThrow();
        if (duration.compareTo(Duration.ofDays(mostDays)) > 0) {
            throw new WrongSetting(key, values.get(key), "a duration of at most %dd".formatted(mostDays));
        }
        return duration;
    }

    /** @return a time zone by its name in the IANA database, {@code Europe/Berlin}, or by its offset, {@code +01:00} */
    public ZoneId timeZone(String key, String fallback, String meaning) {
        return read(key, "time zone", fallback, meaning, Settings::zone)
                .or(() -> zone(fallback))
                .orElseThrow();
    }

    /** @return a size in bytes */
    public long bytes(String key, String fallback, String meaning) {
        return read(key, "size", fallback, meaning, Settings::size)
                .or(() -> size(fallback))
                .orElseThrow();
    }

    /** @return a path as it was written; a relative one counts from the working directory */
    public Path path(String key, String fallback, String meaning) {
        return Path.of(read(key, "path", fallback, meaning, Optional::of).orElse(fallback));
    }

    /** @return the directory that was set, which is there */
    public Optional<Path> directory(String key, String meaning) {
        return read(key, "readable directory", "", meaning, Settings::readableDirectory);
    }

    /** @return the program that was set, by an absolute path where it is not {@link #BUNDLED} */
    public Optional<String> program(String key, String meaning) {
        return read(key, "program|" + BUNDLED, "", meaning, this::executable);
    }

    /** @return one of the constants of an enum, written in lower case */
    public <E extends Enum<E>> E choice(String key, E fallback, String meaning) {
        List<E> choices = Arrays.asList(fallback.getDeclaringClass().getEnumConstants());
        String type = String.join("|", choices.stream().map(Settings::lowerCase).toList());
        return read(
                        key,
                        type,
                        lowerCase(fallback),
                        meaning,
                        value -> choices.stream()
                                .filter(choice -> lowerCase(choice).equals(value))
                                .findFirst())
                .orElse(fallback);
    }

    /** @return a list of texts, separated by commas */
    public List<String> list(String key, String fallback, String meaning) {
        String value = text(key, fallback, meaning);
        return Arrays.stream(value.split(","))
                .map(String::strip)
                .filter(item -> !item.isEmpty())
                .toList();
    }

    /** @return all that has been asked for, in the order of asking */
    public List<Setting> asked() {
        return List.copyOf(asked.values());
    }

    /** @return keys that begin like ours and that nobody asked for: probably misspelt */
    public List<String> unknown(String prefix, Collection<String> alsoKnown) {
        List<String> unknown = new ArrayList<>(values.keySet());
        unknown.removeIf(key -> !key.startsWith(prefix) || asked.containsKey(key) || alsoKnown.contains(key));
        unknown.sort(null);
        return unknown;
    }

    private <T> Optional<T> read(
            String key, String type, String fallback, String meaning, Function<String, Optional<T>> parse) {
        asked.put(key, new Setting(key, type, fallback, meaning));
        String value = values.getOrDefault(key, "");
        if (value.isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(parse.apply(value).orElseThrow(() -> new WrongSetting(key, value, "a " + type)));
    }

    private static Optional<Integer> wholeNumber(String value, int least, int most) {
        if (!value.matches("-?\\d{1,10}")) {
            return Optional.empty();
        }
        long number = Long.parseLong(value);
        return number < least || number > most ? Optional.empty() : Optional.of((int) number);
    }

    private static Optional<Double> part(String value) {
        return FRACTION.matcher(value).matches() ? Optional.of(Double.valueOf(value)) : Optional.empty();
    }

    private static Optional<Boolean> truth(String value) {
        return value.equals("true") || value.equals("false")
                ? Optional.of(Boolean.parseBoolean(value))
                : Optional.empty();
    }

    private static Optional<ZoneId> zone(String value) {
        try {
            return Optional.of(ZoneId.of(value));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> stretch(String value) {
        Matcher matcher = DURATION.matcher(value);
        if (!matcher.matches() || matcher.group(1).matches("0+")) {
            return Optional.empty();
        }
        long number = Long.parseLong(matcher.group(1));
        return Optional.of(
                switch (matcher.group(2)) {
                    case "ms" -> Duration.ofMillis(number);
                    case "s" -> Duration.ofSeconds(number);
                    case "m" -> Duration.ofMinutes(number);
                    case "h" -> Duration.ofHours(number);
                    default -> Duration.ofDays(number);
                });
    }

    private static Optional<Long> size(String value) {
        Matcher matcher = SIZE.matcher(value);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int shift = switch (matcher.group(2)) {
            case "KiB" -> 10;
            case "MiB" -> 20;
            case "GiB" -> 30;
            default -> 0;
        };
        long number = Long.parseLong(matcher.group(1));
        return number > Long.MAX_VALUE >> shift ? Optional.empty() : Optional.of(number << shift);
    }

    private static Optional<Path> readableDirectory(String value) {
        return Optional.of(Path.of(value)).filter(path -> Files.isDirectory(path) && Files.isReadable(path));
    }

    /** As a shell looks for it: what is a name only lies on the search path. */
    private Optional<String> executable(String value) {
        if (value.equals(BUNDLED)) {
            return Optional.of(value);
        }
        String searchPath = value.contains("/") ? "" : values.getOrDefault("PATH", "");
        return Arrays.stream(searchPath.split(":"))
                .map(directory -> Path.of(directory, value).toAbsolutePath())
                .filter(path -> Files.isRegularFile(path) && Files.isExecutable(path))
                .map(Path::toString)
                .findFirst();
    }

    private static String lowerCase(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
