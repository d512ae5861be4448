package lyceum.gateway.elicast;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.Map;
import java.util.stream.Stream;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.DraftSize;
import lyceum.gateway.form.DataUris;
import lyceum.gateway.form.FieldSink;
import lyceum.gateway.form.FormSink;
import lyceum.gateway.form.JsonList;
import lyceum.gateway.form.ShortText;
import lyceum.gateway.form.WantedFields;
import lyceum.platform.Failure;

/**
 * The form that creates or modifies a lesson. OTs and voice go to a draft while they arrive; what is wrong is told when
 * all is there, in the order of the contract (section 2.2).
 */
final class LessonForm implements FormSink {

    private static final int OTS_PART = 0;

    /** More recordings than anybody makes; each of them is at least one message and one row. */
    private static final int VOICE_LIMIT = 2_000;

    private final DraftWriter draft;
    private final ShortText title = ShortText.cutBeyond(ElicastService.TITLE.most());
    private final ShortText teacher = ShortText.cutBeyond(ElicastService.TEACHER.most());
    private final JsonList ots;
    private final DataUris voices;
    private final WantedFields fields;

    /** @param sender is paused while too much of it is on its way */
    LessonForm(ElicastService elicast, ReadStream<?> sender) {
        draft = new DraftWriter(elicast, sender);
        ots = new JsonList(ElicastService.PIECE_BYTES, piece -> draft.write(OTS_PART, true, piece));
        voices = new DataUris(ElicastService.PIECE_BYTES, VOICE_LIMIT, this::voice);
        fields = new WantedFields(
                Map.of("title", title, "teacher", teacher, "ots", ots, "voice_blobs", voices), Map.of());
    }

    @Override
    public FieldSink field(String name, boolean isFile) {
        return fields.field(name, isFile);
    }

    /** Recording n is part n + 1 of a content; an empty one has no pieces. */
    private void voice(int index, boolean isText, Buffer bytes) {
        draft.write(index + 1, isText, bytes);
    }

    /** @return the whole draft; fails with what is wrong with the form */
    Future<DraftSize> close() {
        check();
        return draft.close(voices.count());
    }

    private void check() {
        if (!Stream.of("title", "ots", "voice_blobs").allMatch(fields::hasCome)) {
            throw ElicastForms.bad();
        }
        ElicastService.TITLE.check(title());
        if (!ots.isList()) {
            throw Failure.invalid("ots -- Invliad json format");
        }
        VoiceFaults.check("voice_blobs", voices.fault());
        ElicastService.TEACHER.checkUnlessNull(teacher());
    }

    /** Gives up what was sent. @return done, always */
    Future<Void> discard() {
        return draft.discard();
    }

    String title() {
        return title.text();
    }

    /** @return null for nobody; fails where it came as a file */
    String teacher() {
        if (fields.isFile("teacher")) {
            throw Failure.invalid(ElicastService.TEACHER.failure());
        }
        String text = teacher.text();
        return text.isEmpty() ? null : text;
    }
}
