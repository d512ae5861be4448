package lyceum.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.locks.LockSupport;

/** How long the disk takes until something is on it, with nothing of Lyceum or Redis in between. */
final class Disk {

    private Disk() {}

    /**
     * Appends to one file.
     *
     * @param perSecond how often
     * @return how long each append took, until it was on the disk
     */
    static Times appends(int bytes, int perSecond, int seconds) throws IOException {
        long[] nanos = new long[perSecond * seconds];
        try (Scratch directory = new Scratch();
                FileChannel file = FileChannel.open(
                        directory.resolve("appended"), StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            long begin = System.nanoTime();
            for (int i = 0; i < nanos.length; i++) {
                LockSupport.parkNanos(begin + i * 1_000_000_000L / perSecond - System.nanoTime());
                long before = System.nanoTime();
                file.write(ByteBuffer.allocate(bytes));
                file.force(false);
                nanos[i] = System.nanoTime() - before;
            }
            return Times.of(nanos, System.nanoTime() - begin);
        }
    }
}
