package lyceum.gateway.social;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Classes that there is no room for, as social-service has said a moment ago. Sockets that are closed come back by
 * themselves; with this they are told for good, and no database is asked the same each time.
 */
final class RefusedClasses {

    /** Room comes when a class that nobody has used is forgotten. */
    private static final long KNOWN_NANOS = TimeUnit.SECONDS.toNanos(30);

    /** Anybody can think of names. */
    private static final int MOST = 1_000;

    private final LongSupplier nanos;

    /** When it was said, oldest first. */
    private final Map<String, Long> said = new LinkedHashMap<>();

    /** @param nanos a clock that only runs forward, {@code System::nanoTime} */
    RefusedClasses(LongSupplier nanos) {
        this.nanos = nanos;
    }

    void add(String className) {
        said.remove(className);
        said.put(className, nanos.getAsLong());
        if (said.size() > MOST) {
            Iterator<String> oldest = said.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    boolean contains(String className) {
        Long when = said.get(className);
        return when != null && nanos.getAsLong() - when < KNOWN_NANOS;
    }
}
