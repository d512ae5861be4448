package lyceum.sandbox.internal;

import java.util.List;
import java.util.Map;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;
import lyceum.sandbox.Limits;

/** Limits in the file of a language, written as settings are; what it does not say is as here. */
final class LanguageLimits {

    private static final long LEAST_FILE_BYTES = 4_096;
    private static final long LEAST_MEMORY_BYTES = 1 << 20;

    private LanguageLimits() {}

    /** @throws IllegalArgumentException with one line that names what is wrong */
    static Limits of(Map<String, String> texts) {
        Settings settings = new Settings(texts);
        try {
            Limits limits = read(settings);
            List<String> unknown = settings.unknown("", List.of());
            if (!unknown.isEmpty()) {
                throw new WrongSetting(unknown.get(0) + " is not known");
            }
            return limits;
        } catch (WrongSetting e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    private static Limits read(Settings settings) {
        return new Limits(
                settings.duration("wallTime", "15s", "From the start of the program"),
                settings.duration("cpuTime", "10s", "Of all its processes together"),
                size(settings, "memory", "256MiB", LEAST_MEMORY_BYTES, Long.MAX_VALUE),
                settings.number("processes", 32, 1, 4_096, "Processes and threads at once"),
                size(settings, "files", "64MiB", LEAST_FILE_BYTES, Long.MAX_VALUE),
                (int) size(settings, "outputHead", "256KiB", 1, Integer.MAX_VALUE),
                (int) size(settings, "outputTail", "64KiB", 0, Integer.MAX_VALUE),
                size(settings, "outputStop", "16MiB", 1, Long.MAX_VALUE));
    }

    private static long size(Settings settings, String key, String fallback, long least, long most) {
        long bytes = settings.bytes(key, fallback, "As in Limits");
        if (bytes < least || bytes > most) {
            throw new WrongSetting("%s is %d, not within %d..%d".formatted(key, bytes, least, most));
        }
        return bytes;
    }
}
