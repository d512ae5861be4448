package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.RecordingService.OpenReplay;
import lyceum.stream.ReplaySession;
import lyceum.stream.ReplaySession.CloseReplay;
import lyceum.stream.ReplaySession.Progress;
import lyceum.stream.ReplaySession.ReadReplay;
import lyceum.stream.ReplaySession.ReplayEvent;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.OpenedSession;
import lyceum.stream.internal.archive.LocalRecordings;
import lyceum.stream.internal.archive.StoredEntries;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replays of recordings of the original; some cases are those of fixtures/stream/recordings.json. */
class ReplaySessionsTest {

    @TempDir
    Path root;

    private TestStream stream;

    @BeforeEach
    void start() throws IOException {
        RecordedTree.write(root);
        stream = new TestStream(TestStream.recording(root, "LYCEUM_REPLAYS", "2", "LYCEUM_REPLAY_MEMORY", "300KiB"));
    }

    @AfterEach
    void stop() {
        stream.close();
    }

    @Test
    void replaysAtFullSpeedAsTheOriginal() {
        OpenedSession session = open("rec1", "rp:", true, 1000, "main");

        assertThat(stream.nextOfReplay(session))
                .isEqualTo(new ReplayEvent(
                        ReplaySession.Kind.PROGRESS,
                        new Progress(
                                Map.of("main", 5L),
                                List.of(),
                                Map.of("main", 0.4),
                                Map.of("main", 0.40000009536743164))));
        assertThat(stream.nextOfReplay(session))
                .isEqualTo(new ReplayEvent(
                        ReplaySession.Kind.LAST,
                        new Progress(Map.of(), List.of(), Map.of("main", 0.4), Map.of("main", 0.40000009536743164))));
        assertThat(payloads("rp:main")).containsExactly("a0", "a1", "a2", "a3", "a4");
        assertFails(Kind.NOT_FOUND, read(session));
    }

    @Test
    void replaysTwoStreamsInTheirOwnTimeAsTheOriginal() {
        OpenedSession session = open("rec1", "rq:", false, 1000, "main", "eye");

        assertThat(stream.nextOfReplay(session).progress())
                .isEqualTo(new Progress(
                        Map.of("main", 5L, "eye", 2L),
                        List.of(),
                        Map.of("main", 0.4, "eye", 0.3),
                        Map.of("main", 0.40000009536743164, "eye", 0.2999999523162842)));
        assertThat(stream.nextOfReplay(session).kind()).isEqualTo(ReplaySession.Kind.LAST);
        assertThat(payloads("rq:eye")).hasSize(2);
    }

    @Test
    void keepsStreamsAsFarFromEachOtherAsTheyWere() {
        add("far", "one", List.of("1700000000000-0", "a", "1700000001000-0", "b"));
        add("far", "two", List.of("1700000000500-0", "c"));
        OpenedSession session = open("far", "f:", false, 100, "one", "two");

        assertThat(replayed(session)).isEqualTo(Map.of("one", 2L, "two", 1L));

        List<Long> one = millis("f:one");
        assertThat(one.get(1) - one.get(0)).isBetween(800L, 9_000L);
        assertThat(millis("f:two").get(0)).isBetween(one.get(0) + 200, one.get(1));
    }

    @Test
    void replaysAStreamInOneFile() {
        assertThat(replayed(open("rec2", "rz:", true, 50, "main"))).isEqualTo(Map.of("main", 2L));
        assertThat(payloads("rz:main")).containsExactly("b0", "b1");
    }

    @Test
    void tellsHowFarItIs() {
        record(1_700_000_000_000L, 1_700_000_060_000L);
        add("long", "sCal", List.of("1600000000000-0", "c"));
        OpenedSession session = open("long", "p:", false, 1_000, "s", "sCal");

        Progress first = stream.nextOfReplay(session).progress();
        assertThat(first.active()).containsExactly("s");
        // A calibration is from before the recording: it comes at once, and is not the beginning of all.
        assertThat(first.updates()).isEqualTo(Map.of("s", 1L, "sCal", 1L));
        assertThat(first.durations()).isEqualTo(Map.of("s", 60.0, "sCal", 0.0));
        assertThat(first.current()).isEqualTo(Map.of("s", 0.0, "sCal", 0.0));
        assertThat(stream.nextOfReplay(session).progress().updates()).isEmpty();
    }

    @Test
    void replaysACalibrationThatIsAlone() {
        assertThat(replayed(open("rec1", "c:", false, 50, "depthltCal"))).isEqualTo(Map.of("depthltCal", 1L));
    }

    @Test
    void stopsAtOnceWhenNobodyWatchesAnyMore() {
        record(1_700_000_000_000L, 1_700_000_000_100L, 1_700_000_060_000L);
        OpenedSession session = open("long", "l:", false, 50, "s");
        await().until(() -> payloads("l:s").size() == 2);

        stream.replay(session).closeReplay(new CloseReplay(session.id())).await();

        assertFails(Kind.NOT_FOUND, read(session));
        open("long", "l2:", false, 50, "s");
        open("long", "l3:", false, 50, "s");
    }

    @Test
    void saysNothingForAWhileAndThenThatItIsThere() {
        record(1_700_000_000_000L, 1_700_000_060_000L);
        OpenedSession session = open("long", "n:", false, 86_400_000, "s");

        long beginNanos = System.nanoTime();
        assertThat(stream.nextOfReplay(session).kind()).isEqualTo(ReplaySession.Kind.NOTHING);
        assertThat(TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - beginNanos))
                .isBetween(7_000L, 10_000L);
    }

    @Test
    void answersOneQuestionAtATime() {
        record(1_700_000_000_000L, 1_700_000_060_000L);
        OpenedSession session = open("long", "q:", false, 5_000, "s");
        Future<ReplayEvent> first = read(session);

        assertFails(Kind.CONFLICT, read(session));
        stream.undeploy();
        assertThat(first.await().kind()).isEqualTo(ReplaySession.Kind.STOPPED);
    }

    @Test
    void opensSoManyAndNoMore() {
        record(1_700_000_000_000L, 1_700_000_060_000L);
        open("long", "a:", false, 1_000, "s");
        open("long", "b:", false, 1_000, "s");

        assertFails(Kind.BUSY, stream.recordings.openReplay(new OpenReplay("long", List.of("s"), "", false, 1_000)));
    }

    @ParameterizedTest
    @CsvSource({"nope, main", "rec1, zz", "rec1, main+zz", "empty, main", "rec1, main eye zz"})
    void knowsNoOthers(String recording, String streams) {
        assertFails(
                Kind.NOT_FOUND,
                stream.recordings.openReplay(
                        new OpenReplay(recording, List.of(streams.split("\\+")), "", true, 1_000)));
    }

    @Test
    void takesASpaceBetweenStreamsUnlessOneIsCalledSo() throws IOException {
        assertThat(replayed(open("rec1", "x:", true, 50, "main eye"))).isEqualTo(Map.of("main", 5L, "eye", 2L));

        Files.move(root.resolve("raw/rec1/eye"), root.resolve("raw/rec1/main eye"));
        assertThat(replayed(open("rec1", "y:", true, 50, "main eye"))).isEqualTo(Map.of("main eye", 2L));
    }

    @Test
    void replaysAStreamThatIsNamedTwiceOnce() {
        assertThat(replayed(open("rec1", "t:", true, 50, "main", "main"))).isEqualTo(Map.of("main", 5L));
    }

    @Test
    void refusesTargetsThatAreNoStreams() {
        assertThatThrownBy(() -> new OpenReplay("rec1", List.of("id"), "recording:", true, 1))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.INVALID));
        assertThatThrownBy(() -> new OpenReplay("../x", List.of("id"), "", true, 1))
                .isInstanceOf(Failure.class);

        stream.redis(Command.SET, "t:main", "x");
        OpenedSession session = open("rec1", "t:", true, 5_000, "main");
        assertFails(Kind.INVALID, read(session));
    }

    /** What is separated by a space is known only once the recording is. */
    @Test
    void refusesTargetsThatAreNoStreamsBehindASpace() throws IOException {
        Files.move(root.resolve("raw/rec1/eye"), root.resolve("raw/rec1/:recorder:unfinished"));

        for (String streams : List.of("main :recorder:unfinished", "  ", " main")) {
            assertFails(
                    Kind.INVALID,
                    stream.recordings.openReplay(new OpenReplay("rec1", List.of(streams), "lyceum", true, 1)));
        }
        assertThat(stream.redis(Command.TYPE, "lyceum:recorder:unfinished")).hasToString("none");
    }

    @Test
    void refusesMoreStreamsThanItMayHaveBehindASpace() {
        String streams = IntStream.rangeClosed(0, StreamService.MOST_STREAMS)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(" "));

        assertFails(Kind.INVALID, stream.recordings.openReplay(new OpenReplay("rec1", List.of(streams), "", true, 1)));
    }

    @Test
    void saysThatARecordingIsBroken() throws IOException {
        Path zip = root.resolve("raw/rec1/main/1700000000000-0_1700000000200-0.zip");
        byte[] bytes = Files.readAllBytes(zip);
        bytes[50] ^= 1;
        Files.write(zip, bytes);
        Files.writeString(root.resolve("raw/rec2/main.zip"), "x");

        OpenedSession session = open("rec1", "b:", true, 5_000, "main");
        assertThatThrownBy(() -> stream.nextOfReplay(session)).hasMessageContaining("stream main of the recording");
        assertFails(Kind.INVALID, stream.recordings.openReplay(new OpenReplay("rec2", List.of("main"), "", true, 1)));
    }

    @Test
    void replaysManyAndLongEntriesWithLittleMemory() {
        List<String> pairs = new ArrayList<>();
        String payload = "x".repeat(100_000);
        for (int i = 0; i < 60; i++) {
            pairs.add((1_700_000_000_000L + i) + "-0");
            pairs.add(i % 7 == 0 ? payload.repeat(2) + i : payload + i);
        }
        add("many", "s", pairs);
        add("many", "t", pairs);

        assertThat(replayed(open("many", "m:", true, 100, "s", "t"))).isEqualTo(Map.of("s", 60L, "t", 60L));
        assertThat(payloads("m:s")).hasSize(60).last().asString().endsWith("x59");
        assertThat(payloads("m:t")).hasSize(60);
    }

    @Test
    void saysThatAnEntryIsTooLong() {
        add("large", "s", List.of("1-0", "x".repeat(400_000)));
        OpenedSession session = open("large", "m:", true, 5_000, "s");

        assertThatThrownBy(() -> stream.nextOfReplay(session)).hasMessageContaining("more than 307200 bytes");
    }

    @Test
    void replaysWhatItHasRecorded() {
        TestRecording recording = new TestRecording(stream, root);
        recording.begin("own");
        stream.append("s", TestRecording.numbered("x", 0, 500));
        recording.end();

        assertThat(replayed(open("own", "again:", true, 100, "s"))).isEqualTo(Map.of("s", 500L));
        assertThat(payloads("again:s")).containsExactly(TestRecording.numbered("x", 0, 500));
    }

    private OpenedSession open(
            String recording, String prefix, boolean isFullSpeed, long intervalMillis, String... streams) {
        return stream.recordings
                .openReplay(new OpenReplay(recording, List.of(streams), prefix, isFullSpeed, intervalMillis))
                .await();
    }

    /** @return how many entries of which streams, once all are there */
    private Map<String, Long> replayed(OpenedSession session) {
        Map<String, Long> counts = new HashMap<>();
        ReplayEvent event;
        do {
            event = stream.nextOfReplay(session);
            event.progress().updates().forEach((name, count) -> counts.merge(name, count, Long::sum));
        } while (event.kind() == ReplaySession.Kind.PROGRESS);
        assertThat(event.progress().active()).isEmpty();
        return counts;
    }

    private Future<ReplayEvent> read(OpenedSession session) {
        return stream.replay(session).readReplay(new ReadReplay(session.id()));
    }

    /** Recording {@code long} gets stream {@code s} with entries of these times. */
    private void record(long... millis) {
        List<String> pairs = new ArrayList<>();
        for (long each : millis) {
            pairs.add(each + "-0");
            pairs.add("x");
        }
        add("long", "s", pairs);
    }

    private void add(String recording, String name, List<String> pairs) {
        // The service sweeps when it begins to record.
        await().ignoreExceptions()
                .until(() -> new LocalRecordings(stream.vertx, root, 1)
                        .add(recording, StoredEntries.chunk(name, pairs.toArray(String[]::new)), () -> true)
                        .await());
    }

    private List<String> payloads(String name) {
        return StreamSupport.stream(stream.redis(Command.XRANGE, name, "-", "+").spliterator(), false)
                .map(entry -> entry.get(1).get(1).toString())
                .toList();
    }

    private List<Long> millis(String name) {
        return StreamSupport.stream(stream.redis(Command.XRANGE, name, "-", "+").spliterator(), false)
                .map(entry -> EntryId.of(entry.get(0).toString()).millis())
                .toList();
    }

    private static void assertFails(Kind kind, Future<?> answer) {
        assertThatThrownBy(answer::await)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
