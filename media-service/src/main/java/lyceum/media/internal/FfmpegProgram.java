package lyceum.media.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lyceum.media.MediaService.Engine;
import lyceum.media.internal.Runner.Exit;
import lyceum.platform.embedded.Bundle;

/**
 * The ffmpeg that was found at the start: the one that is set, else the system's, else the one in the class path. Where
 * the kernel allows it, it runs in a user and a network namespace of its own: without network and without any power of
 * root, while the files of a job remain its own.
 *
 * @param command how it is called; empty where there is none
 * @param engine what is told about it
 */
record FfmpegProgram(List<String> command, Engine engine) {

    private static final String BUNDLED = "bundled";
    private static final String OF_SYSTEM = "ffmpeg";
    private static final String RESOURCE = "/ws/schild/jave/nativebin/ffmpeg-amd64";
    private static final List<String> WALLS = List.of("unshare", "-U", "-n", "--");
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(20);
    private static final long PROBE_BYTES = 1 << 20;
    private static final Pattern VERSION = Pattern.compile("^(ffmpeg version \\S+)");

    /** @return the first that tells its version, with walls or else without; never fails */
    static Future<FfmpegProgram> find(Vertx vertx, FfmpegConfig config, Path directory) {
        Future<FfmpegProgram> found = Future.failedFuture("nothing tried");
        for (String program : config.program().map(List::of).orElse(List.of(OF_SYSTEM, BUNDLED))) {
            for (List<String> walls : List.of(WALLS, List.<String>of())) {
                found = found.recover(before -> path(vertx, config, program)
                        .compose(path -> probe(new Runner(vertx, directory, PROBE_LIMIT, PROBE_BYTES), walls, path)));
            }
        }
        return found.recover(error -> Future.succeededFuture(none(error)));
    }

    private static Future<String> path(Vertx vertx, FfmpegConfig config, String program) {
        return program.equals(BUNDLED)
                ? vertx.executeBlocking(() -> unpack(config.programDirectory()), false)
                : Future.succeededFuture(program);
    }

    /** Unpacks 74 MiB, once. */
    private static String unpack(Path programs) {
        return Bundle.program(RESOURCE, programs.resolve("ffmpeg-4.4.1").resolve(OF_SYSTEM))
                .toString();
    }

    private static Future<FfmpegProgram> probe(Runner runner, List<String> walls, String path) {
        List<String> command = new ArrayList<>(walls);
        command.add(path);
        List<String> question = new ArrayList<>(command);
        question.add("-version");
        return runner.run(question).map(exit -> new FfmpegProgram(command, engine(command, walls, exit)));
    }

    private static Engine engine(List<String> command, List<String> walls, Exit exit) {
        Matcher version = VERSION.matcher(exit.log());
        if (exit.status() != 0 || !version.find()) {
            throw new IllegalStateException(String.join(" ", command) + " does not run here: " + exit.lastWords());
        }
        return new Engine(true, version.group(1) + (walls.isEmpty() ? ", with the network in reach" : ""));
    }

    private static FfmpegProgram none(Throwable error) {
        Engine missing = new Engine(false, "no ffmpeg; set LYCEUM_FFMPEG (" + error.getMessage() + ")");
        return new FfmpegProgram(List.of(), missing);
    }
}
