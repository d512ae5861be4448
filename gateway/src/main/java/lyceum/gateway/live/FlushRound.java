package lyceum.gateway.live;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * Sends off what was written, once for each socket in a turn of the event loop: the more there is to say, the more of it
 * leaves together. Lives on the context of an engine.
 */
final class FlushRound {

    private final Executor later;
    private List<FrameOutlet> written = new ArrayList<>();

    /** @param later does things when what is waiting now has been done */
    FlushRound(Executor later) {
        this.later = later;
    }

    /** @param outlet that has something to send off, and is not in the round yet */
    void add(FrameOutlet outlet) {
        if (written.isEmpty()) {
            later.execute(this::flush);
        }
        written.add(outlet);
    }

    private void flush() {
        List<FrameOutlet> all = written;
        written = new ArrayList<>(all.size());
        all.forEach(FrameOutlet::flush);
    }
}
