package lyceum.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What a process and all that it has started have had of the processors. */
final class ProcessTime {

    /** USER_HZ, which is 100 on x86_64 and aarch64. */
    private static final double TICK_SECONDS = 0.01;
    /** Of /proc/pid/stat, see proc(5), behind the name: user and system time, and that of children which have ended. */
    private static final int FIRST = 11;

    private static final int LAST = 14;

    private ProcessTime() {}

    /** @return seconds since its start, together */
    static double seconds(long pid) throws IOException {
        double seconds = 0;
        try (Stream<ProcessHandle> all = ProcessHandle.of(pid).stream()
                .flatMap(parent -> Stream.concat(Stream.of(parent), parent.descendants()))) {
            for (ProcessHandle each : all.toList()) {
                seconds += own(each.pid());
            }
        }
        return seconds;
    }

    private static double own(long pid) throws IOException {
        String stat;
        try {
            stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
        } catch (NoSuchFileException e) {
            return 0; // has ended meanwhile, and is counted by its parent
        }
        String[] words = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        long ticks = 0;
        for (int at = FIRST; at <= LAST; at++) {
            ticks += Long.parseLong(words[at]);
        }
        return ticks * TICK_SECONDS;
    }
}
