package lyceum.media.internal.live;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import lyceum.media.LiveChannel;
import lyceum.media.LiveChannel.PushMedia;
import lyceum.media.LiveService;
import lyceum.media.LiveService.MediaInfo;
import lyceum.media.LiveService.OpenPublish;
import lyceum.media.internal.live.LiveProcess.Exit;
import lyceum.media.internal.live.PublishFeed.Engine;
import lyceum.platform.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One publish: takes its pieces in order, a few at once, and looks whether it lives. Whatever ends first, the publisher or
 * the ffmpeg that it feeds, ends the rest. Lives on one context.
 */
final class Publishing {

    private static final Logger LOG = LoggerFactory.getLogger(Publishing.class);

    /** Who says nothing for so long may be replaced by another publisher: after a lost connection it is the same one. */
    private static final Duration SILENT = Duration.ofSeconds(5);

    private final OpenPublish order;
    private final String id;
    private final Instant since;
    private final PublishRecorder recorder;
    private final PublishFeed feed;
    private final Promise<Void> ended = Promise.promise();
    private final Rate in = new Rate(System::nanoTime);

    private long nextNumber;
    private int unanswered;
    private long bytesIn;
    private long heardNanos = System.nanoTime();
    private boolean isEnding;
    private Failure reason = Failure.notFound("the session is over");

    Publishing(
            OpenPublish order, String id, Instant since, Engine engine, PublishRecorder recorder, FragmentLimit limit) {
        this.order = order;
        this.id = id;
        this.since = since;
        this.recorder = recorder;
        this.feed = new PublishFeed(order, engine, recorder, limit, this::gone);
    }

    String id() {
        return id;
    }

    OpenPublish order() {
        return order;
    }

    Instant since() {
        return since;
    }

    /** Begins to film pictures; FLV shows first what it is. */
    Future<Void> begin() {
        return feed.begin().onFailure(this::fail);
    }

    /** @return as {@link LiveChannel#pushMedia} */
    Future<Void> push(PushMedia piece) {
        if (isEnding) {
            return Future.failedFuture(reason);
        }
        if (piece.number() != nextNumber) {
            return Future.failedFuture(new Failure(Failure.Kind.CONFLICT, "that is not the next piece"));
        }
        if (unanswered >= LiveChannel.WINDOW_PIECES) {
            return Future.failedFuture(new Failure(Failure.Kind.BUSY, "too many pieces at once"));
        }
        if (piece.bytes().length() > LiveChannel.PIECE_BYTES) {
            return Future.failedFuture(Failure.invalid("the piece is too large"));
        }
        nextNumber++;
        unanswered++;
        heardNanos = System.nanoTime();
        bytesIn += piece.bytes().length();
        in.add(piece.bytes().length());
        return Future.succeededFuture(piece.bytes())
                .compose(feed::take)
                .onComplete(taken -> unanswered--)
                .onFailure(this::fail)
                .<Void>mapEmpty()
                .recover(error -> Future.failedFuture(error instanceof Failure ? error : reason));
    }

    private void gone(Exit exit) {
        if (!isEnding) {
            LOG.warn("ffmpeg ended on channel={}: status={} {}", order.name(), exit.status(), exit.lastWords());
        }
        end(Failure.invalid("what is published cannot be played"));
    }

    private void fail(Throwable error) {
        end(error instanceof Failure failure ? failure : new Failure(Failure.Kind.UNAVAILABLE, "ffmpeg has ended"));
    }

    /** A segment has been made of what came. */
    void made() {
        feed.made();
    }

    /** Looks whether it still lives. */
    void check() {
        if (isSilentFor(LiveService.LEASE)) {
            end(Failure.notFound("nothing came for too long"));
        } else if (feed.isStuck()) {
            LOG.warn("ffmpeg is stuck on channel={}", order.name());
            feed.kill();
            end(new Failure(Failure.Kind.UNAVAILABLE, "what is published cannot be played"));
        }
    }

    private boolean isSilentFor(Duration time) {
        return System.nanoTime() - heardNanos > time.toNanos();
    }

    /** @return whether another one may take its place */
    boolean isReplaceable() {
        return isEnding || isSilentFor(SILENT);
    }

    /** Ends it. @return done when all that it brought can be watched */
    Future<Void> end(Failure why) {
        if (isEnding) {
            return ended.future();
        }
        isEnding = true;
        reason = why;
        LOG.info("publish ends channel={} bytes={}: {}", order.name(), bytesIn, why.getMessage());
        feed.finish().onComplete(gone -> ended.tryComplete());
        return ended.future();
    }

    /** @return done when it is over, however that came */
    Future<Void> ended() {
        return ended.future();
    }

    boolean isLive() {
        return !isEnding;
    }

    /** Records from the next key frame on. @return as {@link PublishRecorder#begin} */
    String record() {
        return recorder.begin(feed.hasVideo());
    }

    /** @return as {@link PublishRecorder#file} */
    String recordingFile() {
        return recorder.file();
    }

    /** @return as {@link PublishRecorder#hasBegun} */
    boolean hasRecorded() {
        return recorder.hasBegun();
    }

    /** @return as {@link PublishRecorder#stop} */
    Future<Void> stopRecording() {
        return recorder.stop();
    }

    MediaInfo info() {
        return feed.info();
    }

    long bytesIn() {
        return bytesIn;
    }

    long bitsIn() {
        return in.bitsPerSecond();
    }

    long bitsOfAudio() {
        return feed.bitsOfAudio();
    }

    long bitsOfVideo() {
        return feed.bitsOfVideo();
    }
}
