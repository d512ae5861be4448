package lyceum.media.internal;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import lyceum.platform.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one job works with.
 *
 * @param files its inputs and all that is made of them
 * @param inside runs ffmpeg in the room of the job
 * @param outside runs programs of the operator's own
 * @param disk what they take there
 * @param stopping completed when nothing more is wanted
 */
record JobRoom(JobFiles files, Runner inside, Runner outside, Disk.Share disk, Promise<Void> stopping) {

    private static final Logger LOG = LoggerFactory.getLogger(JobRoom.class);

    private static final long FILE_SLACK_BYTES = 8L << 20;

    /**
     * ffmpeg notices its own limit up to one cluster late; the kernel's must not come before it, so files may grow by some
     * slack beyond their limit.
     */
    static JobRoom of(
            Vertx vertx, MediaConfig config, FfmpegProgram program, JobFiles files, JobLimits limits, Disk.Share disk) {
        long largestFileBytes = limits.outputBytes() + FILE_SLACK_BYTES;
        Future<Room> room = Room.open(vertx, program, files.directory());
        Future<Room> machine = Future.succeededFuture(Room.outside(vertx));
        RunLimits ofFfmpeg = RunLimits.allCores(limits.run(), largestFileBytes);
        RunLimits ofOthers = RunLimits.anyMemory(config.transcript().limit(), Transcriber.MOST_BYTES);
        return new JobRoom(
                files,
                new Runner(vertx, files.directory(), room, ofFfmpeg),
                new Runner(vertx, files.directory(), machine, ofOthers),
                disk,
                Promise.promise());
    }

    /** Ends whatever runs. @return done when it is gone */
    Future<Void> stop(Failure reason) {
        stopping.tryComplete();
        return Future.join(inside.stop(reason), outside.stop(reason)).mapEmpty();
    }

    /** Counts what is on the disk in the place of what was expected: nothing runs any more. */
    void settle() {
        files.sizeBytes().onSuccess(disk::settle).onFailure(error -> LOG.debug("files of a job are gone", error));
    }

    /** Ends whatever runs and removes all files. */
    Future<Void> remove(Failure reason) {
        return stop(reason).eventually(files::remove).onComplete(removed -> disk.release());
    }
}
