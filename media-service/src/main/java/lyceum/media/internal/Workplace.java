package lyceum.media.internal;

import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import lyceum.media.internal.Runner.Exit;

/**
 * Where one work is done.
 *
 * @param files of the job
 * @param source what it is made of
 * @param progress runs ffmpeg
 * @param outside runs programs of the operator's own
 * @param stopped when the work is no longer wanted
 * @param meter of the whole work
 * @param limitBytes of each file that is made
 */
record Workplace(
        JobFiles files,
        Source source,
        Progress progress,
        Runner outside,
        Future<Void> stopped,
        Meter meter,
        long limitBytes) {

    /**
     * Runs ffmpeg from the source to one file, or to nothing.
     *
     * @param arguments that say what is made, with the name of the file at the end
     * @param part told how far this run has come
     * @return how it ended, well; or UNPROCESSABLE
     */
    Future<Exit> encode(List<String> arguments, Meter part) {
        return encode(List.of(), arguments, part);
    }

    /** @param before what stands before the input */
    Future<Exit> encode(List<String> before, List<String> arguments, Meter part) {
        List<String> all = new ArrayList<>(before);
        all.addAll(source.reading());
        all.addAll(List.of("-map_metadata", "-1", "-map_chapters", "-1", "-sn", "-dn"));
        all.addAll(List.of("-fs", Long.toString(limitBytes)));
        all.addAll(arguments);
        return progress.run(all, source.durationMillis(), part)
                .compose(exit ->
                        exit.status() == 0 ? Future.succeededFuture(exit) : Future.failedFuture(Source.UNREADABLE));
    }

    /** @return a file that was made; INVALID where it has reached its limit, because it is cut off there */
    Future<Product> product(String name, String mediaType) {
        return files.sizeBytes(name).map(sizeBytes -> {
            if (sizeBytes >= limitBytes) {
                throw Workbench.TOO_LARGE;
            }
            return new Product(name, mediaType, sizeBytes);
        });
    }

    /** @return the place of a file of the job on this machine */
    Path path(String name) {
        return files.directory().resolve(name);
    }
}
