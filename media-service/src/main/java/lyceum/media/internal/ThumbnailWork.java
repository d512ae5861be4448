package lyceum.media.internal;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/**
 * One picture out of a film.
 *
 * @param atMillis of the film; the last picture where there is none any more
 * @param widthPixels of the result; the height keeps the shape
 */
record ThumbnailWork(long atMillis, int widthPixels) implements Work {

    private static final String RESULT = "thumbnail.jpg";
    /** Pictures of a film that hardly moves may be so far apart. */
    private static final long LAST_MILLIS = 10_000;

    @Override
    public Future<List<Product>> make(Workplace place) {
        place.source().withPictures();
        long durationMillis = place.source().durationMillis();
        Future<Product> taken = atMillis < durationMillis
                ? take(place, atMillis, List.of("-frames:v", "1")).recover(none -> last(place))
                : last(place);
        return taken.map(List::of);
    }

    /** Every picture of the end overwrites the one before. */
    private Future<Product> last(Workplace place) {
        long fromMillis = Math.max(0, place.source().durationMillis() - LAST_MILLIS);
        return take(place, fromMillis, List.of()).recover(none -> take(place, 0, List.of()));
    }

    private Future<Product> take(Workplace place, long fromMillis, List<String> which) {
        List<String> arguments = new ArrayList<>(List.of("-map", "0:v:0", "-an"));
        arguments.addAll(which);
        arguments.addAll(List.of("-vf", "scale=%d:-2".formatted(widthPixels), "-c:v", "mjpeg", "-q:v", "4"));
        arguments.addAll(List.of("-pix_fmt", "yuvj420p", "-update", "1", "-f", "image2", "file:" + RESULT));
        return place.encode(List.of("-ss", SoundCutter.seconds(fromMillis)), arguments, place.meter())
                .compose(done -> place.product(RESULT, "image/jpeg"))
                .recover(error -> Future.failedFuture(Source.UNREADABLE));
    }
}
