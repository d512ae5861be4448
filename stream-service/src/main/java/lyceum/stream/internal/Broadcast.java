package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.TimeUnit;
import lyceum.media.LiveChannel;
import lyceum.media.LiveChannel.EndPublish;
import lyceum.media.LiveChannel.PushMedia;
import lyceum.media.LiveService.Publish;
import lyceum.media.PictureFilm;
import lyceum.platform.Loop;
import lyceum.stream.BroadcastService;
import lyceum.stream.Delivery;
import lyceum.stream.PullSession;
import lyceum.stream.PullSession.PullEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One stream that is filmed: picture after picture goes to its channel, one at a time, so that a slow encoder gets fewer of
 * them. While nothing new comes the last one is shown again: a player that gets nothing stands still.
 */
final class Broadcast {

    private static final Logger LOG = LoggerFactory.getLogger(Broadcast.class);

    private final String stream;
    private final Pull pull;
    private final FilmClock clock = new FilmClock();
    private final long beganNanos = System.nanoTime();
    private Buffer picture = Buffer.buffer();
    private long idMillis;
    private LiveChannel channel;
    private String session;
    private long number;
    private long unwatchedMillis;

    /** @param pull of the stream, as JPEG, the newest first */
    Broadcast(String stream, Pull pull) {
        this.stream = stream;
        this.pull = pull;
    }

    /** @return whether there was a picture in time */
    Future<Boolean> firstPicture() {
        return next().timeout(BroadcastService.FIRST_PICTURE.toMillis(), TimeUnit.MILLISECONDS)
                .otherwise(false);
    }

    /** Films until nobody watches. @return done when that is over; fails where the channel or the stream is gone */
    Future<Void> film(Publish opened, LiveChannel at) {
        session = opened.id();
        channel = at;
        return push(PictureFilm.beginning().appendBuffer(PictureFilm.picture(clock.picture(idMillis, now()), picture)))
                .compose(begun -> Loop.whileTrue(this::step))
                .eventually(() -> at.endPublish(new EndPublish(session)).otherwiseEmpty());
    }

    private Future<Boolean> step() {
        if (unwatchedMillis > BroadcastService.LEASE.toMillis()) {
            LOG.info("nobody watches stream={} any more", stream);
            return Future.succeededFuture(false);
        }
        return next().map(isNew -> isNew ? clock.picture(idMillis, now()) : clock.again(now()))
                .compose(millis -> push(PictureFilm.picture(millis, picture)))
                .map(true);
    }

    private long now() {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beganNanos);
    }

    /** @return whether there is a next picture; fails when the reading is over */
    private Future<Boolean> next() {
        return pull.read().compose(event -> {
            if (event.kind() == PullSession.Kind.NOTHING) {
                return Future.succeededFuture(false);
            }
            return event.kind() == PullSession.Kind.DELIVERED
                    ? take(event.delivery())
                    : Future.failedFuture("the reading of stream=%s is over".formatted(stream));
        });
    }

    private Future<Boolean> take(Delivery first) {
        Buffer all = Buffer.buffer();
        first.bytes().forEach(all::appendBuffer);
        idMillis = EntryId.of(first.items().get(0).id()).millis();
        boolean[] more = {first.more()};
        return Loop.whileTrue(() -> more[0]
                        ? pull.read().map(event -> {
                            more[0] = append(all, event);
                            return more[0];
                        })
                        : Future.succeededFuture(false))
                .map(whole -> {
                    picture = all;
                    return true;
                });
    }

    private static boolean append(Buffer all, PullEvent event) {
        if (event.kind() != PullSession.Kind.DELIVERED) {
            return false;
        }
        event.delivery().bytes().forEach(all::appendBuffer);
        return event.delivery().more();
    }

    private Future<Void> push(Buffer film) {
        int[] sent = {0};
        return Loop.whileTrue(() -> {
            if (sent[0] == film.length()) {
                return Future.succeededFuture(false);
            }
            int end = Math.min(film.length(), sent[0] + LiveChannel.PIECE_BYTES);
            Buffer piece = film.slice(sent[0], end);
            sent[0] = end;
            return channel.pushMedia(new PushMedia(session, number++, piece)).map(pushed -> {
                unwatchedMillis = pushed.unwatchedMillis();
                return true;
            });
        });
    }

    /** Ends the reading; what waits for it fails. */
    void leave() {
        pull.end(PullSessions.STOPPED);
    }
}
