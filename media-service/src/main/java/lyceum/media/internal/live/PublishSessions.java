package lyceum.media.internal.live;

import io.vertx.core.Future;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import lyceum.media.LiveService;
import lyceum.media.LiveService.LiveFact;
import lyceum.media.LiveService.OpenPublish;
import lyceum.media.LiveService.Place;
import lyceum.media.LiveService.Publish;
import lyceum.platform.Failure;

/** Who publishes at this instance: one for a channel, each with an id of its own. Lives on one context. */
final class PublishSessions {

    private final Workshop shop;
    private final HeldChannels channels;
    private final LiveProcesses processes;
    private final LiveRecordings recordings;
    private final Map<String, Publishing> sessions = new HashMap<>();
    private boolean isStopping;

    PublishSessions(Workshop shop, HeldChannels channels, LiveProcesses processes, LiveRecordings recordings) {
        this.shop = shop;
        this.channels = channels;
        this.processes = processes;
        this.recordings = recordings;
    }

    int count() {
        return sessions.size();
    }

    /** @return the session; empty where it is over */
    Optional<Publishing> find(String id) {
        return Optional.ofNullable(sessions.get(id));
    }

    /**
     * Opens a session, in the place of one that is silent.
     *
     * @param place the name is this instance's
     * @return as {@link LiveService#openPublish}
     */
    Future<Publish> open(OpenPublish order, Place place) {
        String name = order.name();
        if (isStopping || !shop.studio().isUsable()) {
            return refuse(order, place, new Failure(Failure.Kind.UNAVAILABLE, "live video cannot be made here"));
        }
        if (!channels.lock(name)) {
            return Future.failedFuture(HeldChannels.TAKEN);
        }
        return enter(order, place).onComplete(opened -> channels.unlock(name));
    }

    private Future<Publish> enter(OpenPublish order, Place place) {
        Optional<Channel> present = channels.find(order.name());
        if (place.kind() != order.kind()) {
            // Who may watch the one may not always watch the other.
            return Future.failedFuture(HeldChannels.TAKEN);
        }
        if (present.filter(PublishSessions::isTaken).isPresent()) {
            return Future.failedFuture(HeldChannels.TAKEN);
        }
        if (present.isEmpty() && channels.isFull()) {
            shop.metrics().tooManyChannels.increment();
            return refuse(order, place, new Failure(Failure.Kind.BUSY, "there are too many channels; try again later"));
        }
        Channel channel = present.orElseGet(() -> channels.add(order.name(), place));
        return channel.end(Failure.notFound("another publisher has taken the place"))
                .compose(ended -> channels.prepare(channel))
                .compose(prepared -> begin(channel, order))
                .onFailure(error -> channels.expire(channel));
    }

    private static boolean isTaken(Channel channel) {
        return channel.isLive() && !channel.publishing().isReplaceable();
    }

    private Future<Publish> refuse(OpenPublish order, Place place, Failure why) {
        channels.giveBack(order.name(), place);
        return Future.failedFuture(why);
    }

    private Future<Publish> begin(Channel channel, OpenPublish order) {
        channels.keep(channel.name());
        String id = UUID.randomUUID().toString();
        String prefix = Integer.toString(channel.nextPublish());
        Publishing publishing = new Publishing(
                order,
                id,
                shop.clock().instant(),
                (kind, encoded, hasVideo) -> processes.start(channel, kind, encoded, hasVideo, prefix),
                new PublishRecorder(order.name(), recordings),
                new FragmentLimit(shop.config().dashFragment(), shop.config().fragmentBytes()));
        channel.publish(publishing);
        sessions.put(id, publishing);
        shop.metrics().published.increment();
        publishing.ended().onComplete(over -> left(channel, publishing));
        shop.bus().publish(LiveService.STARTED, fact(order));
        return publishing.begin().map(begun -> new Publish(id, shop.instance()));
    }

    private void left(Channel channel, Publishing publishing) {
        sessions.remove(publishing.id());
        publishing.stopRecording();
        channel.left();
        shop.bus().publish(LiveService.ENDED, fact(publishing.order()));
        if (!channels.isLocked(channel.name())) {
            channels.expire(channel);
        }
    }

    private static LiveFact fact(OpenPublish order) {
        return new LiveFact(order.name(), order.publisher().user());
    }

    /** Ends those that live no more. */
    void check() {
        List.copyOf(sessions.values()).forEach(Publishing::check);
    }

    /** Opens none any more. @return done when all are over */
    Future<Void> close() {
        isStopping = true;
        Failure leaving = new Failure(Failure.Kind.UNAVAILABLE, "this instance stops; publish again");
        return Future.join(List.copyOf(sessions.values()).stream()
                        .map(session -> session.end(leaving))
                        .toList())
                .<Void>mapEmpty()
                .otherwiseEmpty();
    }
}
