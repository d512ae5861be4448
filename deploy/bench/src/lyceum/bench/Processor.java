package lyceum.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The processors of this machine: all that they do, whoever it is for. */
final class Processor {

    /** USER_HZ, which is 100 on x86_64 and aarch64. */
    private static final double TICK_MILLIS = 10;
    /** Of the first line of /proc/stat, see proc(5): user, nice, system, irq, softirq. */
    private static final List<Integer> BUSY = List.of(1, 2, 3, 6, 7);

    private Processor() {}

    /** @return how long they have been busy since the start of the machine, together */
    static double busyMillis() throws IOException {
        String[] words = Files.readAllLines(Path.of("/proc/stat")).get(0).split(" +");
        return BUSY.stream().mapToLong(at -> Long.parseLong(words[at])).sum() * TICK_MILLIS;
    }

    /** @return the middle one */
    static double median(List<Double> figures) {
        double[] sorted =
                figures.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return Arrays.stream(sorted).skip(sorted.length / 2).findFirst().orElseThrow();
    }
}
