package lyceum.stream.internal.archive;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** A file while it is written. One thing is asked at a time; after a commit there is nothing more to ask. */
public interface FileDraft {

    /** @return done when more may come */
    Future<Void> append(Buffer bytes);

    /**
     * Makes it visible as a whole.
     *
     * @param overwrite whether it may replace what there is
     * @return what is known of it once it would survive the end of the machine; or CONFLICT where there is one already
     */
    Future<StoredFile> commit(boolean overwrite);

    /** Forgets it; nothing happens where it was committed. */
    Future<Void> abandon();
}
