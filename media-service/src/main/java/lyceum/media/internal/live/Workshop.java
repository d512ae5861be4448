package lyceum.media.internal.live;

import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.nio.file.Path;
import java.time.InstantSource;
import lyceum.platform.Bus;

/**
 * What live video of one instance is made with.
 *
 * @param workers where files and children may block
 * @param instance unique in the cluster
 * @param directory gets the files of channels
 */
record Workshop(
        Vertx vertx,
        Bus bus,
        WorkerExecutor workers,
        LiveConfig config,
        Studio studio,
        String instance,
        Path directory,
        InstantSource clock,
        LiveMetrics metrics) {}
