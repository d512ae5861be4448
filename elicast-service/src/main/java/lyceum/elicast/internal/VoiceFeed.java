package lyceum.elicast.internal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Iterator;
import lyceum.elicast.ElicastService.Piece;
import lyceum.elicast.Lesson;
import lyceum.media.MediaService;
import lyceum.media.MediaService.Append;
import lyceum.platform.Failure;

/** Brings all recordings of a lesson to a media job, in their order; an empty recording is an empty input. */
final class VoiceFeed {

    private static final int OTS_PART = 0;

    private final ContentStore contents;
    private final Lesson lesson;
    private final MediaService media;
    private final String jobId;

    private int inputs;

    VoiceFeed(ContentStore contents, Lesson lesson, MediaService media, String jobId) {
        this.contents = contents;
        this.lesson = lesson;
        this.media = media;
        this.jobId = jobId;
    }

    /** @return done when everything is there; fails with INVALID where a recording is no base64 */
    Future<Void> bringAll() {
        return bringAfter(OTS_PART, Integer.MAX_VALUE).compose(brought -> open(lesson.voices()));
    }

    private Future<Void> bringAfter(int part, int position) {
        return contents.read(lesson.contentId(), part, position).compose(pieces -> {
            if (pieces.isEmpty()) {
                return Future.succeededFuture();
            }
            Piece last = pieces.get(pieces.size() - 1);
            return bring(pieces.iterator()).compose(brought -> bringAfter(last.part(), last.position()));
        });
    }

    private Future<Void> bring(Iterator<Piece> pieces) {
        if (!pieces.hasNext()) {
            return Future.succeededFuture();
        }
        Piece piece = pieces.next();
        if (piece.text()) {
            return Future.failedFuture(Failure.invalid("voice_blobs -- Invalid base64"));
        }
        return open(piece.part())
                .compose(open -> media.append(new Append(jobId, piece.part() - 1, piece.bytes())))
                .compose(brought -> bring(pieces));
    }

    /** Begins inputs until there are so many. */
    private Future<Void> open(int count) {
        if (inputs >= count) {
            return Future.succeededFuture();
        }
        return media.append(new Append(jobId, inputs++, Buffer.buffer())).compose(opened -> open(count));
    }
}
