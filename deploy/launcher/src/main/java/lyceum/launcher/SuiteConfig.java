package lyceum.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import lyceum.platform.PostgresAddress;
import lyceum.platform.Profile;
import lyceum.platform.RedisAddress;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;
import lyceum.platform.StoreAddress;

/**
 * How one process is run, whatever services are in it.
 *
 * @param logLevel of our own lines; those of libraries are written from WARN on
 * @param dataDirectory keeps what the embedded stores store
 * @param programDirectory gets the embedded stores' programs, once per version
 * @param postgresUrl an external PostgreSQL, empty for an embedded one
 * @param redisUrl an external Redis, empty for an embedded one
 * @param stopLimit how long the process may take to drain before it ends anyway
 * @param keptBackups so many of the newest are left by {@code --backup}, 0 for all
 */
record SuiteConfig(
        Profile profile,
        LogLevel logLevel,
        Path dataDirectory,
        Path programDirectory,
        Optional<String> postgresUrl,
        Optional<String> redisUrl,
        Duration stopLimit,
        int keptBackups) {

    /** Behind user, password and host; what is longer is no number that could be one. */
    private static final Pattern PORT = Pattern.compile("^\\w+://(?:[^/?]*@)?[^/?@]*:(\\d{1,9})(?:[/?]|$)");

    private static final int LAST_PORT = 65_535;

    /** @return the configuration, or a {@link WrongSetting} that names the key */
    static SuiteConfig from(Settings settings) {
        Profile profile = Profile.from(settings);
        LogLevel logLevel = settings.choice("LYCEUM_LOG_LEVEL", LogLevel.INFO, "Least weight of a log line");
        Path data = settings.path("LYCEUM_DATA_DIR", "./data", "Where everything lies that must outlive the process");
        return new SuiteConfig(
                profile,
                logLevel,
                data,
                settings.optionalText(
                                "LYCEUM_PROGRAM_DIR", "Where bundled programs are unpacked; else in LYCEUM_DATA_DIR")
                        .map(Path::of)
                        .orElse(data.resolve("programs")),
                readable(
                        "LYCEUM_POSTGRES_URL",
                        url(settings, "LYCEUM_POSTGRES_URL", "PostgreSQL 15+", List.of("postgresql://", "postgres://")),
                        PostgresAddress::options,
                        "postgresql://user:password@host:port/name?sslmode=verify-full"),
                readable(
                        "LYCEUM_REDIS_URL",
                        url(settings, "LYCEUM_REDIS_URL", "Redis 6.2+", List.of("redis://", "rediss://")),
                        RedisAddress::login,
                        "redis://user:password@host:port/number"),
                settings.duration("LYCEUM_STOP_LIMIT", "30s", "How long the process may take to end in good order"),
                settings.number(
                        "LYCEUM_BACKUPS_KEPT",
                        0,
                        0,
                        10_000,
                        "Backups that --backup leaves in its directory; 0 for all"));
    }

    /** Makes the directory of data where there is none yet; a {@link WrongSetting} where nothing can be written to it. */
    void makeDataDirectory() {
        boolean isUsable;
        try {
            isUsable = Files.isWritable(Files.createDirectories(dataDirectory));
        } catch (IOException e) {
            isUsable = false;
        }
        if (!isUsable) {
            throw new WrongSetting(
                    "LYCEUM_DATA_DIR: '%s' is not a directory that can be written to".formatted(dataDirectory));
        }
    }

    /** @return where an external one is, empty for an embedded one */
    Optional<String> url(Store store) {
        return store == Store.POSTGRES ? postgresUrl : redisUrl;
    }

    /** Neither the value nor its password is repeated where it is refused. */
    private static Optional<String> url(Settings settings, String key, String server, List<String> schemes) {
        Optional<String> url = settings.optionalText(
                key,
                "%s, %suser:password@host:port/name; absent: embedded, but not in prod with --services"
                        .formatted(server, schemes.get(0)));
        if (url.isPresent() && schemes.stream().noneMatch(url.get()::startsWith)) {
            throw new WrongSetting("%s: does not begin with %s".formatted(key, String.join(" or ", schemes)));
        }
        url.map(PORT::matcher)
                .filter(port -> port.find() && Integer.parseInt(port.group(1)) > LAST_PORT)
                .ifPresent(port -> {
                    throw new WrongSetting("%s: its port is above %d".formatted(key, LAST_PORT));
                });
        url.flatMap(text -> StoreAddress.of(text).authorities())
                .filter(file -> !Files.isReadable(file))
                .ifPresent(file -> {
                    throw new WrongSetting("%s: there is no file %s to read for sslrootcert".formatted(key, file));
                });
        return url;
    }

    /** What its client cannot read would be told by that, password and all, when services have begun. */
    private static Optional<String> readable(
            String key, Optional<String> url, Function<String, Object> client, String form) {
        try {
            url.ifPresent(client::apply);
        } catch (RuntimeException unreadable) {
            throw new WrongSetting(
                    "%s: is not like %s; what is special in a password is in percent code".formatted(key, form));
        }
        return url;
    }
}
