package lyceum.chaos;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import lyceum.chaos.Chaos.Strike;

/**
 * A class uses a cluster of which every process is replaced, one after the other, as a Deployment does it: the new one
 * serves before the old one is told to end.
 */
public final class RollingBench {

    private static final long REST_SECONDS = 4;

    private RollingBench() {}

    /** Replaces all members, prints what everybody noticed. */
    public static void main(String[] words) throws Exception {
        List<String> wrong;
        try (Stage stage = new Stage()) {
            stage.begin();
            TimeUnit.SECONDS.sleep(REST_SECONDS);
            Map<String, List<Strike>> strikes = new LinkedHashMap<>();
            for (Member member : new ArrayList<>(stage.fleet().members())) {
                long from = System.nanoTime();
                stage.fleet().replace(member);
                double seconds = (System.nanoTime() - from) / 1e9;
                TimeUnit.SECONDS.sleep(REST_SECONDS);
                Strike strike = new Strike(Disturbance.TERMINATE, member.toString(), from, System.nanoTime(), seconds);
                strikes.put(member.toString(), List.of(strike));
                System.err.printf("%s replaced in %.1f s%n", member, seconds);
            }
            stage.end();
            wrong = stage.check();
            Report report = new Report(stage.activities());
            System.out.println("Rolling restart: each process replaced once\n");
            report.printWork();
            report.printPauses(strikes);
            Report.printErrors(stage.fleet());
        }
        Report.conclude(wrong);
    }
}
