package lyceum.media.internal;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import lyceum.media.MediaService.Segment;
import lyceum.platform.Failure;

/** The two operations, on the files of one job. One run of ffmpeg follows the other; all that is made has one bound. */
final class Workbench {

    static final Failure UNDECODABLE = Failure.invalid("audio_blobs could not be decoded");
    static final Failure TOO_LARGE = Failure.invalid("the sound is too large");

    private static final String LIST = "list";

    private final JobFiles files;
    private final SoundCutter cutter;
    private final long limitBytes;

    /** @param limitBytes of all files that one step makes */
    Workbench(JobFiles files, SoundCutter cutter, long limitBytes) {
        this.files = files;
        this.cutter = cutter;
        this.limitBytes = limitBytes;
    }

    /** @return a file for each input; not readable where the input is not */
    Future<List<Product>> repair(int inputs) {
        return sounds(inputs).map(Workbench::products);
    }

    private Future<List<SoundFile>> sounds(int inputs) {
        return files.closeInput().compose(closed -> inOrder(inputs, this::repair));
    }

    private static List<Product> products(List<SoundFile> sounds) {
        return sounds.stream()
                .map(sound -> new Product(sound.name(), "audio/webm", sound.sizeBytes()))
                .toList();
    }

    /** @return a file for each segment */
    Future<List<Product>> split(int inputs, List<Segment> segments) {
        if (inputs == 0 && segments.isEmpty()) {
            return Future.succeededFuture(List.of());
        }
        return sounds(inputs)
                .compose(sounds -> files.write(LIST, joined(sounds)).map(listed -> isSeekable(sounds)))
                .compose(isSeekable ->
                        inOrder(segments.size(), (i, left) -> cut(isSeekable, segments.get(i), "segment" + i, left)))
                .map(Workbench::products);
    }

    private Future<SoundFile> repair(int input, long leftBytes) {
        String recording = JobFiles.inputName(input);
        String result = "sound" + input + ".webm";
        return files.read(recording, 0, Container.MAGIC_BYTES)
                .compose(magic -> Container.of(magic)
                        .filter(Container::isOfRecorders)
                        .map(container -> cutter.repair(recording, container, result, leftBytes))
                        .orElse(Future.succeededFuture("")))
                .compose(codec ->
                        codec.isEmpty() ? Future.succeededFuture(SoundFile.unreadable(result)) : sound(result, codec))
                .compose(sound -> files.delete(recording).map(sound));
    }

    private Future<SoundFile> sound(String result, String codec) {
        return files.read(result, 0, WebmHeader.BYTES)
                .map(WebmHeader::durationMicros)
                .compose(duration -> files.sizeBytes(result).map(size -> new SoundFile(result, codec, size, duration)));
    }

    private Future<SoundFile> cut(boolean isSeekable, Segment segment, String name, long leftBytes) {
        String result = name + ".webm";
        return cutter.cut(LIST, isSeekable, segment, result, leftBytes)
                .compose(done -> files.sizeBytes(result))
                .map(size -> new SoundFile(result, "", size, OptionalLong.empty()));
    }

    /** Packets of different codecs in one file would be noise, so only one kind is joined. */
    private static String joined(List<SoundFile> sounds) {
        boolean readable = sounds.stream().allMatch(SoundFile::readable);
        if (!readable || sounds.stream().map(SoundFile::codec).distinct().count() != 1) {
            throw UNDECODABLE;
        }
        return sounds.stream().map(Workbench::listed).collect(Collectors.joining());
    }

    /** Where the list has all lengths, ffmpeg can seek in it. */
    private static boolean isSeekable(List<SoundFile> sounds) {
        return sounds.stream().allMatch(sound -> sound.durationMicros().isPresent());
    }

    private static String listed(SoundFile sound) {
        String file = "file " + sound.name() + "\n";
        return sound.durationMicros().isPresent()
                ? file + "duration "
                        + SoundCutter.exactSeconds(sound.durationMicros().getAsLong()) + "\n"
                : file;
    }

    /** @param step given a number and how many bytes may still be made */
    private Future<List<SoundFile>> inOrder(int count, BiFunction<Integer, Long, Future<SoundFile>> step) {
        Future<List<SoundFile>> all = Future.succeededFuture(List.of());
        for (int i = 0; i < count; i++) {
            int number = i;
            all = all.compose(
                    done -> step.apply(number, limitBytes - bytes(done)).map(next -> with(done, next)));
        }
        return all;
    }

    /** ffmpeg stops at its limit without a word: a file that has reached it is cut off. */
    private List<SoundFile> with(List<SoundFile> done, SoundFile next) {
        List<SoundFile> all = new ArrayList<>(done);
        all.add(next);
        if (bytes(all) >= limitBytes) {
            throw TOO_LARGE;
        }
        return all;
    }

    private static long bytes(List<SoundFile> files) {
        return files.stream().mapToLong(SoundFile::sizeBytes).sum();
    }
}
