package lyceum.elicast.internal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import lyceum.media.MediaService;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/** An instance of media-service whose repair is what it is told to be. */
final class FakeMedia implements MediaService {

    static final String INSTANCE = "here";

    private final Map<String, List<Buffer>> jobs = new ConcurrentHashMap<>();
    private final AtomicInteger lastJob = new AtomicInteger();

    private volatile UnaryOperator<Buffer> repair = UnaryOperator.identity();
    private volatile Supplier<Future<?>> before = Future::succeededFuture;
    private volatile int readsUntilFailure = Integer.MAX_VALUE;

    void repairBy(UnaryOperator<Buffer> newRepair) {
        repair = newRepair;
    }

    /** Repairs when this is done. */
    void beforeRepair(Supplier<Future<?>> newBefore) {
        before = newBefore;
    }

    /** Fails after so many more reads. */
    void failAfterReads(int count) {
        readsUntilFailure = count;
    }

    /** @return a job that has these inputs */
    String jobWith(Buffer... inputs) {
        String id = "job-" + lastJob.incrementAndGet();
        jobs.put(id, new ArrayList<>(List.of(inputs)));
        return id;
    }

    List<Buffer> inputsOf(String jobId) {
        return jobs.get(jobId);
    }

    boolean isOpen(String jobId) {
        return jobs.containsKey(jobId);
    }

    int openJobs() {
        return jobs.size();
    }

    @Override
    public Future<Job> openJob(OpenJob order) {
        return Future.succeededFuture(new Job(jobWith(), INSTANCE));
    }

    @Override
    public Future<Done> append(Append order) {
        List<Buffer> inputs = jobs.get(order.jobId());
        if (inputs == null || order.input() > inputs.size()) {
            return Future.failedFuture(Failure.notFound("no such job, or an input is left out"));
        }
        if (order.input() == inputs.size()) {
            inputs.add(Buffer.buffer());
        }
        inputs.get(order.input()).appendBuffer(order.bytes());
        return Future.succeededFuture(new Done());
    }

    @Override
    public Future<Outputs> repair(Repair order) {
        List<Buffer> inputs = jobs.get(order.jobId());
        if (inputs == null) {
            return Future.failedFuture(Failure.notFound("no such job"));
        }
        return before.get().map(done -> {
            inputs.replaceAll(repair);
            return new Outputs(
                    inputs.stream().map(output -> (long) output.length()).toList());
        });
    }

    @Override
    public Future<Piece> read(Read question) {
        if (readsUntilFailure-- <= 0) {
            return Future.failedFuture(new Failure(Kind.UNAVAILABLE, "the disk is gone"));
        }
        Buffer output = jobs.get(question.jobId()).get(question.output());
        int from = (int) Math.min(output.length(), question.offsetBytes());
        int to = Math.min(output.length(), from + PIECE_BYTES);
        return Future.succeededFuture(new Piece(output.getBuffer(from, to)));
    }

    @Override
    public Future<Done> closeJob(CloseJob order) {
        jobs.remove(order.jobId());
        return Future.succeededFuture(new Done());
    }

    @Override
    public Future<Outputs> split(Split order) {
        return Future.failedFuture("elicast-service never splits");
    }

    @Override
    public Future<Engine> inspect(Inspect question) {
        return Future.succeededFuture(new Engine(true, "none"));
    }
}
