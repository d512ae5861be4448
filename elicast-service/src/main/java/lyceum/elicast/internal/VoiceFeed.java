package lyceum.elicast.internal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import lyceum.elicast.ElicastService.Piece;
import lyceum.elicast.Lesson;
import lyceum.elicast.VoiceDecoder;
import lyceum.media.MediaService;
import lyceum.media.MediaService.Append;
import lyceum.platform.Failure;
import lyceum.platform.Loop;

/** Brings all recordings of a lesson to a media job, in their order; an empty recording is an empty input. */
final class VoiceFeed {

    private static final int OTS_PART = 0;

    private final ContentStore contents;
    private final Lesson lesson;
    private final MediaService media;
    private final String jobId;

    private VoiceDecoder decoder = new VoiceDecoder();
    private int inputs;
    private int lastPart = OTS_PART;
    private int lastPosition = Integer.MAX_VALUE;

    VoiceFeed(ContentStore contents, Lesson lesson, MediaService media, String jobId) {
        this.contents = contents;
        this.lesson = lesson;
        this.media = media;
        this.jobId = jobId;
    }

    /** @return done when everything is there; fails with INVALID where a recording is no base64 */
    Future<Void> bringAll() {
        return Loop.whileTrue(this::bringNext).compose(brought -> open(lesson.voices()));
    }

    /** @return whether there may be more */
    private Future<Boolean> bringNext() {
        return contents.read(lesson.contentId(), lastPart, lastPosition).compose(pieces -> {
            Iterator<Piece> next = pieces.iterator();
            return Loop.whileTrue(() -> next.hasNext() ? bring(next.next()) : Future.succeededFuture(false))
                    .map(brought -> !pieces.isEmpty());
        });
    }

    private Future<Boolean> bring(Piece piece) {
        if (piece.part() != lastPart) {
            decoder = new VoiceDecoder();
        }
        Buffer sound = decoder.next(piece.text(), piece.bytes());
        if (sound == null) {
            return Future.failedFuture(Failure.invalid("voice_blobs -- Invalid base64"));
        }
        lastPart = piece.part();
        lastPosition = piece.position();
        return open(piece.part())
                .compose(open -> media.append(new Append(jobId, piece.part() - 1, sound)))
                .map(true);
    }

    /** Begins inputs until there are so many. */
    private Future<Void> open(int count) {
        return Loop.whileTrue(() -> inputs < count
                ? media.append(new Append(jobId, inputs++, Buffer.buffer())).map(true)
                : Future.succeededFuture(false));
    }
}
