package lyceum.sandbox.internal;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Where this process stands in the control groups of the machine, out of {@code /proc/self/cgroup} and
 * {@code /proc/self/mountinfo}. Both formats: proc_pid_cgroup(5) and proc_pid_mountinfo(5).
 */
record Hierarchies(List<String> groups, List<String> mounts) {

    /** @return the directory of our group in the hierarchy of a controller of version 1 */
    Optional<Path> first(String controller) {
        return groups.stream()
                .map(line -> line.split(":", 3))
                .filter(words -> Arrays.asList(words[1].split(",")).contains(controller))
                .findFirst()
                .flatMap(words -> place("cgroup", controller, words[2]));
    }

    /** @return the directory of our group in the hierarchy of version 2 */
    Optional<Path> second() {
        return groups.stream()
                .filter(line -> line.startsWith("0::"))
                .findFirst()
                .flatMap(line -> place("cgroup2", "", line.substring("0::".length())));
    }

    private Optional<Path> place(String type, String option, String group) {
        return mounts.stream()
                .map(line -> line.split(" "))
                .filter(words -> is(words, type, option) && group.startsWith(words[3]))
                .findFirst()
                .map(words -> Path.of(words[4], "/".equals(words[3]) ? group : group.substring(words[3].length())));
    }

    private static boolean is(String[] words, String type, String option) {
        int dash = Arrays.asList(words).indexOf("-");
        return words[dash + 1].equals(type)
                && (option.isEmpty()
                        || Arrays.asList(words[words.length - 1].split(",")).contains(option));
    }
}
