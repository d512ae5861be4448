package lyceum.launcher.elicast;

import lyceum.launcher.elicast.Decisions.Decision;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.Request;
import lyceum.launcher.wire.RunningSuite;

/** One fixture being replayed: what its later steps must know of the earlier ones. */
final class Scenario {

    private final RunningSuite suite;
    private final String prefix;
    private final Tickets tickets = new Tickets();
    private final RecordedIds ids = new RecordedIds();

    /** @param prefix what stands before every path, {@code /api}, or empty */
    Scenario(RunningSuite suite, String prefix) {
        this.suite = suite;
        this.prefix = prefix;
    }

    /** @throws AssertionError that begins with the step's name */
    void replay(Step step) {
        try {
            if (step.is("setup")) {
                Operator.protect(step, suite.client());
            } else if (step.is("check_state")) {
                StoredRows.check(step, suite.rows("elicast"));
            } else if (step.is("parallel")) {
                new OverlappingRuns(step).check(suite.client());
            } else if (step.is("disconnect_after_s")) {
                new AbandonedRun(step).check(suite);
            } else {
                exchange(step);
            }
        } catch (AssertionError | RuntimeException wrong) {
            throw new AssertionError(heading(step) + ": " + wrong.getMessage(), wrong);
        }
    }

    private void exchange(Step step) {
        Request recorded = new RecordedRequest(step.request(), tickets).prepare();
        Request request = recorded.translated(ids::translateTarget).below(prefix);
        Answer answer = suite.client().send(request).await();
        tickets.learn(step.page(), answer.json());
        ids.learn(step.recordedJson(), answer.json());
        expectation(step).check(answer);
    }

    private Expectation expectation(Step step) {
        Expectation recorded = new RecordedAnswer(step, ids);
        Expectation usual = step.newServer().isPresent() ? new NewServerAnswer(step, recorded) : recorded;
        return Decisions.of(step).map(Decision::expectation).orElse(usual);
    }

    private static String heading(Step step) {
        String reason =
                Decisions.of(step).map(Decision::reason).map(" (%s)"::formatted).orElse("");
        return step.name() + reason;
    }
}
