package lyceum.chaos;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import lyceum.bench.Table;
import lyceum.chaos.Chaos.Strike;

/** Tells what became of everybody's work, and how long each stood still. */
final class Report {

    private static final int MOST_SHOWN = 20;

    private final Map<String, List<Activity>> activities;

    /** @param activities by what they do */
    Report(Map<String, List<Activity>> activities) {
        this.activities = activities;
    }

    void printWork() {
        Table.head("what", "acknowledged", "failed", "failed %", "how");
        activities.forEach((name, all) -> {
            int good = all.stream().mapToInt(each -> each.tally().successes()).sum();
            int bad = all.stream().mapToInt(each -> each.tally().failures()).sum();
            Map<String, Integer> reasons = new TreeMap<>();
            all.forEach(
                    each -> each.tally().reasons().forEach((why, count) -> reasons.merge(why, count, Integer::sum)));
            Table.row(name, good, bad, 100.0 * bad / Math.max(1, good + bad), reasons);
        });
    }

    /** @param strikes in groups that get a row each */
    void printPauses(Map<String, List<Strike>> strikes) {
        System.out.printf(
                "%nLongest pause of each, median and worst, in seconds, while and after something was struck%n%n");
        List<String> titles = new ArrayList<>(List.of("what", "times", "back after"));
        titles.addAll(activities.keySet());
        Table.head(titles.toArray(String[]::new));
        strikes.forEach((name, all) -> {
            List<Object> row = new ArrayList<>(List.of(name, all.size()));
            row.add(spread(all.stream().map(Strike::backSeconds).toList()));
            activities.values().forEach(of -> row.add(spread(pauses(of, all))));
            Table.row(row.toArray());
        });
    }

    private static List<Double> pauses(List<Activity> activities, List<Strike> strikes) {
        return strikes.stream()
                .flatMap(strike ->
                        activities.stream().map(each -> each.tally().longestGapSeconds(strike.from(), strike.to())))
                .toList();
    }

    private static String spread(List<Double> seconds) {
        List<Double> sorted = seconds.stream().sorted().toList();
        return String.format(Locale.ROOT, "%.1f, %.1f", sorted.get(sorted.size() / 2), sorted.get(sorted.size() - 1));
    }

    /** Shows what members have logged as errors. */
    static void printErrors(Fleet fleet) throws IOException {
        for (Member member : fleet.members()) {
            String errors = member.log()
                    .lines()
                    .filter(line -> line.contains(" ERROR "))
                    .limit(MOST_SHOWN)
                    .map(line -> member + ": " + line + "\n")
                    .collect(Collectors.joining());
            System.out.print(errors);
        }
    }

    /** Says whether all is there; ends the program with 1 where it is not. */
    static void conclude(List<String> wrong) {
        System.out.printf("%n%d of what was acknowledged is lost, doubled or wrong%n", wrong.size());
        wrong.stream().limit(MOST_SHOWN).forEach(System.out::println);
        if (!wrong.isEmpty()) {
            System.exit(1);
        }
    }
}
