package lyceum.media.internal.live;

import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import lyceum.media.LiveService.Kind;
import lyceum.media.internal.live.LiveProgram.Encodes;
import lyceum.media.internal.live.SegmentFiles.Lengths;
import lyceum.platform.Failure;

/**
 * Starts the ffmpegs of this instance. Only so many encode pictures at once, because each of those can fill a processor; to
 * copy costs next to nothing and is bound by the number of channels alone. Lives on one context.
 */
final class LiveProcesses {

    /** What is encoded has its size from ffmpeg; and a key frame that is a little early for it ends no segment. */
    private static final int SPARE_FRAGMENTS = 2;

    private final Workshop shop;
    private int encodes;

    LiveProcesses(Workshop shop) {
        this.shop = shop;
    }

    /** @return how many encode pictures now */
    int encodes() {
        return encodes;
    }

    /**
     * Starts one that makes the files of a channel.
     *
     * @param prefix of the names of DASH's segments
     * @return the running child; or BUSY where too many encode
     */
    Future<LiveProcess> start(Channel channel, Kind kind, Encodes encoded, boolean hasVideo, String prefix) {
        boolean isEncode = encoded.video();
        if (isEncode && encodes >= shop.config().encodes()) {
            shop.metrics().tooManyEncodes.increment();
            return Future.failedFuture(
                    new Failure(Failure.Kind.BUSY, "too much video is being encoded; publish H.264 with yuv420p"));
        }
        encodes += isEncode ? 1 : 0;
        int seconds = (int) shop.config().dashFragment().toSeconds();
        SegmentFiles files = channel.files(hasVideo, Lengths.of(shop.config(), kind));
        return start(channel, files, LiveProgram.publish(kind, encoded, seconds, prefix))
                .onComplete(begun -> {
                    Future<?> over = begun.succeeded() ? begun.result().ended() : Future.succeededFuture();
                    over.onComplete(ended -> encodes -= isEncode ? 1 : 0);
                });
    }

    private Future<LiveProcess> start(Channel channel, SegmentFiles files, List<String> arguments) {
        return shop.studio()
                .builder()
                .apply(channel.dash())
                .compose(scene -> shop.workers()
                        .executeBlocking(() -> start(scene, arguments, channel.dash()), false)
                        .recover(error -> strike(scene, error))
                        .map(process ->
                                LiveProcess.of(shop.vertx(), shop.workers(), scene, process, files, channel.name())));
    }

    private Process start(Studio.Scene scene, List<String> arguments, Path directory) throws IOException {
        return LiveProgram.start(
                scene, arguments, directory, SPARE_FRAGMENTS * shop.config().fragmentBytes());
    }

    /** What was built for a program that does not start has nobody who would end it. */
    private static Future<Process> strike(Studio.Scene scene, Throwable error) {
        return scene.strike().get().transform(struck -> Future.failedFuture(error));
    }
}
