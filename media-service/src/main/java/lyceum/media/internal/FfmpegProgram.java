package lyceum.media.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import lyceum.media.MediaService.Engine;
import lyceum.media.internal.Runner.Exit;
import lyceum.platform.Failure;
import lyceum.platform.Settings;
import lyceum.platform.embedded.Bundle;

/**
 * The ffmpeg that was found at the start: the one that is set, else the system's, else the one in the class path, each
 * with the best {@link Walls} that the kernel allows.
 *
 * @param path of the program; null where there is none
 * @param walls around its runs
 * @param skeleton of the rooms it runs in
 * @param engine what is told about it
 */
record FfmpegProgram(Path path, Walls walls, Skeleton skeleton, Engine engine) {

    private static final String OF_SYSTEM = "ffmpeg";
    private static final String RESOURCE = "/ws/schild/jave/nativebin/ffmpeg-amd64";
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(20);
    private static final long PROBE_BYTES = 1 << 20;
    private static final Failure PROBED = Failure.notFound("the probe is over");
    private static final Pattern VERSION = Pattern.compile("^(ffmpeg version \\S+)");

    /**
     * @param directory gets the skeleton, and what probes write
     * @return the first that tells its version; never fails
     */
    static Future<FfmpegProgram> find(Vertx vertx, FfmpegConfig config, Path directory) {
        return vertx.executeBlocking(() -> Skeleton.in(directory))
                .compose(skeleton -> find(vertx, config, directory, skeleton))
                .recover(error -> Future.succeededFuture(none(error)));
    }

    private static Future<FfmpegProgram> find(Vertx vertx, FfmpegConfig config, Path directory, Skeleton skeleton) {
        Future<FfmpegProgram> found = Future.failedFuture("nothing tried");
        for (String program : config.program().map(List::of).orElse(List.of(OF_SYSTEM, Settings.BUNDLED))) {
            for (Walls walls : Walls.values()) {
                found = found.recover(before -> vertx.executeBlocking(() -> path(config, program), false)
                        .map(path -> new FfmpegProgram(path, walls, skeleton, null))
                        .compose(candidate -> candidate.probed(vertx, directory)));
            }
        }
        return found;
    }

    private static Path path(FfmpegConfig config, String program) {
        if (program.equals(Settings.BUNDLED)) {
            // 74 MiB, once.
            return Bundle.program(
                    RESOURCE, config.programDirectory().resolve("ffmpeg-4.4.1").resolve(OF_SYSTEM));
        }
        return Stream.of(System.getenv("PATH").split(":"))
                .map(directory -> Path.of(directory).resolve(program))
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(program + " is no program here"));
    }

    private Future<FfmpegProgram> probed(Vertx vertx, Path directory) {
        RunLimits limits = RunLimits.oneThread(PROBE_LIMIT, PROBE_BYTES);
        Runner runner = new Runner(vertx, directory, Room.open(vertx, this, directory), limits);
        return runner.run(List.of("-version"))
                .eventually(() -> runner.stop(PROBED))
                .map(this::told);
    }

    private FfmpegProgram told(Exit exit) {
        Matcher version = VERSION.matcher(exit.log());
        if (exit.status() != 0 || !version.find()) {
            throw new IllegalStateException(path + " does not run here: " + exit.lastWords());
        }
        Engine told = new Engine(true, version.group(1) + ", " + walls.text());
        return new FfmpegProgram(path, walls, skeleton, told);
    }

    private static FfmpegProgram none(Throwable error) {
        Engine missing = new Engine(false, "no ffmpeg; set LYCEUM_FFMPEG (" + error.getMessage() + ")");
        return new FfmpegProgram(null, Walls.NONE, null, missing);
    }
}
