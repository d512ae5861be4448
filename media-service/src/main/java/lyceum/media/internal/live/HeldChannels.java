package lyceum.media.internal.live;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import lyceum.media.LiveService.OpenPublish;
import lyceum.media.LiveService.Place;
import lyceum.media.internal.live.ChannelRegistry.Held;
import lyceum.media.internal.live.SegmentFiles.Lengths;
import lyceum.platform.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The channels whose names this instance holds: from their first publish until nothing of them can be watched any more, or
 * another instance has the name. Lives on one context.
 */
final class HeldChannels {

    static final Failure TAKEN = new Failure(Failure.Kind.CONFLICT, "somebody publishes that channel");

    private static final Logger LOG = LoggerFactory.getLogger(HeldChannels.class);

    private final Workshop shop;
    private final ChannelRegistry registry;
    private final Map<String, Channel> channels = new HashMap<>();
    private final Map<String, Long> expiries = new HashMap<>();
    private final Set<String> locked = new HashSet<>();
    private int directories;

    HeldChannels(Workshop shop, ChannelRegistry registry) {
        this.shop = shop;
        this.registry = registry;
    }

    int count() {
        return channels.size();
    }

    /** @return whether there may be no other */
    boolean isFull() {
        return channels.size() >= shop.config().channels();
    }

    /** @return all of them, in no order */
    Collection<Channel> all() {
        return Collections.unmodifiableCollection(channels.values());
    }

    Optional<Channel> find(String name) {
        return Optional.ofNullable(channels.get(name));
    }

    /**
     * Takes the name where nobody has it. A channel that is here keeps its place though the registry has lost it: with a new
     * one it would not be found, and be taken for lost.
     *
     * @return who has it then
     */
    Future<Place> claim(OpenPublish order) {
        Optional<Place> held = find(order.name()).map(Channel::place);
        return registry.claim(order.name(), order.kind(), held);
    }

    /** @return whether the place is at this instance */
    boolean isHere(Place place) {
        return place.instance().equals(shop.instance());
    }

    /** A name that was claimed for nothing is given back. */
    void giveBack(String name, Place place) {
        if (!channels.containsKey(name)) {
            release(name, place);
        }
    }

    private void release(String name, Place place) {
        registry.release(name, place)
                .onFailure(error -> LOG.debug("the name of channel={} is free when its lease ends", name));
    }

    /** Keeps a name for one who opens it: what is locked is neither removed nor lost. @return whether nobody else does */
    boolean lock(String name) {
        return locked.add(name);
    }

    void unlock(String name) {
        locked.remove(name);
    }

    boolean isLocked(String name) {
        return locked.contains(name);
    }

    /** @param place the name is this instance's. @return a channel without files yet */
    Channel add(String name, Place place) {
        LiveConfig config = shop.config();
        long partMillis = Lengths.of(config, place.kind()).partMillis();
        Optional<PartList> parts =
                partMillis > 0 ? Optional.of(new PartList(PartRuler.targetMillis(partMillis))) : Optional.empty();
        Playlist playlist =
                new Playlist(config.fragment().toMillis(), config.playlist().toMillis(), config.channelBytes(), parts);
        // No epoch: Redis may count anew, and what is deleted late is not to be that of another channel.
        Path directory = shop.directory().resolve(name + '@' + directories++);
        Channel channel = new Channel(shop.vertx(), name, place, directory, playlist);
        channels.put(name, channel);
        return channel;
    }

    /** Makes room for a publish. @return done when there are its directories */
    Future<Void> prepare(Channel channel) {
        return block(() -> {
            channel.prepare();
            return null;
        });
    }

    private Future<Void> block(Callable<Void> work) {
        return shop.workers().executeBlocking(work, false);
    }

    /** Somebody publishes it: it does not expire. */
    void keep(String name) {
        Long expiry = expiries.remove(name);
        if (expiry != null) {
            shop.vertx().cancelTimer(expiry);
        }
    }

    /** What was published last can be watched for as long as a playlist is; of a lost channel it is deleted anyway. */
    void expire(Channel channel) {
        boolean isHeld = channels.get(channel.name()) == channel;
        if (isHeld && !channel.isLive() && !expiries.containsKey(channel.name())) {
            long millis = shop.config().playlist().toMillis();
            expiries.put(channel.name(), shop.vertx().setTimer(millis, due -> remove(channel)));
        }
    }

    private void remove(Channel channel) {
        expiries.remove(channel.name());
        if (channel.isLive() || isLocked(channel.name())) {
            return;
        }
        LOG.info("channel={} is over", channel.name());
        channels.remove(channel.name());
        release(channel.name(), channel.place());
        delete(channel);
    }

    private void delete(Channel channel) {
        block(() -> {
                    channel.remove();
                    return null;
                })
                .onFailure(error -> LOG.warn("files of channel={} were not removed", channel.name(), error));
    }

    /** Tells the registry that this instance lives, and lets go what others have by now. */
    Future<Void> renew() {
        List<Held> held = channels.values().stream()
                .map(channel -> new Held(channel.name(), channel.place()))
                .toList();
        return registry.renew(held).map(lost -> {
            lost.forEach(this::lose);
            return null;
        });
    }

    /**
     * Another instance has the name: this one was not heard for too long. The channel is let go before its publish is over,
     * because whoever opens the name here meanwhile is to get another one.
     */
    private void lose(String name) {
        Channel channel = channels.get(name);
        if (channel == null || isLocked(name)) {
            return;
        }
        shop.metrics().lost.increment();
        LOG.warn("channel={} is at another instance by now", name);
        keep(name);
        channels.remove(name);
        channel.end(Failure.notFound("the channel is at another instance")).onComplete(over -> delete(channel));
    }

    /** Lets others have all names. */
    Future<Void> release() {
        return Future.join(List.copyOf(channels.values()).stream()
                        .map(channel -> registry.release(channel.name(), channel.place())
                                .otherwiseEmpty())
                        .toList())
                .mapEmpty();
    }
}
