package lyceum.gateway;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import lyceum.account.AccountService;
import lyceum.elicast.ElicastService;
import lyceum.gateway.live.LiveServer;
import lyceum.gateway.mjpeg.MjpegShows;
import lyceum.gateway.stream.HeldBytes;
import lyceum.platform.Bus;
import lyceum.sandbox.SandboxService;
import lyceum.social.SocialService;
import lyceum.stream.BroadcastService;
import lyceum.stream.BroadcastService.StartBroadcast;
import lyceum.stream.CurrentRecipeService;
import lyceum.stream.RecipeService;

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
                grading(GradingAccess.over(bus), config.grading(), grading, feed),
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
        return new StreamRoutes(List.of(
                new PingRoutes(streams, access),
                new StreamRegistryRoutes(streams, access, config.timeZone()),
                new DataRoutes(streams, access, config),
                new StreamPushRoutes(streams, access, sockets),
                new StreamPullRoutes(streams, access, sockets),
                new ReplayRoutes(RecordingAccess.over(bus), access),
                new RecordingFileRoutes(RecordingFileAccess.over(bus), access, config.stallLimit()),
                new RecordingUploadRoutes(RecordingFileAccess.over(bus), access, config),
                RecordingExportRoutes.over(bus, access),
                new RecordingRoutes(RecordingAccess.over(bus), access),
                new MjpegRoutes(streams, access, shows),
                recipes(bus, config.documentBodyBytes(), access)));
    }

    private static Routes grading(GradingAccess grading, GradingRoutesConfig config, Access access, HandInFeed feed) {
        return new GradingRoutes(List.of(
                new HomeworkRoutes(grading.homework(), access, config.packageBytes()),
                new HandInRoutes(grading.handIns(), access, config, InstantSource.system()),
                new HandInEventRoutes(grading.handIns(), access, feed),
                new AttemptRoutes(grading.attempts(), access),
                new ScoreRoutes(grading.handIns(), access)));
    }

    private static Routes recipes(Bus bus, long bodyLimitBytes, Access access) {
        RecipeService recipes = bus.proxy(RecipeService.class);
        List<Routes> parts = List.of(
                new RecipeRoutes(recipes, access, bodyLimitBytes),
                new RecipeSessionRoutes(recipes, access, bodyLimitBytes),
                new CurrentRecipeRoutes(bus.proxy(CurrentRecipeService.class), recipes, access));
        return router -> parts.forEach(part -> part.addTo(router));
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
        List<Routes> parts = List.of(
                config.origin()
                        .<Routes>map(origin -> new HlsOrigin(vertx, origin, access, watching))
                        .orElseGet(() -> new HlsRoutes(
                                access, watching, accepted, places, files, reloads, films, new Filming(vertx, films))),
                new ChannelRoutes(video, places, access, InstantSource.system()),
                new WatchRoutes(vertx, access));
        return router -> parts.forEach(part -> part.addTo(router));
    }

    private static Routes judge0(Vertx vertx, Bus bus, GatewayConfig config, Access access) {
        SandboxService sandbox =
                bus.proxy(SandboxService.class, config.elicast().runTimeout());
        return new Judge0Routes(List.of(
                new Judge0SubmissionRoutes(
                        new Judge0Submissions(vertx, sandbox),
                        access,
                        config.elicast().sourceLimitBytes(),
                        // An answer must come before the connection has been silent for too long.
                        config.idleTimeout().dividedBy(2)),
                new Judge0InfoRoutes(sandbox, access)));
    }

    private static Routes piston(Bus bus, GatewayConfig config, Access access) {
        return new PistonRoutes(
                new PistonSandbox(bus, config.elicast().runTimeout()),
                access,
                config.elicast().sourceLimitBytes(),
                config.sandbox().sessionLimit());
    }
}
