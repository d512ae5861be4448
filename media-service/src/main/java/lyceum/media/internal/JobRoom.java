package lyceum.media.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import lyceum.platform.Failure;

/**
 * What one job works with.
 *
 * @param files its inputs and all that is made of them
 * @param inside runs ffmpeg in the room of the job
 * @param outside runs programs of the operator's own
 * @param stopping completed when nothing more is wanted
 */
record JobRoom(JobFiles files, Runner inside, Runner outside, Promise<Void> stopping) {

    private static final long FILE_SLACK_BYTES = 8L << 20;

    /**
     * ffmpeg notices its own limit up to one cluster late; the kernel's must not come before it, so files may grow by some
     * slack beyond their limit.
     */
    static JobRoom of(Vertx vertx, MediaConfig config, FfmpegProgram program, JobFiles files, JobLimits limits) {
        long largestFileBytes = limits.outputBytes() + FILE_SLACK_BYTES;
        Future<Room> room = Room.open(vertx, program, files.directory());
        Future<Room> machine = Future.succeededFuture(Room.outside(vertx));
        RunLimits ofFfmpeg = RunLimits.allCores(limits.run(), largestFileBytes);
        RunLimits ofOthers = RunLimits.anyMemory(config.transcript().limit(), Transcriber.MOST_BYTES);
        return new JobRoom(
                files,
                new Runner(vertx, files.directory(), room, ofFfmpeg),
                new Runner(vertx, files.directory(), machine, ofOthers),
                Promise.promise());
    }

    /** Ends whatever runs. @return done when it is gone */
    Future<Void> stop(Failure reason) {
        stopping.tryComplete();
        return Future.join(inside.stop(reason), outside.stop(reason)).mapEmpty();
    }

    /** Ends whatever runs and removes all files. */
    Future<Void> remove(Failure reason) {
        return stop(reason).eventually(files::remove);
    }
}
