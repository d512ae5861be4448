package lyceum.gateway.elicast;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.AppendPieces;
import lyceum.elicast.ElicastService.DiscardDraft;
import lyceum.elicast.ElicastService.DraftSize;
import lyceum.elicast.ElicastService.OpenDraft;
import lyceum.elicast.ElicastService.Piece;
import lyceum.gateway.form.Window;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The draft of one upload: opened with its first piece, so that a form without any costs nothing. */
final class DraftWriter {

    private static final Logger LOG = LoggerFactory.getLogger(DraftWriter.class);

    /** Pieces of one upload on their way to the database: enough to keep it busy, under a MiB of memory. */
    private static final int WINDOW_PIECES = 4;

    private final ElicastService elicast;
    private final Window window;
    private final Map<Integer, Integer> nextPositions = new HashMap<>();

    private Future<Long> draftId;
    private int count;

    /** @param sender is paused while too many pieces are on their way */
    DraftWriter(ElicastService elicast, ReadStream<?> sender) {
        this.elicast = elicast;
        this.window = new Window(sender, WINDOW_PIECES);
    }

    /** Appends the next piece of a part. */
    void write(int part, boolean isText, Buffer bytes) {
        int position = nextPositions.merge(part, 0, (last, first) -> last + 1);
        Piece piece = new Piece(part, position, isText, bytes);
        count++;
        window.send(() -> draft().compose(id -> elicast.appendPieces(new AppendPieces(id, List.of(piece)))));
    }

    /** @return the draft with all its pieces, or the first failure to append one */
    Future<DraftSize> close(int voices) {
        return window.close().compose(all -> draft()).map(id -> new DraftSize(id, count, voices));
    }

    /** Gives the draft up; one that this does not reach is removed by its service after a while. @return done, always */
    Future<Void> discard() {
        if (draftId == null) {
            return Future.succeededFuture();
        }
        return draftId.compose(id -> elicast.discardDraft(new DiscardDraft(id)))
                .onFailure(error -> LOG.debug("a draft is left to its age", error))
                .transform(done -> Future.succeededFuture());
    }

    private Future<Long> draft() {
        if (draftId == null) {
            draftId = elicast.openDraft(new OpenDraft()).map(ElicastService.Draft::id);
        }
        return draftId;
    }
}
