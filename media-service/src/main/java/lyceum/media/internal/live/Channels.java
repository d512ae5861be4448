package lyceum.media.internal.live;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import lyceum.media.LiveChannel;
import lyceum.media.LiveService;
import lyceum.media.LiveService.Kind;
import lyceum.media.LiveService.OpenPublish;
import lyceum.media.LiveService.Publish;
import lyceum.media.LiveService.Rates;
import lyceum.media.MediaService.Done;
import lyceum.platform.Failure;

/** The rules of {@link LiveChannel}: what this instance answers of its channels and its recordings. Lives on one context. */
final class Channels implements LiveChannel {

    /** A long recording is finished after the answer. */
    private static final Duration FINISH_PATIENCE = Duration.ofSeconds(5);

    private static final Failure NO_SESSION = Failure.notFound("no such session");
    private static final Failure NOT_PUBLISHED = Failure.notFound("nobody publishes such a channel");

    private final Workshop shop;
    private final HeldChannels channels;
    private final PublishSessions sessions;
    private final LiveRecordings recordings;

    Channels(Workshop shop, HeldChannels channels, PublishSessions sessions, LiveRecordings recordings) {
        this.shop = shop;
        this.channels = channels;
        this.sessions = sessions;
        this.recordings = recordings;
    }

    @Override
    public Future<Publish> openPublishHere(OpenPublish order) {
        return channels.claim(order)
                .compose(place ->
                        channels.isHere(place) ? sessions.open(order, place) : Future.failedFuture(HeldChannels.TAKEN));
    }

    @Override
    public Future<Pushed> pushMedia(PushMedia order) {
        return sessions.find(order.id())
                .map(session -> push(session, order))
                .orElseGet(() -> Future.failedFuture(NO_SESSION));
    }

    private Future<Pushed> push(Publishing session, PushMedia order) {
        shop.metrics().bytes.increment(order.bytes().length());
        return session.push(order)
                .map(taken -> new Pushed(unwatchedMillis(session.order().name())));
    }

    private long unwatchedMillis(String name) {
        return channels.find(name).map(Channel::unwatchedMillis).orElse(Long.MAX_VALUE);
    }

    @Override
    public Future<Done> endPublish(EndPublish order) {
        return sessions.find(order.id())
                .map(session -> session.end(Failure.notFound("the publisher has left")))
                .orElseGet(Future::succeededFuture)
                .map(over -> new Done());
    }

    @Override
    public Future<Done> kickPublisher(KickPublisher order) {
        return live(order.name())
                .compose(session -> session.end(new Failure(Failure.Kind.FORBIDDEN, "the publisher was thrown out")))
                .map(over -> new Done());
    }

    private Future<Publishing> live(String name) {
        return channels.find(name)
                .filter(Channel::isLive)
                .map(channel -> Future.succeededFuture(channel.publishing()))
                .orElseGet(() -> Future.failedFuture(NOT_PUBLISHED));
    }

    @Override
    public Future<FilePiece> readChannelFile(ReadChannelFile question) {
        return find(question.name(), question.epoch())
                .map(channel -> channel.read(question.file(), question.offsetBytes()))
                .orElseGet(() -> Future.failedFuture(Channel.NO_SUCH_FILE));
    }

    @Override
    public Future<AwaitedPlaylist> awaitPlaylist(AwaitPlaylist question) {
        return find(question.name(), question.epoch())
                .map(channel -> channel.await(question))
                .orElseGet(() -> Future.failedFuture(Channel.NO_SUCH_FILE));
    }

    private Optional<Channel> find(String name, long epoch) {
        return channels.find(name).filter(channel -> channel.place().epoch() == epoch);
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
        return live(order.name()).compose(Channels::stopRecording);
    }

    private static Future<RecordingFile> stopRecording(Publishing session) {
        String file = session.recordingFile();
        if (file.isEmpty()) {
            return Future.failedFuture(Failure.notFound("the channel is not recorded"));
        }
        Future<RecordingFile> answer = session.hasRecorded()
                ? Future.succeededFuture(new RecordingFile(file))
                : Future.failedFuture(Failure.notFound("nothing came that a recording could begin with"));
        return session.stopRecording()
                .timeout(FINISH_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                .transform(stopped -> answer);
    }

    @Override
    public Future<ChannelsHere> describeChannels(DescribeChannels question) {
        return Future.succeededFuture(new ChannelsHere(channels.all().stream()
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

    /** Looks at all that is published; and tells the registry that this instance lives. */
    Future<Void> sign() {
        sessions.check();
        return channels.renew();
    }

    /** Ends all that is published, and lets others have the names. */
    Future<Void> close() {
        return sessions.close().compose(ended -> channels.release());
    }
}
