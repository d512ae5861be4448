package lyceum.media.internal;

import io.vertx.core.Future;
import java.util.List;

/** A film of pictures that came at any time: 24 a second, repeated to keep time (stream contract, section 4.4). */
record FilmWork() implements Work {

    private static final String RESULT = "film.mp4";

    /** Half the colours need an even number of rows and columns. */
    private static final List<String> ENCODING = List.of(
            "-map",
            "0:v:0",
            "-an",
            "-vf",
            "pad=ceil(iw/2)*2:ceil(ih/2)*2",
            "-vsync",
            "cfr",
            "-r",
            "24",
            "-c:v",
            "libx264",
            "-preset",
            "veryfast",
            "-crf",
            "23",
            "-pix_fmt",
            "yuv420p",
            "-movflags",
            "+faststart",
            "-f",
            "mp4",
            "file:" + RESULT);

    @Override
    public Future<List<Product>> make(Workplace place) {
        place.source().withPictures();
        return place.encode(ENCODING, place.meter())
                .compose(done -> place.product(RESULT, "video/mp4"))
                .map(List::of);
    }
}
