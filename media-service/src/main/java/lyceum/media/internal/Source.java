package lyceum.media.internal;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import lyceum.media.internal.Runner.Exit;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/**
 * What work is made of: one input that was read once from its beginning to its end, packet by packet, so that its length
 * is known whatever its header says.
 *
 * @param container its format, by its first bytes
 * @param durationMillis its length
 * @param hasSound whether there is a track of sound
 * @param hasPictures whether there is a track of pictures
 */
record Source(Container container, long durationMillis, boolean hasSound, boolean hasPictures) {

    static final Failure UNREADABLE = new Failure(Kind.UNPROCESSABLE, "the file cannot be read");

    private static final Failure UNKNOWN = new Failure(
            Kind.UNPROCESSABLE,
            "the file is of no kind that is read here: Matroska, WebM, Ogg, WAV, FLAC," + " MP3, MP4 or FLV");

    /** Decoders that are known to be careful, and that browsers, cameras and phones encode for. */
    private static final String CODECS =
            "opus,vorbis,flac,mp2,mp2float,mp3,mp3float,aac,pcm_u8,pcm_s16le,pcm_s24le,pcm_s32le,pcm_f32le,"
                    + "h264,hevc,vp8,vp9,mjpeg";

    private static final Pattern SOUND = Pattern.compile("^ *Stream #0:\\d.*: Audio: ", Pattern.MULTILINE);
    private static final Pattern PICTURES = Pattern.compile("^ *Stream #0:\\d.*: Video: ", Pattern.MULTILINE);

    /**
     * @param longest above which it is refused
     * @return input 0 of a job, or UNPROCESSABLE where it cannot be read or is too long
     */
    static Future<Source> measured(JobFiles files, Progress progress, Duration longest) {
        return files.read(JobFiles.inputName(0), 0, Container.MAGIC_BYTES)
                .map(Container::of)
                .compose(container -> container
                        .map(known -> measured(known, progress, longest))
                        .orElseGet(() -> Future.failedFuture(UNKNOWN)));
    }

    private static Future<Source> measured(Container container, Progress progress, Duration longest) {
        List<String> arguments = new ArrayList<>(reading(container));
        arguments.addAll(List.of("-map", "0:a?", "-map", "0:v?", "-c", "copy", "-f", "null", "-"));
        return progress.run(arguments, 0, fraction -> {})
                .compose(exit -> exit.status() == 0
                        ? progress.reachedMillis().map(reached -> of(container, exit, reached))
                        : Future.failedFuture(UNREADABLE))
                .map(source -> source.within(longest));
    }

    private static Source of(Container container, Exit exit, OptionalLong reachedMillis) {
        String inputs = exit.log().split("\nOutput #0", 2)[0];
        Source source = new Source(
                container,
                reachedMillis.orElseThrow(() -> UNREADABLE),
                SOUND.matcher(inputs).find(),
                PICTURES.matcher(inputs).find());
        if (!source.hasSound && !source.hasPictures) {
            throw UNREADABLE;
        }
        return source;
    }

    private Source within(Duration longest) {
        if (durationMillis > longest.toMillis()) {
            String text = "the file is longer than %d minutes".formatted(longest.toMinutes());
            throw new Failure(Kind.UNPROCESSABLE, text);
        }
        return this;
    }

    /** @return itself, or UNPROCESSABLE where there is no sound in it */
    Source withSound() {
        if (!hasSound) {
            throw new Failure(Kind.UNPROCESSABLE, "there is no sound in the file");
        }
        return this;
    }

    /** @return itself, or UNPROCESSABLE where there are no pictures in it */
    Source withPictures() {
        if (!hasPictures) {
            throw new Failure(Kind.UNPROCESSABLE, "there are no pictures in the file");
        }
        return this;
    }

    /** @return arguments that let ffmpeg read it, and nothing else */
    List<String> reading() {
        return reading(container);
    }

    private static List<String> reading(Container container) {
        List<String> arguments = new ArrayList<>(Ffmpeg.reading(container.demuxer(), container.demuxer(), CODECS));
        arguments.addAll(List.of("-i", "file:" + JobFiles.inputName(0)));
        return arguments;
    }
}
