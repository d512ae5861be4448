package lyceum.grading.internal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import lyceum.platform.Settings.WrongSetting;

/** Reads the keys of runners, at start. Blocks. */
final class Keys {

    private Keys() {}

    /** @return what is taken; or a WrongSetting that names the setting and the file, never a key */
    static Envelopes read(RunnersConfig config) {
        return new Envelopes(legacy(config), sealed(config));
    }

    private static Optional<LegacyEnvelope> legacy(RunnersConfig config) {
        return config.keyFile()
                .filter(file -> config.isLegacyTaken())
                .map(file -> read(RunnersConfig.KEY_FILE, file, path -> {
                    byte[] content = Files.readAllBytes(path);
                    return new LegacyEnvelope(EnvelopeKey.parse(content, path.toString(), config.isShortKeyPadded()));
                }));
    }

    private static Optional<SealedEnvelope> sealed(RunnersConfig config) {
        Clock clock = Clock.systemUTC();
        return config.keys()
                .map(file -> read(RunnersConfig.KEYS, file, RunnerKeys::read))
                .map(keys -> new SealedEnvelope(keys, clock));
    }

    private interface Reading<T> {
        T read(Path path) throws IOException;
    }

    private static <T> T read(String setting, Path path, Reading<T> reading) {
        try {
            return reading.read(path);
        } catch (IOException e) {
            throw new WrongSetting("%s: '%s' cannot be read".formatted(setting, path));
        } catch (IllegalArgumentException e) {
            throw new WrongSetting(setting + ": " + e.getMessage());
        }
    }
}
