package lyceum.gateway;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import lyceum.account.AccountService;
import lyceum.elicast.ElicastService;
import lyceum.gateway.access.AcceptedTokens;
import lyceum.gateway.access.Access;
import lyceum.gateway.access.AddressFailures;
import lyceum.gateway.access.AuditTrail;
import lyceum.gateway.access.Domain;
import lyceum.gateway.access.Gates;
import lyceum.gateway.access.IssuerConfig;
import lyceum.gateway.access.IssuerKeys;
import lyceum.gateway.access.IssuerTokens;
import lyceum.gateway.access.KeySetFetch;
import lyceum.gateway.access.Logins;
import lyceum.gateway.access.Need;
import lyceum.gateway.access.Shares;
import lyceum.gateway.access.Tenures;
import lyceum.gateway.access.TokenConfig;
import lyceum.gateway.access.TokenVerifier;
import lyceum.gateway.access.Tokens;
import lyceum.gateway.account.AccountRoutes;
import lyceum.gateway.account.TokenRoutes;
import lyceum.gateway.elicast.AudioRoutes;
import lyceum.gateway.elicast.CodeRoutes;
import lyceum.gateway.elicast.EditSwitch;
import lyceum.gateway.elicast.ElicastRoutes;
import lyceum.gateway.elicast.ElicastRoutesConfig;
import lyceum.gateway.elicast.LessonRoutes;
import lyceum.gateway.elicast.LogRoutes;
import lyceum.gateway.grading.GradingAccess;
import lyceum.gateway.grading.GradingRoutes;
import lyceum.gateway.grading.HandInFeed;
import lyceum.gateway.grading.LegacyRunners;
import lyceum.gateway.grading.RunnerBodies;
import lyceum.gateway.grading.RunnerRoutes;
import lyceum.gateway.live.LiveServer;
import lyceum.gateway.media.MediaAccess;
import lyceum.gateway.media.MediaJobRoutes;
import lyceum.gateway.media.MediaRoutes;
import lyceum.gateway.mjpeg.MjpegRoutes;
import lyceum.gateway.mjpeg.MjpegShows;
import lyceum.gateway.recipe.RecipeRoutes;
import lyceum.gateway.recording.RecordingRoutes;
import lyceum.gateway.recording.ReplayRoutes;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Routes;
import lyceum.gateway.sandbox.Judge0Routes;
import lyceum.gateway.sandbox.PistonRoutes;
import lyceum.gateway.sandbox.PistonSandbox;
import lyceum.gateway.sandbox.SandboxAccess;
import lyceum.gateway.sandbox.SandboxRoutes;
import lyceum.gateway.sandbox.SandboxRoutesConfig;
import lyceum.gateway.sandbox.SandboxRunRoutes;
import lyceum.gateway.sandbox.SandboxSessionRoutes;
import lyceum.gateway.sandbox.SandboxSubmissionRoutes;
import lyceum.gateway.site.DocsRoutes;
import lyceum.gateway.site.WatchRoutes;
import lyceum.gateway.social.LiveRoutes;
import lyceum.gateway.social.SocialRoutes;
import lyceum.gateway.stream.DataRoutes;
import lyceum.gateway.stream.HeldBytes;
import lyceum.gateway.stream.PingRoutes;
import lyceum.gateway.stream.StreamAccess;
import lyceum.gateway.stream.StreamPullRoutes;
import lyceum.gateway.stream.StreamPushRoutes;
import lyceum.gateway.stream.StreamRegistryRoutes;
import lyceum.gateway.stream.StreamRoutes;
import lyceum.gateway.stream.StreamRoutesConfig;
import lyceum.gateway.stream.StreamSockets;
import lyceum.gateway.video.BlockingReloads;
import lyceum.gateway.video.ChannelCache;
import lyceum.gateway.video.ChannelPlaces;
import lyceum.gateway.video.ChannelRoutes;
import lyceum.gateway.video.Filming;
import lyceum.gateway.video.HlsOrigin;
import lyceum.gateway.video.HlsRoutes;
import lyceum.gateway.video.LiveVideoAccess;
import lyceum.gateway.video.LiveVideoConfig;
import lyceum.platform.Bus;
import lyceum.sandbox.SandboxService;
import lyceum.social.SocialService;
import lyceum.stream.BroadcastService;
import lyceum.stream.BroadcastService.StartBroadcast;

/** Puts together everything that clients may ask, one group of routes for each domain. */
final class RouteGroups {

    private RouteGroups() {}

    /**
     * @param accepted tokens of ours, and those of others that are as good
     * @param tenures ends what goes on by tokens that have become void
     * @param sockets of streams, all of this gateway
     * @param live sockets of socket.io, all of this gateway
     * @param feed tells whoever watches a hand-in
     * @param legacy says from whom the envelope of Railgun's runners is taken
     * @param shows moving pictures, all of this gateway
     * @param meters get what is counted of limits
     * @param gates what stands before each domain
     * @return everything that clients may ask, one group for each domain
     */
    static List<Routes> all(
            Vertx vertx,
            GatewayConfig config,
            Tokens tokens,
            TokenVerifier accepted,
            Tenures tenures,
            StreamSockets sockets,
            LiveServer live,
            HandInFeed feed,
            LegacyRunners legacy,
            MjpegShows shows,
            GatewayMeters meters,
            Gates gates) {
        Access access = new Access(
                accepted,
                config.elicast().admission(),
                config.social().admission(),
                config.streams().media(),
                new AuditTrail(config.trustedProxies()),
                tenures);
        Bus bus = new Bus(vertx, config.replyTimeout());
        AccountService accounts = bus.proxy(AccountService.class);
        Logins logins = logins(accounts, config, meters);
        Access account = access.behind(gates.of(Domain.ACCOUNTS));
        Access code = access.behind(gates.of(Domain.CODE));
        Access grading = access.behind(gates.of(Domain.GRADING));
        return List.of(
                new TokenRoutes(tokens, account, logins, config.tokens(), config.trustedProxies()),
                new AccountRoutes(accounts, logins, account),
                // What does not change is told to everybody, however often.
                new DocsRoutes(vertx, access),
                new ServiceRoutes(new Processes(InstantSource.system()).follow(bus), account),
                elicast(bus, config, access, gates, meters),
                stream(bus, config.streams(), access.behind(gates.of(Domain.STREAMS)), sockets, shows),
                sandbox(bus, config.sandbox(), code, meters),
                media(bus, config, access.behind(gates.of(Domain.MEDIA)), meters),
                social(bus, access.behind(gates.of(Domain.SOCIAL))),
                new LiveRoutes(live, access.behind(gates.of(Domain.SOCIAL))),
                new RunnerRoutes(GradingAccess.over(bus), grading, runnerBodies(config, meters), legacy),
                new GradingRoutes(GradingAccess.over(bus), config.grading(), grading, feed),
                video(vertx, bus, config.video(), accepted, access.behind(gates.of(Domain.VIDEO)), meters),
                judge0(vertx, bus, config, code),
                piston(bus, config, code));
    }

    /** @return which tokens are accepted, of whomever */
    static TokenVerifier accepted(Vertx vertx, Tokens own, TokenConfig rules) {
        return new AcceptedTokens(own, rules.issuer().map(issuer -> tokensOf(issuer, vertx)), rules.isLenient());
    }

    private static IssuerTokens tokensOf(IssuerConfig issuer, Vertx vertx) {
        KeySetFetch fetch = new KeySetFetch(vertx, issuer.keys(), issuer.timeout());
        IssuerKeys keys = new IssuerKeys(fetch::keys, issuer.maxAge(), issuer.minPause(), InstantSource.system());
        keys.refresh();
        return new IssuerTokens(issuer, keys, InstantSource.system());
    }

    private static RunnerBodies runnerBodies(GatewayConfig config, GatewayMeters meters) {
        HeldBytes held = new HeldBytes(config.grading().runnerHeldBytes());
        meters.showRunners(held);
        return new RunnerBodies(held, config.trustedProxies()::clientOf, RunnerBodies.WITHIN);
    }

    private static Logins logins(AccountService accounts, GatewayConfig config, GatewayMeters meters) {
        TokenConfig tokens = config.tokens();
        AddressFailures failures =
                new AddressFailures(tokens.addressFailures(), tokens.loginWindow(), InstantSource.system());
        meters.show(failures);
        AddressFailures told = new AddressFailures(1, tokens.loginWindow(), InstantSource.system());
        return new Logins(accounts, config.trustedProxies(), failures, told);
    }

    private static Routes elicast(Bus bus, GatewayConfig config, Access access, Gates gates, GatewayMeters meters) {
        Access lesson = access.behind(gates.of(Domain.LESSONS));
        Access code = access.behind(gates.of(Domain.CODE));
        Access sound = access.behind(gates.of(Domain.MEDIA));
        ElicastRoutesConfig elicast = config.elicast();
        Shares shares = new Shares(config.trustedProxies());
        Duration stallLimit = config.streams().stallLimit();
        EditSwitch edits = new EditSwitch(elicast.isEditBlocked());
        HeldBytes held = new HeldBytes(elicast.heldBytes());
        meters.showForms(held);
        ElicastService lessons = bus.proxy(ElicastService.class);
        MediaAccess media = MediaAccess.over(bus, elicast.mediaTimeout());
        return new ElicastRoutes(List.of(
                new LessonRoutes(lessons, lesson, edits, stallLimit),
                new CodeRoutes(
                        bus.proxy(ElicastService.class, elicast.runTimeout()),
                        code,
                        elicast.sourceLimitBytes(),
                        held,
                        shares),
                new AudioRoutes(
                        bus.proxy(ElicastService.class, elicast.mediaTimeout()),
                        media,
                        sound,
                        edits,
                        shares,
                        stallLimit),
                new LogRoutes(lessons, lesson, config.trustedProxies(), elicast.logLimitBytes(), held)));
    }

    private static Routes stream(
            Bus bus, StreamRoutesConfig config, Access access, StreamSockets sockets, MjpegShows shows) {
        StreamAccess streams = StreamAccess.over(bus);
        Set<Operation> withSocket = Set.of(StreamPushRoutes.PUSH, StreamPullRoutes.PULL, ReplayRoutes.REPLAY);
        return new StreamRoutes(
                withSocket,
                List.of(
                        new PingRoutes(streams, access),
                        new StreamRegistryRoutes(streams, access, config.timeZone()),
                        new DataRoutes(streams, access, config),
                        new StreamPushRoutes(streams, access, sockets),
                        new StreamPullRoutes(streams, access, sockets),
                        RecordingRoutes.all(bus, config, access),
                        new MjpegRoutes(streams, access, shows),
                        RecipeRoutes.all(bus, config.documentBodyBytes(), access)));
    }

    private static Routes sandbox(Bus bus, SandboxRoutesConfig config, Access access, GatewayMeters meters) {
        SandboxAccess sandbox = SandboxAccess.over(bus, config.runTimeout());
        SandboxSubmissionRoutes submissions = new SandboxSubmissionRoutes(sandbox, access, config);
        SandboxSessionRoutes sessions = new SandboxSessionRoutes(sandbox, access, config);
        meters.show(sessions, config.sessionLimit());
        return new SandboxRoutes(
                sandbox,
                access,
                List.of(
                        new SandboxRunRoutes(sandbox, access, submissions, config.bodyLimitBytes()),
                        submissions,
                        sessions));
    }

    private static Routes media(Bus bus, GatewayConfig config, Access access, GatewayMeters meters) {
        MediaJobRoutes jobs = new MediaJobRoutes(
                MediaAccess.over(bus, config.elicast().mediaTimeout()), access, config.mediaWatchers());
        meters.show(jobs, config.mediaWatchers());
        return new MediaRoutes(List.of(jobs));
    }

    private static Routes social(Bus bus, Access access) {
        return new SocialRoutes(bus.proxy(SocialService.class), access, SocialRoutes.STALL_LIMIT);
    }

    private static Routes video(
            Vertx vertx, Bus bus, LiveVideoConfig config, TokenVerifier accepted, Access access, GatewayMeters meters) {
        LiveVideoAccess video = LiveVideoAccess.over(bus);
        ChannelPlaces places = new ChannelPlaces(vertx, video.service());
        ChannelCache files = new ChannelCache(vertx, video, config.cacheBytes());
        BlockingReloads reloads = new BlockingReloads(vertx, video, config.waitingViewers());
        meters.show(files, config.cacheBytes(), reloads);
        Need watching = config.watching().need();
        BroadcastService broadcasts = bus.proxy(BroadcastService.class);
        HlsRoutes.Films films =
                stream -> broadcasts.startBroadcast(new StartBroadcast(stream)).mapEmpty();
        return Routes.of(
                config.origin()
                        .<Routes>map(origin -> new HlsOrigin(vertx, origin, access, watching))
                        .orElseGet(() -> new HlsRoutes(
                                access, watching, accepted, places, files, reloads, films, new Filming(vertx, films))),
                new ChannelRoutes(video, places, access, InstantSource.system()),
                new WatchRoutes(vertx, access));
    }

    private static Routes judge0(Vertx vertx, Bus bus, GatewayConfig config, Access access) {
        SandboxService sandbox =
                bus.proxy(SandboxService.class, config.elicast().runTimeout());
        // An answer must come before the connection has been silent for too long.
        Duration longestWait = config.idleTimeout().dividedBy(2);
        return new Judge0Routes(vertx, sandbox, access, config.elicast().sourceLimitBytes(), longestWait);
    }

    private static Routes piston(Bus bus, GatewayConfig config, Access access) {
        return new PistonRoutes(
                new PistonSandbox(bus, config.elicast().runTimeout()),
                access,
                config.elicast().sourceLimitBytes(),
                config.sandbox().sessionLimit(),
                config.sandbox().pingInterval());
    }
}
