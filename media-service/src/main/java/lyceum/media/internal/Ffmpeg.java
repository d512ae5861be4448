package lyceum.media.internal;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lyceum.media.internal.Runner.Exit;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs ffmpeg on the files of one job, which are named relative to its directory, and tells what its ends mean. */
final class Ffmpeg {

    private static final Logger LOG = LoggerFactory.getLogger(Ffmpeg.class);

    /** Ends that say nothing about the input: not found, not executable, killed for want of memory. */
    private static final Set<Integer> BROKEN = Set.of(126, 127, 128 + 9);

    private static final int CPU_TIME_EXCEEDED = 128 + 24;
    private static final int FILE_SIZE_EXCEEDED = 128 + 25;
    private static final List<String> QUIETLY =
            List.of("-nostdin", "-hide_banner", "-nostats", "-y", "-loglevel", "info");

    private final Runner runner;

    Ffmpeg(Runner runner) {
        this.runner = runner;
    }

    /** @return how it ended; UNAVAILABLE where that says nothing about the input, INVALID where its output is too large */
    Future<Exit> run(List<String> arguments) {
        return runner.run(quietly(arguments)).map(Ffmpeg::meant);
    }

    /** @param output the file that gets what it prints on standard output */
    Future<Exit> run(List<String> arguments, String output) {
        return runner.run(quietly(arguments), output).map(Ffmpeg::meant);
    }

    private static List<String> quietly(List<String> arguments) {
        List<String> all = new ArrayList<>(QUIETLY);
        all.addAll(arguments);
        return all;
    }

    private static Exit meant(Exit exit) {
        if (exit.status() == CPU_TIME_EXCEEDED) {
            throw Runner.TOO_LONG;
        }
        if (exit.status() == FILE_SIZE_EXCEEDED) {
            throw Workbench.TOO_LARGE;
        }
        if (BROKEN.contains(exit.status()) || exit.log().contains("No space left on device")) {
            LOG.warn("ffmpeg failed: status={} {}", exit.status(), exit.lastWords());
            throw new Failure(Kind.UNAVAILABLE, "ffmpeg failed");
        }
        LOG.debug("ffmpeg ended: status={} {}", exit.status(), exit.lastWords());
        return exit;
    }

    /** @return arguments that let it read one kind of file only, and no address */
    static List<String> reading(String demuxer, String demuxers, String codecs) {
        return List.of(
                "-protocol_whitelist",
                "file",
                "-format_whitelist",
                demuxers,
                "-codec_whitelist",
                codecs,
                "-f",
                demuxer);
    }
}
