package lyceum.chaos;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often something went well and ill, and when. */
final class Tally {

    private final List<Long> successes = new ArrayList<>();
    private final Map<String, Integer> failures = new TreeMap<>();
    private int failed;

    synchronized void succeeded() {
        successes.add(System.nanoTime());
    }

    /** @param reason few different ones */
    synchronized void failed(String reason) {
        failed++;
        failures.merge(reason, 1, Integer::sum);
    }

    synchronized int successes() {
        return successes.size();
    }

    synchronized int failures() {
        return failed;
    }

    /** @return how often each reason was told */
    synchronized Map<String, Integer> reasons() {
        return new TreeMap<>(failures);
    }

    /** @return the longest time between two successes that reaches into these moments, in seconds; until now where none followed */
    synchronized double longestGapSeconds(long from, long to) {
        long longest = 0;
        for (int i = 0; i < successes.size(); i++) {
            long next = i + 1 < successes.size() ? successes.get(i + 1) : System.nanoTime();
            if (next >= from && successes.get(i) <= to) {
                longest = Math.max(longest, next - successes.get(i));
            }
        }
        return longest / 1e9;
    }
}
