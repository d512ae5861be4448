package lyceum.media.internal.live;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import lyceum.media.LiveChannel;
import lyceum.media.LiveChannel.PushMedia;
import lyceum.media.LiveService;
import lyceum.media.LiveService.Kind;
import lyceum.media.LiveService.MediaInfo;
import lyceum.media.LiveService.OpenPublish;
import lyceum.media.internal.live.LiveProcess.Exit;
import lyceum.media.internal.live.LiveProgram.Encodes;
import lyceum.platform.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One publish: its bytes, until it is known what they are; then an ffmpeg that gets them, and a recording where one is wanted.
 * Whatever ends first ends the rest. Lives on one context.
 */
final class Publishing {

    private static final Logger LOG = LoggerFactory.getLogger(Publishing.class);

    /** Held until it is known what comes: pictures and sound of a second, or one large picture. */
    private static final int MOST_HELD_BYTES = 2 << 20;

    /** An ffmpeg that takes nothing for so long, or makes nothing of what it gets, is given up. */
    private static final Duration STUCK = Duration.ofSeconds(20);

    /** Who says nothing for so long may be replaced by another publisher: after a lost connection it is the same one. */
    private static final Duration SILENT = Duration.ofSeconds(5);

    /** Starts an ffmpeg. */
    interface Engine {

        /** @return the running child; or BUSY where too much is encoded */
        Future<LiveProcess> start(Kind kind, Encodes encodes, boolean hasVideo);
    }

    private final Vertx vertx;
    private final OpenPublish order;
    private final String id;
    private final Instant since;
    private final Engine engine;
    private final FlvReader reader =
            new FlvReader(LiveChannel.MESSAGE_BYTES + FlvTag.HEADER_BYTES + FlvTag.TRAILER_BYTES);
    private final FlvProbe probe = new FlvProbe(MOST_HELD_BYTES);
    private final FlvStart start = new FlvStart();
    private final Promise<Void> ended = Promise.promise();
    private final Rate in = new Rate(System::nanoTime);
    private final Rate audio = new Rate(System::nanoTime);
    private final Rate video = new Rate(System::nanoTime);

    private Buffer held = Buffer.buffer();
    private Future<LiveProcess> process;
    private FlvRecording recording;
    private Runnable recordingFull = () -> {};
    private long nextNumber;
    private int unanswered;
    private long bytesIn;
    private long heardNanos = System.nanoTime();
    private long madeNanos;
    private boolean isEnding;
    private Failure reason = Failure.notFound("the session is over");

    Publishing(Vertx vertx, OpenPublish order, String id, Instant since, Engine engine) {
        this.vertx = vertx;
        this.order = order;
        this.id = id;
        this.since = since;
        this.engine = engine;
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
        return order.kind() == Kind.PICTURES
                ? run(new Encodes(true, false), true).onFailure(this::fail)
                : Future.succeededFuture();
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
                .compose(this::take)
                .onComplete(taken -> unanswered--)
                .onFailure(this::fail)
                .<Void>mapEmpty()
                .recover(error -> Future.failedFuture(error instanceof Failure ? error : reason));
    }

    private Future<?> take(Buffer bytes) {
        if (bytes.length() == 0) {
            return Future.succeededFuture();
        }
        return order.kind() == Kind.PICTURES ? write(bytes) : takeTags(bytes);
    }

    private Future<?> takeTags(Buffer bytes) {
        Buffer tags = Buffer.buffer();
        Future<?> recorded = Future.succeededFuture();
        for (FlvTag tag : reader.read(bytes)) {
            count(tag);
            start.look(tag);
            if (process == null) {
                probe.look(tag);
            }
            recorded = record(tag);
            tags.appendBuffer(tag.bytes());
        }
        if (tags.length() == 0) {
            return Future.succeededFuture();
        }
        Future<?> written = process == null ? hold(tags) : write(tags);
        return Future.join(written, recorded.otherwiseEmpty());
    }

    private void count(FlvTag tag) {
        if (tag.isAudio()) {
            audio.add(tag.bytes().length());
        } else if (tag.isVideo()) {
            video.add(tag.bytes().length());
        }
    }

    private Future<?> hold(Buffer tags) {
        held.appendBuffer(tags);
        if (!probe.isDecided()) {
            return Future.succeededFuture();
        }
        Buffer first = FlvStart.header(probe.hasAudio(), probe.hasVideo()).appendBuffer(held);
        held = Buffer.buffer();
        return run(new Encodes(probe.encodesVideo(), probe.encodesAudio()), probe.hasVideo())
                .compose(running -> write(first));
    }

    private Future<Void> run(Encodes encodes, boolean hasVideo) {
        LOG.info(
                "publishing channel={} user={} kind={} encoded={}",
                order.name(),
                order.publisher().user(),
                order.kind(),
                encodes);
        madeNanos = System.nanoTime();
        process = engine.start(order.kind(), encodes, hasVideo);
        return process.onSuccess(child -> child.ended().onComplete(exit -> gone(exit.result())))
                .mapEmpty();
    }

    private Future<Void> write(Buffer bytes) {
        return process.compose(child -> child.write(bytes));
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
        madeNanos = System.nanoTime();
    }

    /** Looks whether it still lives. */
    void check() {
        if (isSilentFor(LiveService.LEASE)) {
            end(Failure.notFound("nothing came for too long"));
        } else if (process != null && process.succeeded() && isStuck(process.result())) {
            LOG.warn("ffmpeg is stuck on channel={}", order.name());
            process.result().kill();
            end(new Failure(Failure.Kind.UNAVAILABLE, "what is published cannot be played"));
        }
    }

    private boolean isStuck(LiveProcess child) {
        boolean makesNothing = order.kind() == Kind.FLV && isOlder(madeNanos, STUCK.multipliedBy(2)) && isFlowing();
        return child.isStuckFor(STUCK) || makesNothing;
    }

    private boolean isFlowing() {
        return audio.bitsPerSecond() > 0 || video.bitsPerSecond() > 0;
    }

    private boolean isSilentFor(Duration time) {
        return isOlder(heardNanos, time);
    }

    private static boolean isOlder(long nanos, Duration time) {
        return System.nanoTime() - nanos > time.toNanos();
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
        Future<?> finished = process == null
                ? Future.succeededFuture()
                : process.compose(LiveProcess::finish).otherwiseEmpty();
        finished.onComplete(gone -> ended.tryComplete());
        return ended.future();
    }

    /** @return done when it is over, however that came */
    Future<Void> ended() {
        return ended.future();
    }

    boolean isLive() {
        return !isEnding;
    }

    /** Records from the next key frame on. */
    void record(Supplier<FlvRecording> to) {
        if (recording == null) {
            recording = to.get();
        }
    }

    private Future<?> record(FlvTag tag) {
        FlvRecording present = recording;
        if (present == null) {
            return Future.succeededFuture();
        }
        if (!present.hasRoom()) {
            recordingFull.run();
            return Future.succeededFuture();
        }
        return present.add(tag, start, probe.hasAudio()).onFailure(error -> {
            LOG.error("channel={} is not recorded any more", order.name(), error);
            recordingFull.run();
        });
    }

    /** @param full told when a recording has reached its limit, or cannot go on */
    void onRecordingFull(Runnable full) {
        recordingFull = full;
    }

    /** @return what is recorded to; null for nothing */
    FlvRecording recording() {
        return recording;
    }

    /** @return what was recorded to, which nobody writes any more; null where nothing was */
    FlvRecording stopRecording() {
        FlvRecording last = recording;
        recording = null;
        return last;
    }

    boolean hasVideo() {
        return probe.hasVideo();
    }

    MediaInfo info() {
        return order.kind() == Kind.FLV ? probe.info() : new MediaInfo("MJPEG", "", "", 0, 0, 0, "", 0, 0, true);
    }

    long bytesIn() {
        return bytesIn;
    }

    long bitsIn() {
        return in.bitsPerSecond();
    }

    long bitsOfAudio() {
        return audio.bitsPerSecond();
    }

    long bitsOfVideo() {
        return video.bitsPerSecond();
    }
}
