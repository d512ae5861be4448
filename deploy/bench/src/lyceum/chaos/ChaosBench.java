package lyceum.chaos;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lyceum.chaos.Chaos.Strike;

/** A class uses a cluster that is broken again and again; afterwards everything that was acknowledged is looked for. */
public final class ChaosBench {

    private static final int USUAL_MINUTES = 15;

    private ChaosBench() {}

    /** @param words minutes, and the seed, where they are not to be the usual ones */
    public static void main(String[] words) throws Exception {
        int minutes = words.length > 0 ? Integer.parseInt(words[0]) : USUAL_MINUTES;
        long seed = words.length > 1 ? Long.parseLong(words[1]) : System.nanoTime();
        System.out.printf("Chaos: %d minutes, seed %d%n%n", minutes, seed);
        List<String> wrong;
        try (Stage stage = new Stage()) {
            stage.begin();
            List<Strike> strikes = new Chaos(stage.fleet(), stage.redis(), stage.postgres(), seed).rage(minutes);
            stage.end();
            wrong = stage.check();
            Report report = new Report(stage.activities());
            report.printWork();
            Map<String, List<Strike>> byDisturbance = strikes.stream()
                    .collect(Collectors.groupingBy(
                            strike -> strike.disturbance().title(), LinkedHashMap::new, Collectors.toList()));
            report.printPauses(byDisturbance);
            Report.printErrors(stage.fleet());
        }
        Report.conclude(wrong);
    }
}
