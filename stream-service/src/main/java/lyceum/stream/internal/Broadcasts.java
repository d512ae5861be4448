package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import lyceum.media.ChannelName;
import lyceum.media.LiveChannel;
import lyceum.media.LiveService;
import lyceum.media.LiveService.Kind;
import lyceum.media.LiveService.OpenPublish;
import lyceum.media.LiveService.Publish;
import lyceum.media.LiveService.Publisher;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.stream.BroadcastService;
import lyceum.stream.StreamService.Done;
import lyceum.stream.StreamService.OpenPull;
import lyceum.stream.internal.LivePull.Ending;
import lyceum.stream.internal.LivePull.Times;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rules of {@link BroadcastService}: which streams this instance films. Lives on one context. */
final class Broadcasts implements BroadcastService {

    private static final Logger LOG = LoggerFactory.getLogger(Broadcasts.class);

    /** The last picture is shown again after so long; and no more than 30 pictures are filmed in a second. */
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private static final long INTERVAL_MILLIS = 33;

    /** Where the name of a stream tells nothing of its format, only pictures can be filmed: any kind of them. */
    private static final String FORMAT_OF_ITS_NAME = "";

    private static final String PICTURES = "jpg";

    /** Of ffmpeg for one piece, before it is given up. */
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(25);

    private static final Failure NO_PICTURES = Failure.notFound("there are no pictures in such a stream");

    private final Vertx vertx;
    private final Bus bus;
    private final Followers followers;
    private final Budget budget;
    private final Map<String, Broadcast> present = new HashMap<>();
    private final Map<String, Future<Done>> starting = new HashMap<>();

    /** @param budget holds the bytes of pictures on their way */
    Broadcasts(Vertx vertx, Bus bus, Followers followers, Budget budget) {
        this.vertx = vertx;
        this.bus = bus;
        this.followers = followers;
        this.budget = budget;
    }

    @Override
    public Future<Done> startBroadcast(StartBroadcast order) {
        String stream = order.stream();
        if (present.containsKey(stream)) {
            return Future.succeededFuture(new Done());
        }
        Future<Done> others = starting.get(stream);
        if (others != null) {
            return others;
        }
        if (present.size() + starting.size() >= MOST_BROADCASTS) {
            return Future.failedFuture(new Failure(Failure.Kind.BUSY, "too many streams are filmed; please try again"));
        }
        Future<Done> started = follow(stream).compose(broadcast -> start(stream, broadcast));
        starting.put(stream, started);
        return started.onComplete(done -> starting.remove(stream, started));
    }

    private Future<Broadcast> follow(String stream) {
        Times times = new Times(PATIENCE, OptionalLong.empty(), INTERVAL_MILLIS);
        return follow(stream, FORMAT_OF_ITS_NAME)
                .recover(error -> isInvalid(error) ? follow(stream, PICTURES) : Future.failedFuture(error))
                .map(follower -> new Broadcast(
                        stream, new LivePull(vertx, follower, times, budget, new Ending(() -> {}, followers::leave))));
    }

    private Future<Follower> follow(String stream, String input) {
        return Future.succeededFuture()
                .compose(begun -> followers.follow(new OpenPull(
                        List.of(stream), List.of("*"), true, 1, null, null, INTERVAL_MILLIS, input, PICTURES)));
    }

    private static boolean isInvalid(Throwable error) {
        return error instanceof Failure failure && failure.kind() == Failure.Kind.INVALID;
    }

    private Future<Done> start(String stream, Broadcast broadcast) {
        return broadcast
                .firstPicture()
                .compose(isThere -> isThere ? open(stream) : Future.failedFuture(NO_PICTURES))
                .onSuccess(opened -> film(stream, broadcast, opened))
                .map(opened -> new Done())
                .recover(error -> {
                    broadcast.leave();
                    boolean isDone = error instanceof Failure failure && failure.kind() == Failure.Kind.CONFLICT;
                    return isDone ? Future.succeededFuture(new Done()) : Future.failedFuture(error);
                });
    }

    private Future<Publish> open(String stream) {
        Publisher publisher = new Publisher("", "", "stream " + stream);
        return bus.proxy(LiveService.class)
                .openPublish(new OpenPublish(ChannelName.ofStream(stream), Kind.PICTURES, publisher));
    }

    private void film(String stream, Broadcast broadcast, Publish opened) {
        LOG.info("filming stream={}", stream);
        present.put(stream, broadcast);
        broadcast
                .film(opened, bus.proxy(LiveChannel.class, ANSWER_LIMIT, opened.instance()))
                .onFailure(error -> LOG.info("stream={} is not filmed any more: {}", stream, error.getMessage()))
                .onComplete(over -> {
                    present.remove(stream, broadcast);
                    broadcast.leave();
                });
    }

    /** Ends all. */
    void close() {
        List.copyOf(present.values()).forEach(Broadcast::leave);
    }
}
