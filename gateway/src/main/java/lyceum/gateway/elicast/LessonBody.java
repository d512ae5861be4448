package lyceum.gateway.elicast;

import io.vertx.core.Future;
import java.util.List;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.OpenedLesson;
import lyceum.elicast.ElicastService.Piece;
import lyceum.elicast.ElicastService.ReadPieces;
import lyceum.elicast.Lesson;
import lyceum.gateway.route.StallLimitedBody;
import lyceum.platform.Loop;

/**
 * Writes one lesson as it is read, a few pieces at a time: the next ones are asked for when the client has taken the last
 * ones. A small lesson is one write with its length.
 */
final class LessonBody {

    private final ElicastService elicast;
    private final Lesson lesson;
    private final List<Piece> first;
    private final StallLimitedBody body;
    private final LessonJson json;

    private int count;
    private Piece last;

    LessonBody(ElicastService elicast, OpenedLesson opened, StallLimitedBody body) {
        this.elicast = elicast;
        this.lesson = opened.lesson();
        this.first = opened.first();
        this.body = body;
        this.json = new LessonJson(lesson);
    }

    /** @return done when all is written; fails where the rest cannot be read, or the client does not read it */
    Future<Void> write() {
        add(first);
        if (count >= lesson.pieces()) {
            return body.response().end(json.end());
        }
        body.response().setChunked(true);
        return Loop.whileTrue(this::writeSome)
                .compose(written -> body.write(json.end()))
                .compose(written -> body.end());
    }

    /** @return whether there is more to read */
    private Future<Boolean> writeSome() {
        return body.write(json.take())
                .compose(taken -> elicast.readPieces(new ReadPieces(lesson.contentId(), last.part(), last.position())))
                .map(next -> {
                    if (next.items().isEmpty()) {
                        throw new IllegalStateException("content " + lesson.contentId() + " has lost pieces");
                    }
                    add(next.items());
                    return count < lesson.pieces();
                });
    }

    private void add(List<Piece> pieces) {
        for (Piece piece : pieces) {
            json.add(piece);
            last = piece;
            count++;
        }
    }
}
