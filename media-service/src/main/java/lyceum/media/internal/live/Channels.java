package lyceum.media.internal.live;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import lyceum.media.ChannelName;
import lyceum.media.LiveChannel;
import lyceum.media.LiveService;
import lyceum.media.LiveService.Kind;
import lyceum.media.LiveService.LiveFact;
import lyceum.media.LiveService.OpenPublish;
import lyceum.media.LiveService.Place;
import lyceum.media.LiveService.Publish;
import lyceum.media.LiveService.Rates;
import lyceum.media.MediaService.Done;
import lyceum.media.internal.live.ChannelRegistry.Held;
import lyceum.media.internal.live.LiveProgram.Encodes;
import lyceum.media.internal.live.SegmentFiles.Lengths;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rules of {@link LiveChannel}: which channels this instance has, and who publishes them. Lives on one context. */
final class Channels implements LiveChannel {

    private static final Logger LOG = LoggerFactory.getLogger(Channels.class);

    /** A long recording is finished after the answer. */
    private static final Duration FINISH_PATIENCE = Duration.ofSeconds(5);

    private static final Failure NO_SESSION = Failure.notFound("no such session");
    private static final Failure NOT_PUBLISHED = Failure.notFound("nobody publishes such a channel");
    private static final Failure TAKEN = new Failure(Failure.Kind.CONFLICT, "somebody publishes that channel");

    /**
     * What channels are made with.
     *
     * @param directory of this instance
     */
    record Workshop(
            Vertx vertx,
            Bus bus,
            WorkerExecutor workers,
            LiveConfig config,
            Studio studio,
            String instance,
            Path directory,
            InstantSource clock,
            LiveMetrics metrics) {}

    private final Workshop shop;
    private final ChannelRegistry registry;
    private final LiveRecordings recordings;
    private final Map<String, Channel> channels = new HashMap<>();
    private final Map<String, Publishing> sessions = new HashMap<>();
    private final Map<String, Long> expiries = new HashMap<>();
    private final Set<String> opening = new HashSet<>();
    private int encodes;
    private boolean isStopping;

    Channels(Workshop shop, ChannelRegistry registry, LiveRecordings recordings) {
        this.shop = shop;
        this.registry = registry;
        this.recordings = recordings;
    }

    int count() {
        return channels.size();
    }

    int encodes() {
        return encodes;
    }

    int publishing() {
        return sessions.size();
    }

    @Override
    public Future<Publish> openPublishHere(OpenPublish order) {
        return registry.claim(order.name(), order.kind()).compose(place -> {
            if (!place.instance().equals(shop.instance())) {
                return Future.failedFuture(TAKEN);
            }
            return open(order, place);
        });
    }

    /** @param place the name is this instance's */
    Future<Publish> open(OpenPublish order, Place place) {
        String name = order.name();
        if (isStopping || !shop.studio().isUsable()) {
            return refuse(order, place, new Failure(Failure.Kind.UNAVAILABLE, "live video cannot be made here"));
        }
        if (!opening.add(name)) {
            return Future.failedFuture(TAKEN);
        }
        return enter(order, place).onComplete(opened -> opening.remove(name));
    }

    private Future<Publish> enter(OpenPublish order, Place place) {
        Channel present = channels.get(order.name());
        if (place.kind() != order.kind()) {
            // Who may watch the one may not always watch the other.
            return Future.failedFuture(TAKEN);
        }
        if (present != null && present.isLive() && !present.publishing().isReplaceable()) {
            return Future.failedFuture(TAKEN);
        }
        if (present == null && channels.size() >= shop.config().channels()) {
            shop.metrics().tooManyChannels.increment();
            return refuse(order, place, new Failure(Failure.Kind.BUSY, "there are too many channels; try again later"));
        }
        Channel channel = present == null ? channel(order.name(), place) : present;
        channels.put(order.name(), channel);
        Future<Void> free = present == null || present.publishing() == null
                ? Future.succeededFuture()
                : present.publishing().end(Failure.notFound("another publisher has taken the place"));
        return free.compose(ended -> shop.workers()
                        .executeBlocking(
                                () -> {
                                    channel.prepare();
                                    return null;
                                },
                                false))
                .compose(prepared -> publish(channel, order))
                .onFailure(error -> expire(channel));
    }

    /** A name that was claimed for nothing is given back. */
    private Future<Publish> refuse(OpenPublish order, Place place, Failure why) {
        if (!channels.containsKey(order.name())) {
            release(order.name(), place);
        }
        return Future.failedFuture(why);
    }

    private Channel channel(String name, Place place) {
        LiveConfig config = shop.config();
        Playlist playlist = new Playlist(
                config.fragment().toMillis(),
                config.playlist().toMillis(),
                config.channelBytes(),
                Optional.of(new PartList(PartRuler.targetMillis(partMillis(place.kind()))))
                        .filter(parts -> partMillis(place.kind()) > 0));
        Path directory = shop.directory().resolve(name + '@' + place.epoch());
        return new Channel(shop.vertx(), name, place, directory, playlist);
    }

    /** Pictures of a stream come when they come, and often one in a second: they are not cut into parts. */
    private long partMillis(Kind kind) {
        return kind == Kind.FLV ? shop.config().part().toMillis() : 0;
    }

    private Future<Publish> publish(Channel channel, OpenPublish order) {
        Long expiry = expiries.remove(channel.name());
        if (expiry != null) {
            shop.vertx().cancelTimer(expiry);
        }
        String id = UUID.randomUUID().toString();
        int number = channel.nextPublish();
        Publishing publishing = new Publishing(
                order,
                id,
                shop.clock().instant(),
                (kind, encoded, hasVideo) -> start(channel, kind, encoded, hasVideo, Integer.toString(number)),
                new PublishRecorder(order.name(), recordings));
        channel.publish(publishing);
        sessions.put(id, publishing);
        shop.metrics().published.increment();
        publishing.ended().onComplete(over -> left(channel, publishing));
        LiveFact fact = new LiveFact(order.name(), order.publisher().user());
        shop.bus().publish(LiveService.STARTED, fact);
        return publishing.begin().map(begun -> new Publish(id, shop.instance()));
    }

    private Future<LiveProcess> start(Channel channel, Kind kind, Encodes encoded, boolean hasVideo, String prefix) {
        boolean isEncode = encoded.video();
        if (isEncode && encodes >= shop.config().encodes()) {
            shop.metrics().tooManyEncodes.increment();
            return Future.failedFuture(
                    new Failure(Failure.Kind.BUSY, "too much video is being encoded; publish H.264 with yuv420p"));
        }
        encodes += isEncode ? 1 : 0;
        LiveConfig config = shop.config();
        int seconds = (int) Math.max(1, config.fragment().toSeconds());
        SegmentFiles files =
                channel.files(hasVideo, new Lengths(config.fragment().toMillis(), partMillis(kind)));
        List<String> arguments = LiveProgram.publish(kind, encoded, seconds, prefix);
        return shop.studio()
                .builder()
                .apply(channel.dash())
                .compose(scene -> shop.workers()
                        .executeBlocking(() -> LiveProgram.start(scene, arguments, channel.dash()), false)
                        .map(process ->
                                LiveProcess.of(shop.vertx(), shop.workers(), scene, process, files, channel.name())))
                .onComplete(begun -> {
                    Future<?> over = begun.succeeded() ? begun.result().ended() : Future.succeededFuture();
                    over.onComplete(ended -> encodes -= isEncode ? 1 : 0);
                });
    }

    private void left(Channel channel, Publishing publishing) {
        sessions.remove(publishing.id());
        publishing.stopRecording();
        channel.left();
        shop.bus()
                .publish(
                        LiveService.ENDED,
                        new LiveFact(
                                channel.name(), publishing.order().publisher().user()));
        if (!opening.contains(channel.name())) {
            expire(channel);
        }
    }

    /** What was published last can be watched for as long as a playlist is. */
    private void expire(Channel channel) {
        if (!channel.isLive() && !expiries.containsKey(channel.name())) {
            long millis = shop.config().playlist().toMillis();
            expiries.put(channel.name(), shop.vertx().setTimer(millis, due -> remove(channel)));
        }
    }

    private void remove(Channel channel) {
        expiries.remove(channel.name());
        if (channel.isLive() || opening.contains(channel.name())) {
            return;
        }
        LOG.info("channel={} is over", channel.name());
        channels.remove(channel.name());
        release(channel.name(), channel.place());
        delete(channel);
    }

    private void delete(Channel channel) {
        shop.workers()
                .executeBlocking(
                        () -> {
                            channel.remove();
                            return null;
                        },
                        false)
                .onFailure(error -> LOG.warn("files of channel={} were not removed", channel.name(), error));
    }

    private void release(String name, Place place) {
        registry.release(name, place)
                .onFailure(error -> LOG.debug("the name of channel={} is free when its lease ends", name));
    }

    /** Looks at all that is published; and tells the registry that this instance lives. */
    Future<Void> sign() {
        List.copyOf(sessions.values()).forEach(Publishing::check);
        List<Held> held = channels.values().stream()
                .map(channel -> new Held(channel.name(), channel.place()))
                .toList();
        return registry.renew(held).map(lost -> {
            lost.forEach(this::lose);
            return null;
        });
    }

    /** Another instance has the name: this one was not heard for too long. */
    private void lose(String name) {
        Channel channel = channels.get(name);
        if (channel == null || opening.contains(name)) {
            return;
        }
        shop.metrics().lost.increment();
        LOG.warn("channel={} is at another instance by now", name);
        Publishing publishing = channel.publishing();
        Future<Void> ended = publishing == null
                ? Future.succeededFuture()
                : publishing.end(Failure.notFound("the channel is at another instance"));
        ended.onComplete(over -> {
            Long expiry = expiries.remove(name);
            if (expiry != null) {
                shop.vertx().cancelTimer(expiry);
            }
            channels.remove(name, channel);
            delete(channel);
        });
    }

    @Override
    public Future<Pushed> pushMedia(PushMedia order) {
        Publishing session = sessions.get(order.id());
        return session == null
                ? Future.failedFuture(NO_SESSION)
                : counted(session, order)
                        .map(taken -> new Pushed(unwatchedMillis(session.order().name())));
    }

    private Future<Void> counted(Publishing session, PushMedia order) {
        shop.metrics().bytes.increment(order.bytes().length());
        return session.push(order);
    }

    private long unwatchedMillis(String name) {
        Channel channel = channels.get(name);
        return channel == null ? Long.MAX_VALUE : channel.unwatchedMillis();
    }

    @Override
    public Future<Done> endPublish(EndPublish order) {
        Publishing session = sessions.get(order.id());
        Future<Void> ended =
                session == null ? Future.succeededFuture() : session.end(Failure.notFound("the publisher has left"));
        return ended.map(over -> new Done());
    }

    @Override
    public Future<Done> kickPublisher(KickPublisher order) {
        return live(order.name())
                .compose(session -> session.end(new Failure(Failure.Kind.FORBIDDEN, "the publisher was thrown out")))
                .map(over -> new Done());
    }

    private Future<Publishing> live(String name) {
        Channel channel = channels.get(name);
        return channel == null || !channel.isLive()
                ? Future.failedFuture(NOT_PUBLISHED)
                : Future.succeededFuture(channel.publishing());
    }

    @Override
    public Future<FilePiece> readChannelFile(ReadChannelFile question) {
        Channel channel = channels.get(question.name());
        return channel == null || channel.place().epoch() != question.epoch()
                ? Future.failedFuture(Channel.NO_SUCH_FILE)
                : channel.read(question.file(), question.offsetBytes());
    }

    @Override
    public Future<AwaitedPlaylist> awaitPlaylist(AwaitPlaylist question) {
        Channel channel = channels.get(question.name());
        return channel == null || channel.place().epoch() != question.epoch()
                ? Future.failedFuture(Channel.NO_SUCH_FILE)
                : channel.await(question);
    }

    @Override
    public Future<RecordingFile> startLiveRecording(StartLiveRecording order) {
        return live(order.name()).map(session -> {
            if (session.order().kind() == Kind.PICTURES) {
                throw new Failure(Failure.Kind.CONFLICT, "these are pictures of a stream: record the stream");
            }
            return new RecordingFile(session.record());
        });
    }

    @Override
    public Future<RecordingFile> stopLiveRecording(StopLiveRecording order) {
        return live(order.name()).compose(session -> {
            String file = session.recordingFile();
            return file.isEmpty()
                    ? Future.failedFuture(Failure.notFound("the channel is not recorded"))
                    : session.stopRecording()
                            .timeout(FINISH_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                            .otherwiseEmpty()
                            .map(new RecordingFile(file));
        });
    }

    @Override
    public Future<ChannelsHere> describeChannels(DescribeChannels question) {
        return Future.succeededFuture(new ChannelsHere(channels.values().stream()
                .filter(channel -> channel.publishing() != null)
                .map(this::described)
                .toList()));
    }

    private LiveService.Channel described(Channel channel) {
        Publishing publishing = channel.publishing();
        return new LiveService.Channel(
                channel.name(),
                shop.instance(),
                publishing.isLive(),
                publishing.order().publisher(),
                publishing.since(),
                publishing.bytesIn(),
                channel.bytesOut(),
                new Rates(publishing.bitsIn(), channel.bitsOut(), publishing.bitsOfAudio(), publishing.bitsOfVideo()),
                publishing.info(),
                publishing.recordingFile());
    }

    @Override
    public Future<RecordingsHere> describeLiveRecordings(DescribeLiveRecordings question) {
        return recordings.list().map(RecordingsHere::new);
    }

    @Override
    public Future<FilePiece> readLiveRecording(ReadLiveRecording question) {
        return recordings.read(question.file(), question.offsetBytes());
    }

    /** Ends all that is published, and lets others have the names. */
    Future<Void> close() {
        isStopping = true;
        Failure leaving = new Failure(Failure.Kind.UNAVAILABLE, "this instance stops; publish again");
        return Future.join(List.copyOf(sessions.values()).stream()
                        .map(session -> session.end(leaving))
                        .toList())
                .<Void>mapEmpty()
                .otherwiseEmpty()
                .compose(ended -> Future.join(List.copyOf(channels.values()).stream()
                        .map(channel -> registry.release(channel.name(), channel.place())
                                .otherwiseEmpty())
                        .toList()))
                .mapEmpty();
    }

    /** Fails with INVALID where what is to be published cannot have that name. */
    static void check(OpenPublish order) {
        if (order.kind() == Kind.FLV) {
            ChannelName.publishable(order.name());
        } else if (!ChannelName.isOne(order.name())) {
            throw Failure.invalid("that names no channel");
        }
    }
}
