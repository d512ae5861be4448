package lyceum.gateway.video;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import lyceum.gateway.access.Access;
import lyceum.gateway.route.Dialect;
import lyceum.gateway.route.Download;
import lyceum.gateway.route.JsonAnswer;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Routes;
import lyceum.media.ChannelName;
import lyceum.media.LiveChannel;
import lyceum.media.LiveChannel.FilePiece;
import lyceum.media.LiveChannel.KickPublisher;
import lyceum.media.LiveChannel.ReadLiveRecording;
import lyceum.media.LiveChannel.RecordingFile;
import lyceum.media.LiveChannel.StartLiveRecording;
import lyceum.media.LiveChannel.StopLiveRecording;
import lyceum.media.LiveService.Channel;
import lyceum.media.LiveService.ListChannels;
import lyceum.media.LiveService.ListLiveRecordings;
import lyceum.media.LiveService.LiveRecording;
import lyceum.platform.Failure;

/** Channels of live video for those who look after them: what there is, who is thrown out, what is recorded. */
public final class ChannelRoutes implements Routes {

    private static final String PATHS = "/(?:live|stat)(?:/.*)?";
    private static final Operation LIST = Operation.get("/live");
    private static final Operation FIND = Operation.get("/live/{name}");
    private static final Operation KICK = Operation.delete("/live/{name}");
    private static final Operation START = Operation.put("/live/{name}/recording");
    private static final Operation STOP = Operation.delete("/live/{name}/recording");
    private static final Operation LIST_RECORDINGS = Operation.get("/live/recordings");
    private static final List<Operation> READ_RECORDING =
            List.of(Operation.get("/live/recordings/{file}"), Operation.head("/live/recordings/{file}"));
    private static final Operation STATISTICS = Operation.get("/stat");

    private final LiveVideoAccess video;
    private final ChannelPlaces places;
    private final Access access;
    private final InstantSource clock;

    public ChannelRoutes(LiveVideoAccess video, ChannelPlaces places, Access access, InstantSource clock) {
        this.video = video;
        this.places = places;
        this.access = access;
        this.clock = clock;
    }

    @Override
    public void addTo(Router router) {
        router.routeWithRegex(PATHS).failureHandler(Dialect.PROBLEM);
        route(router, LIST_RECORDINGS).handler(this::listRecordings);
        READ_RECORDING.forEach(operation -> route(router, operation).handler(this::readRecording));
        route(router, LIST).handler(this::list);
        route(router, FIND).handler(this::find);
        route(router, KICK).handler(this::kick);
        route(router, START).handler(this::start);
        route(router, STOP).handler(this::stop);
        route(router, STATISTICS).handler(this::statistics);
    }

    private Route route(Router router, Operation operation) {
        return operation.on(router).handler(access.guard(operation));
    }

    private Future<List<Channel>> channels() {
        return video.service().listChannels(new ListChannels()).map(list -> list.channels());
    }

    private void list(RoutingContext ctx) {
        JsonAnswer.send(ctx, channels().map(all -> JsonAnswer.list("channels", all, ChannelRoutes::json)));
    }

    private void find(RoutingContext ctx) {
        String name = ctx.pathParam("name");
        JsonAnswer.send(
                ctx,
                channels()
                        .map(all -> all.stream()
                                .filter(channel -> channel.name().equals(name))
                                .findFirst()
                                .orElseThrow(() -> Failure.notFound("no such channel")))
                        .map(channel -> JsonAnswer.ok(json(channel))));
    }

    private void kick(RoutingContext ctx) {
        String name = ctx.pathParam("name");
        at(name).compose(channel -> channel.kickPublisher(new KickPublisher(name)))
                .onSuccess(done -> ctx.response().setStatusCode(204).end())
                .onFailure(ctx::fail);
    }

    private void start(RoutingContext ctx) {
        String name = ctx.pathParam("name");
        sendFile(ctx, at(name).compose(channel -> channel.startLiveRecording(new StartLiveRecording(name))));
    }

    private void stop(RoutingContext ctx) {
        String name = ctx.pathParam("name");
        sendFile(ctx, at(name).compose(channel -> channel.stopLiveRecording(new StopLiveRecording(name))));
    }

    private static void sendFile(RoutingContext ctx, Future<RecordingFile> recording) {
        JsonAnswer.send(ctx, recording.map(file -> JsonAnswer.ok(new JsonObject().put("file", file.file()))));
    }

    /** @return the instance that has a channel */
    private Future<LiveChannel> at(String name) {
        return ChannelName.isOne(name)
                ? places.find(name).map(place -> video.channels().apply(place.instance()))
                : Future.failedFuture(Failure.notFound("no such channel"));
    }

    private Future<List<LiveRecording>> recordings() {
        return video.service().listLiveRecordings(new ListLiveRecordings()).map(list -> list.recordings());
    }

    private void listRecordings(RoutingContext ctx) {
        JsonAnswer.send(ctx, recordings().map(all -> JsonAnswer.list("recordings", all, ChannelRoutes::json)));
    }

    private void readRecording(RoutingContext ctx) {
        String file = ctx.pathParam("file");
        recordings()
                .map(all -> all.stream()
                        .filter(recording -> recording.file().equals(file))
                        .findFirst()
                        .orElseThrow(() -> Failure.notFound("no such recording")))
                .onSuccess(recording -> sendRecording(ctx, recording))
                .onFailure(ctx::fail);
    }

    private void sendRecording(RoutingContext ctx, LiveRecording recording) {
        LiveChannel at = video.channels().apply(recording.instance());
        Download.named(ctx, recording.file())
                .putHeader("Content-Type", recording.file().endsWith(".mp4") ? "video/mp4" : "video/x-flv");
        ChannelFile file = new ChannelFile(
                recording.sizeBytes(),
                offset -> at.readLiveRecording(new ReadLiveRecording(recording.file(), offset))
                        .map(FilePiece::bytes));
        new ChannelFileAnswer(ctx, file).send();
    }

    private void statistics(RoutingContext ctx) {
        Duration uptime = Duration.ofMillis(ManagementFactory.getRuntimeMXBean().getUptime());
        channels()
                .map(all -> RtmpStatistics.of(all, uptime, clock.instant()))
                .onSuccess(xml ->
                        ctx.response().putHeader("Content-Type", "text/xml").end(xml))
                .onFailure(ctx::fail);
    }

    private static JsonObject json(Channel channel) {
        return new JsonObject()
                .put("name", channel.name())
                .put("published", channel.published())
                .put("user", channel.publisher().user())
                .put("address", channel.publisher().address())
                .put("program", channel.publisher().program())
                .put("since", channel.since().toString())
                .put("bytesIn", channel.bytesIn())
                .put("bytesOut", channel.bytesOut())
                .put("bitsPerSecond", channel.rates().in())
                .put("video", channel.media().video())
                .put("width", channel.media().width())
                .put("height", channel.media().height())
                .put("audio", channel.media().audio())
                .put("encoded", channel.media().encoded())
                .put("recording", channel.recording().isEmpty() ? null : channel.recording());
    }

    private static JsonObject json(LiveRecording recording) {
        return new JsonObject()
                .put("file", recording.file())
                .put("size", recording.sizeBytes())
                .put("modified", recording.modified().toString());
    }
}
