package lyceum.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same thing done again and again by several at once. */
final class Rounds {

    private Rounds() {}

    /** @return how long each of them took, and all together */
    static Times one(Callable<?> once, int count, int atOnce) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(atOnce);
        try {
            List<Callable<Long>> all = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                all.add(() -> {
                    long begin = System.nanoTime();
                    once.call();
                    return System.nanoTime() - begin;
                });
            }
            long begin = System.nanoTime();
            List<Future<Long>> done = threads.invokeAll(all);
            long wall = System.nanoTime() - begin;
            long[] nanos = new long[count];
            for (int i = 0; i < count; i++) {
                nanos[i] = done.get(i).get();
            }
            return Times.of(nanos, wall);
        } finally {
            threads.shutdown();
        }
    }
}
