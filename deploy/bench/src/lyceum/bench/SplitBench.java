package lyceum.bench;

import java.io.IOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A recording of ten minutes cut over HTTP, against the same ffmpeg with the same arguments on a file that is there. */
public final class SplitBench {

    private static final int MINUTES = 10;
    private static final int SEGMENT_SECONDS = 30;
    private static final int WARM_SPLITS = 6;
    private static final int ROUNDS = 5;
    private static final int SPLITS = 6;

    private final Http http;
    private final Path directory;
    private final String ffmpeg;

    private SplitBench(Suite suite) {
        this.http = new Http(suite.httpPort());
        this.directory = suite.temporary();
        this.ffmpeg = suite.data().resolve("programs/ffmpeg-4.4.1/ffmpeg").toString();
    }

    /** Starts the suite, cuts in turn, prints the medians of the rounds. */
    public static void main(String[] words) throws Exception {
        try (Suite suite = Suite.start(Map.of("LYCEUM_FFMPEG", "bundled"))) {
            SplitBench bench = new SplitBench(suite);
            bench.compare(1);
            bench.compare(4);
        }
    }

    private void compare(int segments) throws Exception {
        Path recording = record();
        String form = form(recording, segments);
        Callable<?> split = () -> http.form("POST", "/audio/split", BodyPublishers.ofString(form));
        Callable<?> bare = () -> cut(recording, segments);
        Rounds.one(split, WARM_SPLITS, 1);
        List<Times> ours = new ArrayList<>();
        List<Times> theirs = new ArrayList<>();
        for (int i = 0; i < ROUNDS; i++) {
            ours.add(Rounds.one(split, SPLITS, 1));
            theirs.add(Rounds.one(bare, SPLITS, 1));
        }
        System.out.printf(
                "Split of %d minutes (%.1f MB of Opus) into %d segment(s) of %d s: medians of %d interleaved rounds of %d%n%n",
                MINUTES, Files.size(recording) / 1e6, segments, SEGMENT_SECONDS, ROUNDS, SPLITS);
        Table.head("what", "p50 ms", "p99 ms");
        row("POST /audio/split", ours);
        row("bare ffmpeg, same arguments", theirs);
        Table.row(
                "**ratio**",
                Times.median(ours, times -> times.millis(50)) / Times.median(theirs, times -> times.millis(50)),
                Times.median(ours, times -> times.millis(99)) / Times.median(theirs, times -> times.millis(99)));
        System.out.println();
    }

    private static void row(String what, List<Times> rounds) {
        Table.row(
                what,
                Times.median(rounds, times -> times.millis(50)),
                Times.median(rounds, times -> times.millis(99)));
    }

    /** As a browser's recorder writes it: live, without duration and index. */
    private Path record() throws IOException, InterruptedException {
        Path file = directory.resolve("recording.webm");
        run("-f", "lavfi", "-i", "sine=300:d=" + 60 * MINUTES, "-c:a", "libopus", "-b:a", "64k", "-live", "1", "-f", "webm",
                file.toString());
        return file;
    }

    private static String form(Path recording, int segments) throws IOException {
        String times = IntStream.range(0, segments)
                .mapToObj(i -> "[%d,%d]".formatted(startSeconds(i) * 1_000, (startSeconds(i) + SEGMENT_SECONDS) * 1_000))
                .collect(Collectors.joining(",", "[", "]"));
        String blobs = "[\"data:audio/webm;base64," + Base64.getEncoder().encodeToString(Files.readAllBytes(recording))
                + "\"]";
        return "segments=" + URLEncoder.encode(times, StandardCharsets.UTF_8) + "&audio_blobs="
                + URLEncoder.encode(blobs, StandardCharsets.UTF_8);
    }

    private static int startSeconds(int segment) {
        return 60 + segment * 120;
    }

    private Void cut(Path recording, int segments) throws IOException, InterruptedException {
        Path fixed = directory.resolve("fixed.webm");
        run("-f", "matroska", "-i", recording.toString(), "-map", "0:a:0", "-c:a", "copy", "-f", "webm", fixed.toString());
        for (int i = 0; i < segments; i++) {
            run("-f", "matroska", "-i", fixed.toString(), "-ss", "" + startSeconds(i), "-t", "" + SEGMENT_SECONDS, "-map",
                    "0:a:0", "-c:a", "copy", "-f", "webm", directory.resolve("cut.webm").toString());
        }
        return null;
    }

    private void run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(ffmpeg, "-nostdin", "-y", "-loglevel", "error", "-threads", "1"));
        command.addAll(List.of(arguments));
        if (new ProcessBuilder(command).inheritIO().start().waitFor() != 0) {
            throw new IOException("ffmpeg failed: " + command);
        }
    }
}
