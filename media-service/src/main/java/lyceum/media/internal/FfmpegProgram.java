package lyceum.media.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lyceum.media.MediaService.Engine;
import lyceum.media.internal.Runner.Exit;
import lyceum.platform.embedded.Bundle;

/**
 * The ffmpeg that was found at the start: the one that is set, else the system's, else the one in the class path.
 *
 * @param path how it is called; empty where there is none
 * @param engine what is told about it
 */
record FfmpegProgram(String path, Engine engine) {

    private static final String BUNDLED = "bundled";
    private static final String OF_SYSTEM = "ffmpeg";
    private static final String RESOURCE = "/ws/schild/jave/nativebin/ffmpeg-amd64";
    private static final Duration PROBE_LIMIT = Duration.ofSeconds(20);
    private static final long PROBE_BYTES = 1 << 20;
    private static final Pattern VERSION = Pattern.compile("^(ffmpeg version \\S+)");

    /** @return the first that tells its version; never fails */
    static Future<FfmpegProgram> find(Vertx vertx, FfmpegConfig config, Path directory) {
        List<String> candidates = config.program().map(List::of).orElse(List.of(OF_SYSTEM, BUNDLED));
        Future<FfmpegProgram> found = Future.failedFuture("nothing tried");
        for (String candidate : candidates) {
            found = found.recover(before -> candidate(vertx, config, candidate)
                    .compose(path -> probe(new Runner(vertx, directory, PROBE_LIMIT, PROBE_BYTES), path)));
        }
        return found.recover(error -> Future.succeededFuture(none(error)));
    }

    private static Future<String> candidate(Vertx vertx, FfmpegConfig config, String name) {
        return name.equals(BUNDLED)
                ? vertx.executeBlocking(() -> unpack(config.programDirectory()), false)
                : Future.succeededFuture(name);
    }

    /** Unpacks 74 MiB, once. */
    private static String unpack(Path programs) throws UncheckedIOException {
        return Bundle.program(RESOURCE, programs.resolve("ffmpeg-4.4.1").resolve(OF_SYSTEM))
                .toString();
    }

    private static Future<FfmpegProgram> probe(Runner runner, String path) {
        return runner.run(List.of(path, "-version")).map(exit -> found(path, exit));
    }

    private static FfmpegProgram found(String path, Exit exit) {
        Matcher version = VERSION.matcher(exit.log());
        if (exit.status() != 0 || !version.find()) {
            throw new IllegalStateException("%s does not run here: %s".formatted(path, exit.lastWords()));
        }
        return new FfmpegProgram(path, new Engine(true, version.group(1)));
    }

    private static FfmpegProgram none(Throwable error) {
        return new FfmpegProgram("", new Engine(false, "no ffmpeg; set LYCEUM_FFMPEG (" + error.getMessage() + ")"));
    }
}
