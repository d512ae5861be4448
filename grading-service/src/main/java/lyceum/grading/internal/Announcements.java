package lyceum.grading.internal;

import lyceum.grading.HandInService;
import lyceum.grading.HandInService.HandedIn;
import lyceum.grading.HandInService.Scored;
import lyceum.grading.HandInService.Started;
import lyceum.grading.HandInState;
import lyceum.platform.Bus;

/** Tells the house what has happened to hand-ins, once it is on the disk. */
final class Announcements {

    private final Bus bus;
    private final GradingMetrics metrics;

    Announcements(Bus bus, GradingMetrics metrics) {
        this.bus = bus;
        this.metrics = metrics;
    }

    void handedIn(StoredHandIn handIn) {
        metrics.handedIn.increment();
        bus.publish(
                HandInService.HANDED_IN,
                new HandedIn(
                        handIn.id(),
                        handIn.student(),
                        handIn.homework(),
                        handIn.codePackage(),
                        handIn.attempt(),
                        handIn.queuePosition()));
    }

    void started(Job.Key job) {
        bus.publish(HandInService.STARTED, new Started(job.id(), job.student(), job.homework(), job.attempt()));
    }

    void scored(Ended ended) {
        metrics.graded(ended.state());
        boolean counts = ended.state() == HandInState.ACCEPTED;
        bus.publish(
                HandInService.SCORED,
                new Scored(
                        ended.id(),
                        ended.student(),
                        ended.homework(),
                        ended.attempt(),
                        ended.state(),
                        counts ? Tenths.of(ended.score() * ended.scale()) : null,
                        ended.result()));
    }
}
