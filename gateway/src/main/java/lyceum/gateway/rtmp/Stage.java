package lyceum.gateway.rtmp;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.function.Consumer;

/** Takes what one publisher brings. Lives on the context of the connection. */
public interface Stage {

    /** Takes bytes of FLV, which begin with a header. Whoever asks {@link #isFull} first never brings too much. */
    void write(Buffer flv);

    /** @return whether more should wait */
    boolean isFull();

    /** @return bytes that are held here */
    long heldBytes();

    /**
     * @param room told when there is room again
     * @param over told once when nothing is taken any more, and why
     */
    void watch(Runnable room, Consumer<PublishRefused> over);

    /** Nothing more comes. */
    Future<Void> end();
}
