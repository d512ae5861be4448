package lyceum.media.internal;

import io.vertx.core.Future;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The operator's own program. It is trusted, so it runs outside of the room, with as much memory as it takes; what it reads
 * was encoded by us.
 *
 * @param command of the shell
 */
record TranscriptCommand(String command) implements Transcriber {

    private static final Logger LOG = LoggerFactory.getLogger(TranscriptCommand.class);

    @Override
    public Future<Void> write(Workplace place, String wav, String language, String result) {
        return place.outside()
                .run(List.of("/bin/sh", "-c", command, "transcript", wav, language), result)
                .compose(exit -> {
                    if (exit.status() == 0) {
                        return Future.succeededFuture();
                    }
                    LOG.warn("the transcript command ended with status={} {}", exit.status(), exit.lastWords());
                    return Future.failedFuture(new Failure(Kind.UNAVAILABLE, "the transcript could not be written"));
                });
    }
}
