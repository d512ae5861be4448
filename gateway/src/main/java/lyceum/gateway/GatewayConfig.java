package lyceum.gateway;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import lyceum.gateway.access.JwtSecret;
import lyceum.gateway.access.LimitsConfig;
import lyceum.gateway.access.TokenConfig;
import lyceum.gateway.access.TrustedProxies;
import lyceum.gateway.elicast.ElicastRoutesConfig;
import lyceum.gateway.grading.GradingRoutesConfig;
import lyceum.gateway.live.LiveConfig;
import lyceum.gateway.sandbox.SandboxRoutesConfig;
import lyceum.gateway.social.SocialConfig;
import lyceum.gateway.stream.StreamRoutesConfig;
import lyceum.gateway.stream.StreamSocketsConfig;
import lyceum.gateway.tls.TlsConfig;
import lyceum.gateway.video.LiveVideoConfig;
import lyceum.platform.GuessableSecret;
import lyceum.platform.Profile;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;

/**
 * How the gateway is run.
 *
 * @param host address to listen at
 * @param port port to listen at; 0 lets the system choose
 * @param tls where the certificate lies; empty for plain HTTP
 * @param tokens who is given a token
 * @param jwtSecret what signs tokens; empty for the one that is kept in the data directory
 * @param elicast what the routes of the elicast contract ask for and let through
 * @param sandbox what the routes of the sandbox let through
 * @param streams what the routes of streams let through
 * @param streamSockets what the WebSockets of streams let through
 * @param live what sockets of socket.io are given
 * @param video how live video comes in and goes out
 * @param mediaWatchers who may watch media jobs at once
 * @param social what classes that react together ask for and let through
 * @param grading what the routes of grading let through
 * @param site directory of a web site that is found at the root, absolute; empty for none
 * @param hasConsole whether there is a classroom for browsers
 * @param trustedProxies who is believed about the addresses of clients
 * @param dataDirectory where this process keeps what must outlive it
 * @param replyTimeout how long a service may take for an ordinary answer
 * @param idleTimeout how long a connection may be silent; longer than the longest answer
 * @param limits how much is let through
 * @param drainLimit how long requests under way may take when the gateway stops
 */
public record GatewayConfig(
        String host,
        int port,
        Optional<TlsConfig> tls,
        TokenConfig tokens,
        Optional<JwtSecret> jwtSecret,
        ElicastRoutesConfig elicast,
        SandboxRoutesConfig sandbox,
        StreamRoutesConfig streams,
        StreamSocketsConfig streamSockets,
        LiveConfig live,
        LiveVideoConfig video,
        int mediaWatchers,
        SocialConfig social,
        GradingRoutesConfig grading,
        Optional<Path> site,
        boolean hasConsole,
        TrustedProxies trustedProxies,
        Path dataDirectory,
        Duration replyTimeout,
        Duration idleTimeout,
        LimitsConfig limits,
        Duration drainLimit) {

    /** Whether something is there. */
    private enum Presence {
        ON,
        OFF
    }

    /**
     * @param redisUrl where gateways count together who asks how often; empty where each counts for itself
     * @return the configuration, or a {@link WrongSetting} that names the key
     */
    public static GatewayConfig from(Settings settings, String redisUrl) {
        TokenConfig tokens = TokenConfig.from(settings);
        ElicastRoutesConfig elicast = ElicastRoutesConfig.from(settings);
        SandboxRoutesConfig sandbox = SandboxRoutesConfig.from(settings);
        Optional<TlsConfig> tls = TlsConfig.from(settings);
        return new GatewayConfig(
                settings.text("LYCEUM_HTTP_HOST", "0.0.0.0", "address that the gateway listens at"),
                settings.port("LYCEUM_HTTP_PORT", 8080, "port that the gateway listens at"),
                tls,
                tokens,
                jwtSecret(settings, tokens.profile()),
                elicast,
                sandbox,
                StreamRoutesConfig.from(settings),
                StreamSocketsConfig.from(settings),
                LiveConfig.from(settings),
                LiveVideoConfig.from(settings, tls.isPresent()),
                settings.number(
                        "LYCEUM_MEDIA_WATCHERS",
                        1_000,
                        1,
                        1_000_000,
                        "clients that watch media jobs at once, of one gateway; more are refused"),
                SocialConfig.from(settings),
                GradingRoutesConfig.from(settings),
                site(settings),
                hasConsole(settings),
                TrustedProxies.from(settings),
                settings.path("LYCEUM_DATA_DIR", "./data", "directory of everything that must outlive the process"),
                settings.duration("LYCEUM_REPLY_TIMEOUT", "10s", "how long a service may take for an ordinary answer"),
                idleTimeout(settings, elicast, sandbox),
                LimitsConfig.from(settings, redisUrl),
                settings.duration("LYCEUM_DRAIN_LIMIT", "20s", "how long requests under way may take at a stop"));
    }

    private static Optional<Path> site(Settings settings) {
        return settings.directory(
                        "LYCEUM_STATIC_DIR",
                        "directory of a web site that is found at the root, for development; nothing else is hidden by it")
                .map(path -> path.toAbsolutePath().normalize());
    }

    private static boolean hasConsole(Settings settings) {
        return settings.choice(
                        "LYCEUM_CONSOLE",
                        Presence.ON,
                        "whether browsers find a classroom at /console/, and at the root where LYCEUM_STATIC_DIR is not set")
                == Presence.ON;
    }

    private static Duration idleTimeout(Settings settings, ElicastRoutesConfig elicast, SandboxRoutesConfig sandbox) {
        Duration idle = settings.duration(
                "LYCEUM_HTTP_IDLE_TIMEOUT",
                "26m",
                "how long a connection may be silent, while a program runs for instance");
        requireLonger(idle, elicast.codeTimeLimit(), "LYCEUM_CODE_TIME_LIMIT");
        requireLonger(idle, sandbox.runTimeout(), "LYCEUM_SANDBOX_REPLY_TIMEOUT");
        return idle;
    }

    private static void requireLonger(Duration idle, Duration run, String key) {
        if (idle.compareTo(run) <= 0) {
            throw new WrongSetting("LYCEUM_HTTP_IDLE_TIMEOUT: not longer than %s, so runs would be cut".formatted(key));
        }
    }

    private static Optional<JwtSecret> jwtSecret(Settings settings, Profile profile) {
        Optional<String> text = settings.optionalText(
                JwtSecret.KEY,
                "signs tokens, at least 32 bytes, the same on every node; required in prod, otherwise made and kept in"
                        + " LYCEUM_DATA_DIR");
        if (text.isEmpty() && profile == Profile.PROD) {
            throw new WrongSetting(JwtSecret.KEY + ": required where LYCEUM_PROFILE is prod");
        }
        Optional<JwtSecret> secret = text.map(value -> JwtSecret.of(value, JwtSecret.KEY));
        if (profile == Profile.PROD) {
            text.ifPresent(value -> GuessableSecret.refuse(JwtSecret.KEY, value));
        }
        return secret;
    }
}
