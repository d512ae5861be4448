package lyceum.grading.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import lyceum.grading.Report;
import lyceum.grading.RunnerService;
import lyceum.grading.internal.Envelopes.NotOpened;
import lyceum.grading.internal.Envelopes.Opened;
import lyceum.grading.internal.VerdictStore.ProcessEnd;
import lyceum.grading.internal.VerdictStore.Step;
import lyceum.grading.internal.VerdictStore.Stepped;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What runners outside of the house call. */
final class Runners implements RunnerService {

    private static final Logger LOG = LoggerFactory.getLogger(Runners.class);

    /** What takes less time to open than to hand over. */
    private static final int SHORT_BYTES = 16 << 10;

    private static final String ID = "uuid";

    private final Vertx vertx;
    private final Envelopes envelopes;
    private final ReplayWindow replays;
    private final VerdictStore verdicts;
    private final QueueStore queue;
    private final Announcements announcements;
    private final Duration lease;
    private final GradingMetrics metrics;

    /** @param lease how long a runner may take from start to report */
    Runners(
            Vertx vertx,
            Envelopes envelopes,
            ReplayWindow replays,
            VerdictStore verdicts,
            QueueStore queue,
            Announcements announcements,
            Duration lease,
            GradingMetrics metrics) {
        this.vertx = vertx;
        this.envelopes = envelopes;
        this.replays = replays;
        this.verdicts = verdicts;
        this.queue = queue;
        this.announcements = announcements;
        this.lease = lease;
        this.metrics = metrics;
    }

    /** A call that is in an envelope, and what it says. */
    private record Read(Opened envelope, Optional<Map<String, Object>> payload) {}

    @Override
    public Future<RunnerAnswer> callRunner(RunnerCall call) {
        return read(call)
                .compose(read -> answerOnce(call, read)
                        .onSuccess(text -> metrics.called(call.action(), text))
                        .map(text -> read.envelope().reply().of(text)))
                .recover(error -> error instanceof NotOpened refused
                        ? Future.succeededFuture(refuse(call, refused.text()))
                        : Future.failedFuture(error));
    }

    private Future<Read> read(RunnerCall call) {
        if (call.body().length() <= SHORT_BYTES) {
            try {
                return Future.succeededFuture(open(call));
            } catch (NotOpened e) {
                return Future.failedFuture(e);
            }
        }
        return vertx.executeBlocking(() -> open(call), false);
    }

    private Read open(RunnerCall call) throws NotOpened {
        Opened opened = envelopes.open(call);
        return new Read(opened, JsonPayload.read(opened.payload()));
    }

    /** Neither key nor content is ever logged. */
    private RunnerAnswer refuse(RunnerCall call, RunnerText text) {
        metrics.called(call.action(), text);
        LOG.warn("a runner's call is refused: action={} peer={} text='{}'", call.action(), call.peer(), text.text());
        return Envelopes.plain(text);
    }

    /** What came before opens no more than what is sealed wrong. */
    private Future<RunnerText> answerOnce(RunnerCall call, Read read) {
        Optional<ReplayWindow.Stamp> stamp = read.envelope().stamp();
        if (stamp.isEmpty()) {
            return answer(call, read);
        }
        return replays.admit(stamp.get()).transform(admitted -> {
            if (admitted.failed()) {
                return orNotStored(Future.failedFuture(admitted.cause()));
            }
            return admitted.result()
                    ? answer(call, read)
                    : Future.failedFuture(new NotOpened(RunnerText.NOT_DECRYPTED));
        });
    }

    private Future<RunnerText> answer(RunnerCall call, Read read) {
        Map<String, Object> payload = read.payload().orElse(Map.of());
        if (!payload.containsKey(ID)) {
            return Future.succeededFuture(RunnerText.NOT_JSON);
        }
        if (!call.id().equals(payload.get(ID))) {
            return Future.succeededFuture(RunnerText.UUID_MISMATCH);
        }
        return switch (call.action()) {
            case START -> start(HandIns.id(call.id()));
            case REPORT -> report(HandIns.id(call.id()), payload);
            case PROCLOG -> proclog(HandIns.id(call.id()), payload);
        };
    }

    private Future<RunnerText> start(String id) {
        return orNotStored(verdicts.start(id, lease).map(begun -> {
            begun.started().ifPresent(announcements::started);
            return text(begun.step(), RunnerText.SUBMISSION_NOT_FOUND, RunnerText.NOT_PENDING);
        }));
    }

    private Future<RunnerText> report(String id, Map<String, Object> payload) {
        Optional<Report> report = ReportReader.read(payload);
        if (report.isEmpty()) {
            return Future.succeededFuture(RunnerText.NOT_A_SCORE);
        }
        return orNotStored(verdicts.report(id, Verdict.of(report.get()))
                .map(stepped -> tell(stepped, RunnerText.HANDIN_NOT_FOUND)));
    }

    private Future<RunnerText> proclog(String id, Map<String, Object> payload) {
        Optional<ProcessEnd> process = ProcessReader.read(payload);
        if (process.isEmpty()) {
            return orNotStored(verdicts.exists(id)
                    .map(exists -> exists ? RunnerText.NOT_STORED : RunnerText.SUBMISSION_NOT_FOUND));
        }
        return orNotStored(
                verdicts.proclog(id, process.get()).map(stepped -> tell(stepped, RunnerText.SUBMISSION_NOT_FOUND)));
    }

    private RunnerText tell(Stepped stepped, RunnerText notFound) {
        stepped.ended().ifPresent(announcements::scored);
        return text(stepped.step(), notFound, RunnerText.ALREADY_REPORTED);
    }

    private static RunnerText text(Step step, RunnerText notFound, RunnerText tooLate) {
        return switch (step) {
            case DONE -> RunnerText.OK;
            case NOT_FOUND -> notFound;
            case TOO_LATE -> tooLate;
        };
    }

    /** Runners know no other word for it. */
    private static Future<RunnerText> orNotStored(Future<RunnerText> done) {
        return done.recover(error -> {
            LOG.warn("what a runner said could not be stored", error);
            return Future.succeededFuture(RunnerText.NOT_STORED);
        });
    }

    @Override
    public Future<WaitingList> listWaiting(ListWaiting question) {
        if (question.count() < 1 || question.count() > PAGE) {
            throw new Failure(Kind.INVALID, "count is not within 1..%d".formatted(PAGE));
        }
        return queue.waiting(question.count()).map(WaitingList::new);
    }
}
