package lyceum.media.internal.live;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Where the programs of live video run: behind the walls that media-service has for all of them.
 *
 * @param isUsable whether there is an ffmpeg
 * @param builder builds a scene around a directory, the only one that can be written there
 */
public record Studio(boolean isUsable, Function<Path, Future<Scene>> builder) {

    /**
     * One scene, for one program.
     *
     * @param command how ffmpeg is called there; its working directory is that of the scene
     * @param strike ends all that runs there
     */
    public record Scene(List<String> command, Supplier<Future<Void>> strike) {}
}
