package lyceum.media.internal.live;

import io.vertx.core.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records a publish where somebody wants that. It sees every tag, whether it records or not: what must stand in front of a
 * recording has come long before it. Lives on one context.
 */
final class PublishRecorder {

    private static final Logger LOG = LoggerFactory.getLogger(PublishRecorder.class);

    private final String channel;
    private final LiveRecordings recordings;
    private final FlvStart start = new FlvStart();
    private FlvRecording recording;

    PublishRecorder(String channel, LiveRecordings recordings) {
        this.channel = channel;
        this.recordings = recordings;
    }

    /**
     * Records from the next key frame on; goes on where it does already.
     *
     * @param hasVideo whether it begins with a picture, else with sound
     * @return the name that the recording will have when it is whole
     */
    String begin(boolean hasVideo) {
        if (recording == null) {
            recording = recordings.begin(channel, hasVideo);
        }
        return file();
    }

    /** @return the name that the recording will have when it is whole; empty where nothing is recorded */
    String file() {
        return recording == null ? "" : LiveRecordings.finalName(recording.file());
    }

    /**
     * Takes the next tag. A recording that has reached its limit, or cannot be written, ends: the publish does not.
     *
     * @param hasAudio whether sound has come so far
     * @return done when the tag is in the file, at once where it is in none; fails where it cannot be written
     */
    Future<Void> take(FlvTag tag, boolean hasAudio) {
        start.look(tag);
        FlvRecording present = recording;
        if (present == null) {
            return Future.succeededFuture();
        }
        if (!present.hasRoom()) {
            stop();
            return Future.succeededFuture();
        }
        return present.add(tag, start, hasAudio).onFailure(error -> {
            LOG.error("channel={} is not recorded any more", channel, error);
            stop();
        });
    }

    /** @return whether there is a recording in which something is */
    boolean hasBegun() {
        return recording != null && recording.isBegun();
    }

    /** @return done when what was recorded can be read, at once where nothing was */
    Future<Void> stop() {
        FlvRecording last = recording;
        recording = null;
        return last == null ? Future.succeededFuture() : recordings.end(last);
    }
}
