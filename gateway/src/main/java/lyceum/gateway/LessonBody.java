package lyceum.gateway;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.OpenedLesson;
import lyceum.elicast.ElicastService.Piece;
import lyceum.elicast.ElicastService.ReadPieces;
import lyceum.elicast.Lesson;

/**
 * Writes one lesson as it is read, a few pieces at a time: the next ones are asked for when the client has taken the last
 * ones. A small lesson is one write with its length.
 */
final class LessonBody {

    private final ElicastService elicast;
    private final Lesson lesson;
    private final List<Piece> first;
    private final HttpServerResponse response;
    private final LessonJson json;

    private int count;

    LessonBody(ElicastService elicast, OpenedLesson opened, HttpServerResponse response) {
        this.elicast = elicast;
        this.lesson = opened.lesson();
        this.first = opened.first();
        this.response = response;
        this.json = new LessonJson(lesson);
    }

    /** @return done when all is written; fails where the rest cannot be read */
    Future<Void> write() {
        if (first.size() < lesson.pieces()) {
            response.setChunked(true);
        }
        return write(first);
    }

    private Future<Void> write(List<Piece> pieces) {
        pieces.forEach(json::add);
        count += pieces.size();
        if (count >= lesson.pieces()) {
            return response.end(json.end());
        }
        if (pieces.isEmpty()) {
            return Future.failedFuture(new IllegalStateException("content " + lesson.contentId() + " has lost pieces"));
        }
        Piece last = pieces.get(pieces.size() - 1);
        return response.write(json.take())
                .compose(taken -> elicast.readPieces(new ReadPieces(lesson.contentId(), last.part(), last.position())))
                .compose(next -> write(next.items()));
    }
}
