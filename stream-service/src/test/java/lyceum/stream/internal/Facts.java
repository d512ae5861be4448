package lyceum.stream.internal;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import lyceum.platform.Bus;
import lyceum.platform.Topic;
import org.awaitility.Awaitility;

/** Everything that is published on one topic. */
final class Facts<T extends Record> {

    private final List<T> heard = new CopyOnWriteArrayList<>();

    Facts(Bus bus, Topic<T> topic) {
        bus.listen(topic, heard::add).await();
    }

    /** @return what was heard so far */
    List<T> heard() {
        return heard;
    }

    /** Waits until that many were heard. */
    List<T> await(int count) {
        Awaitility.await().until(() -> heard.size() >= count);
        return heard;
    }
}
