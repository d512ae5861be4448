package lyceum.media.internal.live;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import lyceum.media.LiveChannel;
import lyceum.media.LiveService.Kind;
import lyceum.media.LiveService.MediaInfo;
import lyceum.media.LiveService.OpenPublish;
import lyceum.media.internal.live.LiveProcess.Exit;
import lyceum.media.internal.live.LiveProgram.Encodes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is published, on its way into an ffmpeg. FLV is held until it is known which tracks there are, because ffmpeg must
 * be told when it starts; pictures are fed at once. Lives on one context.
 */
final class PublishFeed {

    private static final Logger LOG = LoggerFactory.getLogger(PublishFeed.class);

    /** Held until it is known what comes: pictures and sound of a second, or one large picture. */
    private static final int MOST_HELD_BYTES = 2 << 20;

    /** An ffmpeg that takes nothing for so long, or makes nothing of what it gets, is given up. */
    private static final Duration STUCK = Duration.ofSeconds(20);

    /** Starts an ffmpeg. */
    interface Engine {

        /** @return the running child; or BUSY where too much is encoded */
        Future<LiveProcess> start(Kind kind, Encodes encodes, boolean hasVideo);
    }

    private final OpenPublish order;
    private final Engine engine;
    private final PublishRecorder recorder;
    private final FragmentLimit limit;
    private final Handler<Exit> gone;
    private final FlvReader reader =
            new FlvReader(LiveChannel.MESSAGE_BYTES + FlvTag.HEADER_BYTES + FlvTag.TRAILER_BYTES);
    private final FlvProbe probe = new FlvProbe(MOST_HELD_BYTES);
    private final Rate audio = new Rate(System::nanoTime);
    private final Rate video = new Rate(System::nanoTime);

    private Buffer held = Buffer.buffer();
    private Future<LiveProcess> process;
    private long madeNanos;

    /**
     * @param recorder gets each tag of FLV
     * @param limit of what comes between two key frames where pictures are copied
     * @param gone told when an ffmpeg that was started has ended, however that came
     */
    PublishFeed(OpenPublish order, Engine engine, PublishRecorder recorder, FragmentLimit limit, Handler<Exit> gone) {
        this.order = order;
        this.engine = engine;
        this.recorder = recorder;
        this.limit = limit;
        this.gone = gone;
    }

    /** @return done when it can take something; of pictures BUSY where too much is encoded */
    Future<Void> begin() {
        return order.kind() == Kind.PICTURES ? run(new Encodes(true, false), true) : Future.succeededFuture();
    }

    /** @return done when ffmpeg has the bytes, or they are held; INVALID where they are not FLV that can be read */
    Future<?> take(Buffer bytes) {
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
            if (process == null) {
                probe.look(tag);
            }
            if (!probe.encodesVideo()) {
                limit.take(tag, probe.hasVideo());
            }
            recorded = recorder.take(tag, probe.hasAudio());
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
        return process.onSuccess(child -> child.ended().onComplete(exit -> gone.handle(exit.result())))
                .mapEmpty();
    }

    private Future<Void> write(Buffer bytes) {
        return process.compose(child -> child.write(bytes));
    }

    /** A segment has been made of what came. */
    void made() {
        madeNanos = System.nanoTime();
    }

    /** @return whether there is an ffmpeg that takes nothing any more, or makes nothing of what it takes */
    boolean isStuck() {
        return process != null && process.succeeded() && isStuck(process.result());
    }

    private boolean isStuck(LiveProcess child) {
        boolean makesNothing = order.kind() == Kind.FLV
                && System.nanoTime() - madeNanos > STUCK.multipliedBy(2).toNanos()
                && isFlowing();
        return child.isStuckFor(STUCK) || makesNothing;
    }

    private boolean isFlowing() {
        return audio.bitsPerSecond() > 0 || video.bitsPerSecond() > 0;
    }

    /** Ends an ffmpeg that is stuck. */
    void kill() {
        process.result().kill();
    }

    /** Ends the input of ffmpeg. @return done when all that it has taken can be watched, at once where there is none */
    Future<?> finish() {
        return process == null
                ? Future.succeededFuture()
                : process.compose(LiveProcess::finish).otherwiseEmpty();
    }

    boolean hasVideo() {
        return probe.hasVideo();
    }

    MediaInfo info() {
        return order.kind() == Kind.FLV ? probe.info() : new MediaInfo("MJPEG", "", "", 0, 0, 0, "", 0, 0, true);
    }

    long bitsOfAudio() {
        return audio.bitsPerSecond();
    }

    long bitsOfVideo() {
        return video.bitsPerSecond();
    }
}
