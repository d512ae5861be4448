package lyceum.stream.internal;

import io.vertx.redis.client.Command;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lyceum.stream.RecordingService;
import lyceum.stream.RecordingService.RecordingStarted;
import lyceum.stream.RecordingService.RecordingStopped;
import lyceum.stream.RecordingService.StartRecording;
import lyceum.stream.RecordingService.StopRecording;
import lyceum.stream.internal.archive.LocalRecordings;
import lyceum.stream.internal.archive.StoredEntries;
import org.awaitility.Awaitility;

/** A service that records, and what lies in its directory. */
record TestRecording(TestStream stream, Path root, Facts<RecordingStarted> started, Facts<RecordingStopped> stopped)
        implements AutoCloseable {

    TestRecording(TestStream stream, Path root) {
        this(
                stream,
                root,
                new Facts<>(stream.bus, RecordingService.STARTED),
                new Facts<>(stream.bus, RecordingService.STOPPED));
    }

    /** Starts a recording and waits until it is recorded. */
    void begin(String name) {
        int before = started.heard().size();
        stream.recordings.startRecording(new StartRecording(name)).await();
        started.await(before + 1);
    }

    /** Stops the recording and waits until it is whole. */
    RecordingStopped end() {
        int before = stopped.heard().size();
        // One of two instances may not have found back to Redis yet.
        Awaitility.await()
                .ignoreExceptions()
                .until(() -> stream.recordings
                        .stopRecording(new StopRecording())
                        .map(true)
                        .await());
        return stopped.await(before + 1).get(before);
    }

    /** Somebody who knows nothing of us appends entries. */
    List<String> add(String name, String... payloads) {
        return Stream.of(payloads)
                .map(payload ->
                        stream.redis(Command.XADD, name, "*", "d", payload).toString())
                .toList();
    }

    /** @return payloads of what is recorded */
    List<String> recorded(String recording, String name) {
        return StoredEntries.read(new LocalRecordings(stream.vertx, root, 1), recording, name).stream()
                .map(entry -> entry.substring(entry.indexOf(' ') + 1))
                .toList();
    }

    /** @return payloads that are easily told from each other */
    static String[] numbered(String prefix, int from, int to) {
        return IntStream.range(from, to)
                .mapToObj(i -> String.format(Locale.ROOT, "%s%05d", prefix, i))
                .toArray(String[]::new);
    }

    /** @return everything in the directory */
    List<String> files() {
        if (!Files.exists(root)) {
            return List.of();
        }
        try (Stream<Path> all = Files.walk(root)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** @return how many files a stream has */
    long chunks(String recording, String name) {
        return files().stream()
                .filter(file -> file.startsWith("raw/%s/%s/".formatted(recording, name)))
                .count();
    }

    double counted(String meter) {
        return stream.meters.get("lyceum.recorder." + meter).counter().count();
    }

    @Override
    public void close() {
        stream.close();
    }
}
