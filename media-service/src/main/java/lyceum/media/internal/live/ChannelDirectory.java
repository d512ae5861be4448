package lyceum.media.internal.live;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import lyceum.media.ChannelName;
import lyceum.media.LiveChannel;
import lyceum.media.LiveChannel.DescribeChannels;
import lyceum.media.LiveChannel.DescribeLiveRecordings;
import lyceum.media.LiveService;
import lyceum.platform.Bus;
import lyceum.platform.Failure;

/** The rules of {@link LiveService}: what is the same at every instance, because the registry tells it. */
final class ChannelDirectory implements LiveService {

    /** Of an instance that is asked for what it has; one that does not answer is left out. */
    private static final Duration LIMIT = Duration.ofSeconds(5);

    private final ChannelRegistry registry;
    private final HeldChannels held;
    private final PublishSessions here;
    private final Bus bus;

    /**
     * @param held channels of this instance
     * @param here who publishes at this instance
     */
    ChannelDirectory(ChannelRegistry registry, HeldChannels held, PublishSessions here, Bus bus) {
        this.registry = registry;
        this.held = held;
        this.here = here;
        this.bus = bus;
    }

    @Override
    public Future<Publish> openPublish(OpenPublish order) {
        check(order);
        return held.claim(order)
                .compose(place -> held.isHere(place)
                        ? here.open(order, place)
                        : bus.proxy(LiveChannel.class, LIMIT, place.instance())
                                .openPublishHere(order)
                                .recover(ChannelDirectory::away));
    }

    /** Fails with INVALID where what is to be published cannot have that name. */
    private static void check(OpenPublish order) {
        if (order.kind() == Kind.FLV) {
            ChannelName.publishable(order.name());
        } else if (!ChannelName.isOne(order.name())) {
            throw Failure.invalid("that names no channel");
        }
    }

    /** An instance that was killed keeps its names until its lease ends. */
    private static Future<Publish> away(Throwable error) {
        return Future.failedFuture(
                error instanceof Failure failure && failure.kind() == Failure.Kind.UNAVAILABLE
                        ? new Failure(Failure.Kind.UNAVAILABLE, "the channel is free in a moment; publish again")
                        : error);
    }

    @Override
    public Future<Place> findChannel(FindChannel question) {
        return ChannelName.isOne(question.name())
                ? registry.find(question.name())
                : Future.failedFuture(Failure.notFound("no such channel"));
    }

    @Override
    public Future<ChannelList> listChannels(ListChannels question) {
        return everywhere(at -> at.describeChannels(new DescribeChannels()).map(LiveChannel.ChannelsHere::channels))
                .map(all -> {
                    all.sort(Comparator.comparing(Channel::name));
                    return new ChannelList(all);
                });
    }

    @Override
    public Future<LiveRecordingList> listLiveRecordings(ListLiveRecordings question) {
        return everywhere(at -> at.describeLiveRecordings(new DescribeLiveRecordings())
                        .map(LiveChannel.RecordingsHere::recordings))
                .map(all -> {
                    // Where instances share a directory, each of them has each recording.
                    Map<String, LiveRecording> byFile = new LinkedHashMap<>();
                    all.sort(Comparator.comparing(LiveRecording::modified).reversed());
                    all.forEach(recording -> byFile.putIfAbsent(recording.file(), recording));
                    return new LiveRecordingList(List.copyOf(byFile.values()));
                });
    }

    private <T> Future<List<T>> everywhere(Function<LiveChannel, Future<List<T>>> question) {
        return registry.instances().compose(instances -> {
            List<Future<List<T>>> answers = instances.stream()
                    .map(at -> question.apply(bus.proxy(LiveChannel.class, LIMIT, at)))
                    .toList();
            return Future.join(answers).otherwiseEmpty().map(all -> {
                List<T> found = new ArrayList<>();
                answers.stream().filter(Future::succeeded).forEach(answer -> found.addAll(answer.result()));
                return found;
            });
        });
    }
}
