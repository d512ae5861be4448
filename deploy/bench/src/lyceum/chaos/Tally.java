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

    /** @return the longest time between two successes one of which lies within these moments, in seconds */
    synchronized double longestGapSeconds(long from, long to) {
        long longest = 0;
        for (int i = 1; i < successes.size(); i++) {
            if (successes.get(i) >= from && successes.get(i - 1) <= to) {
                longest = Math.max(longest, successes.get(i) - successes.get(i - 1));
            }
        }
        return longest / 1e9;
    }
}
