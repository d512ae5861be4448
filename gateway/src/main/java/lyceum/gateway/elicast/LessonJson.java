package lyceum.gateway.elicast;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import lyceum.elicast.ElicastService.Piece;
import lyceum.elicast.Lesson;

/** The JSON of one lesson, made out of its pieces as they come. */
final class LessonJson {

    private static final int OTS_PART = 0;

    private final int voices;
    private final VoicesJson voicesJson = new VoicesJson();

    private Buffer json;
    private boolean isInVoices;

    LessonJson(Lesson lesson) {
        voices = lesson.voices();
        json = begin(lesson);
    }

    /** @return the object without its end, because it goes on with what comes in pieces */
    private static Buffer begin(Lesson lesson) {
        Buffer whole = new JsonObject()
                .put("id", lesson.id())
                .put("created", lesson.created().toEpochMilli())
                .put("title", lesson.title())
                .put("teacher", lesson.teacher())
                .put("is_protected", lesson.isProtected())
                .toBuffer();
        return Buffer.buffer("{\"elicast\":")
                .appendBuffer(whole.slice(0, whole.length() - 1))
                .appendString(",\"ots\":");
    }

    /** Adds the next piece in order. */
    void add(Piece piece) {
        if (piece.part() == OTS_PART) {
            json.appendBuffer(piece.bytes());
            return;
        }
        beginVoices();
        voicesJson.goTo(piece.part() - 1, json);
        voicesJson.add(piece.text(), piece.bytes(), json);
    }

    /** @return what has been made since the last time */
    Buffer take() {
        Buffer made = json;
        json = Buffer.buffer();
        return made;
    }

    /** @return the rest, after the last piece */
    Buffer end() {
        beginVoices();
        voicesJson.end(voices, json);
        return take().appendString("}}");
    }

    private void beginVoices() {
        if (!isInVoices) {
            isInVoices = true;
            json.appendString(",\"voice_blobs\":[");
        }
    }
}
