package lyceum.stream.internal.convert;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** How much the Java heap was asked for. */
final class Allocated {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocated() {}

    /** @return bytes that were allocated by this thread meanwhile, also those that are free again */
    static long by(Runnable work) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        work.run();
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
