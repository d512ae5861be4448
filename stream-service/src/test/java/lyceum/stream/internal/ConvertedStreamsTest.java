package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.PullSession;
import lyceum.stream.PullSession.PullEvent;
import lyceum.stream.PullSession.ReadPull;
import lyceum.stream.StreamService.Append;
import lyceum.stream.StreamService.DeleteStreams;
import lyceum.stream.StreamService.NewEntry;
import lyceum.stream.StreamService.OpenPull;
import lyceum.stream.StreamService.OpenedSession;
import lyceum.stream.StreamService.Read;
import lyceum.stream.StreamService.ReadEntries;
import lyceum.stream.internal.StreamConfig.Converting;
import lyceum.stream.internal.StreamConfig.Limits;
import lyceum.stream.internal.convert.ConversionLimits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Entries that readers want as something else (contract, 3.6 and decisions 19 and 20). */
class ConvertedStreamsTest {

    private static final Limits SMALL = new Limits(100, 300_000, 1 << 20, 256 << 20, 100, 8 << 20, 64 << 20);

    /** As text it is long. */
    private static final float TINY = 2.3694278e-38f;

    private TestStream stream;

    @BeforeEach
    void start() {
        stream = new TestStream(SMALL);
        stream.appendWithIds("j", "1000-0", "[1, 2]", "j", "1001-0", "{\"a\": null}", "j", "1002-0", "7");
    }

    @AfterEach
    void stop() {
        stream.close();
    }

    @Test
    void readsThemConverted() {
        assertThat(read("j", "json", "json")).containsExactly("[1,2]", "{\"a\":null}", "7");
        assertThat(read("j", "json", "JSON")).containsExactly("[1,2]", "{\"a\":null}", "7");
        assertThat(read("j", "same", "null")).containsExactly("", "", "");
        assertThat(read("none", "json", "json")).isEmpty();
    }

    @Test
    void readsThemAsTheyAreWithoutAnOutput() {
        assertThat(read("j", null, null)).containsExactly("[1, 2]", "{\"a\": null}", "7");
        assertThat(read("j", "bogus", null)).hasSize(3);
        assertThat(read("j", "", "")).hasSize(3);
    }

    @Test
    void tellsTheLengthsOfWhatWasMade() {
        Read read = ask("j", "json", "json").await();

        assertThat(read.first().items()).extracting(item -> item.length()).containsExactly(5, 10, 1);
    }

    @Test
    void namesTheEntryOfWhichNothingCanBeMade() {
        stream.appendWithIds("j", "1003-7", "no JSON");

        assertThatThrownBy(ask("j", "json", "json")::await)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.INVALID))
                .hasMessageContaining("1003-7")
                .hasMessageContaining(" j");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "absent",
            value = {
                "j, absent, json, input is needed",
                "none, absent, json, input is needed",
                "main+j, absent, json, input is needed",
                "j, bogus, json, input is none of",
                "none, json, bogus, output is none of",
                "j, nv12, jpg, input is none of",
                "j, json, holo, output is none of"
            })
    void refusesFormatsThatAreNone(String streams, String input, String output, String why) {
        for (Future<?> answer : List.of(ask(streams, input, output), ask(order(streams, "0", null, input, output)))) {
            assertThatThrownBy(answer::await)
                    .isInstanceOfSatisfying(
                            Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.INVALID))
                    .hasMessageContaining(why);
        }
    }

    @Test
    void readsNoMoreThanItsLimitOfWhatWasMade() {
        appendNumbers("numbers", TINY, 40_000);
        appendNumbers("numbers", TINY, 40_000);

        assertThat(read("numbers", null, null)).hasSize(2);
        assertThat(read("numbers", "ndarray", "null")).hasSize(2);
        assertThatThrownBy(ask("numbers", "ndarray", "json")::await).hasMessageContaining("ask for fewer");
        Read one = ask("numbers", "ndarray", "json", 1).await();
        assertThat(one.first().items())
                .singleElement()
                .satisfies(item -> assertThat(item.length())
                        .isEqualTo(40_000 * (Float.toString(TINY).length() + 1) + 1));
    }

    @Test
    void pullsThemConverted() {
        OpenedSession each = open("j", "0", false, 1, "json", "json");
        OpenedSession all = open("j", "0", false, 10, "json", "json");

        assertThat(payloads(each)).containsExactly("[1,2]");
        assertThat(payloads(each)).containsExactly("{\"a\":null}");
        assertThat(payloads(each)).containsExactly("7");
        assertThat(payloads(all)).containsExactly("[1,2]", "{\"a\":null}", "7");
        Future<PullEvent> waiting = stream.pull(all).readPull(new ReadPull(all.id()));
        stream.append("j", "[ ]");
        assertThat(payloads(waiting, all)).containsExactly("[]");
    }

    @Test
    void leavesOutOfAPullWhatCannotBeConverted() {
        stream.appendWithIds("b", "1-0", "x", "b", "2-0", "[2]", "b", "3-0", "y", "b", "4-0", "z", "b", "5-0", "[5]");
        OpenedSession each = open("b", "0", false, 1, "json", "json");
        OpenedSession all = open("b", "0", false, 10, "json", "json");

        assertThat(payloads(each)).containsExactly("[2]");
        assertThat(payloads(each)).containsExactly("[5]");
        assertThat(payloads(all)).containsExactly("[2]", "[5]");
        assertThat(stream.meters.counter("lyceum.stream.unconvertible").count()).isEqualTo(6);
    }

    @Test
    void waitsForALaterEntryWhereTheNewestCannotBeConverted() {
        OpenedSession session = open("j", "$", null, 1, "json", "json");
        Future<PullEvent> waiting = stream.pull(session).readPull(new ReadPull(session.id()));

        stream.append("j", "broken");
        stream.append("j", "broken");
        stream.append("j", "[3]");

        assertThat(payloads(waiting, session)).containsExactly("[3]");
        OpenedSession newest = open("j", "-", null, 1, "json", "json");
        assertThat(payloads(newest)).containsExactly("[3]");
        stream.append("j", "broken");
        Future<PullEvent> waitingToo = stream.pull(newest).readPull(new ReadPull(newest.id()));
        stream.append("j", "[4]");
        assertThat(payloads(waitingToo, newest)).containsExactly("[4]");
    }

    @Test
    void passesOverAnyNumberOfEntriesThatAreKnownToBeBroken() {
        stream.close();
        stream = new TestStream(new Limits(20_000, 16 << 20, 1 << 20, 256 << 20, 100, 32 << 20, 64 << 20));
        stream.appendWithIds("j", "1002-0", "7");
        OpenedSession first = open("j", "1002-0", false, 1, "json", "json");
        for (int from = 2_000; from < 8_000; from += 1_000) {
            stream.appendWithIds(IntStream.range(from, from + 1_000)
                    .boxed()
                    .flatMap(id -> Stream.of("j", id + "-0", "broken"))
                    .toArray(String[]::new));
        }
        stream.append("j", "[3]");
        assertThat(payloads(first)).containsExactly("[3]");

        OpenedSession second = open("j", "1002-0", false, 1, "json", "json");

        assertThat(payloads(second)).containsExactly("[3]");
    }

    @Test
    void givesOtherStreamsWhileNothingCanBeMadeOfOne() {
        stream.appendWithIds("b", "1-0", "x", "b", "2-0", "y");
        OpenedSession session = open("b+j", "0", false, 1, "json", "json");

        assertThat(payloads(session)).containsExactly("[1,2]");
        assertThat(payloads(session)).containsExactly("{\"a\":null}");
        assertThat(payloads(session)).containsExactly("7");
    }

    @Test
    void convertsOnceForAllReaders() {
        List<OpenedSession> sessions = IntStream.range(0, 50)
                .mapToObj(i -> open("j", "$", null, 1, "json", "ndarray"))
                .toList();
        List<Future<PullEvent>> waiting = sessions.stream()
                .map(session -> stream.pull(session).readPull(new ReadPull(session.id())))
                .toList();

        stream.append("j", "[1, 2, 3]");

        for (Future<PullEvent> event : waiting) {
            assertThat(event.await().delivery().items().get(0).length()).isEqualTo(12);
        }
        stream.service
                .readEntries(new ReadEntries(List.of("j"), List.of("*"), 1, "json", "ndarray"))
                .await();
        assertThat(conversions("converted")).isEqualTo(1);
        assertThat(conversions("shared")).isEqualTo(50);
    }

    @Test
    void convertsAnewWhatHasTheIdOfADeletedEntry() {
        OpenedSession before = open("j", "1001-0", false, 1, "json", "json");
        assertThat(payloads(before)).containsExactly("7");
        stream.service.deleteStreams(new DeleteStreams(List.of("j"))).await();
        stream.appendWithIds("j", "1002-0", "8");

        assertThat(read("j", "json", "json")).containsExactly("8");
    }

    @Test
    void bringsLongOnesInPartsAndOneAloneThatIsLongerThanAllDeliveries() {
        appendNumbers("zeros", 0, 60_000);
        appendNumbers("zeros", 0, 60_000);
        appendNumbers("tiny", TINY, 60_000);
        OpenedSession session = open("zeros+tiny", "0", false, 10, "ndarray", "json");

        assertThat(payloads(session)).singleElement().asString().hasSize(60_000 * "0.0,".length() + 1);
        assertThat(payloads(session)).singleElement().asString().hasSize(60_000 * "0.0,".length() + 1);
        assertThat(payloads(session))
                .singleElement()
                .asString()
                .hasSize(60_000 * (Float.toString(TINY).length() + 1) + 1);
    }

    @Test
    void refusesWhatIsAboveItsLimits() {
        stream.close();
        Converting converting = new Converting(1, 1, 0, new ConversionLimits(100, 1000));
        stream = new TestStream(SMALL, converting);
        appendNumbers("zeros", 0, 1000);
        stream.appendWithIds("j", "1-0", "[1]");

        assertThatThrownBy(ask("zeros", "ndarray", "json")::await).hasMessageContaining("1000 bytes");
        assertThat(read("j", "json", "json")).containsExactly("[1]");
    }

    private void appendNumbers(String name, float number, int count) {
        Buffer numbers = Buffer.buffer();
        for (int i = 0; i < count; i++) {
            numbers.appendFloatLE(number);
        }
        stream.service
                .append(new Append(List.of(new NewEntry(name, null, numbers)), false))
                .await();
    }

    private List<String> read(String streams, String input, String output) {
        Read read = ask(streams, input, output).await();
        return payloads(stream.entries(read.first(), read.rest()));
    }

    private Future<Read> ask(String streams, String input, String output) {
        return ask(streams, input, output, 10);
    }

    private Future<Read> ask(String streams, String input, String output, int count) {
        List<String> names = List.of(streams.split("\\+"));
        return stream.service.readEntries(new ReadEntries(names, List.of("0"), count, input, output));
    }

    private Future<OpenedSession> ask(OpenPull order) {
        return stream.service.openPull(order);
    }

    private OpenedSession open(
            String streams, String position, Boolean latest, int count, String input, String output) {
        return stream.openPull(new OpenPull(
                List.of(streams.split("\\+")), List.of(position), latest, count, null, null, 0, input, output));
    }

    private static OpenPull order(String streams, String position, Boolean latest, String input, String output) {
        return new OpenPull(List.of(streams.split("\\+")), List.of(position), latest, 1, null, null, 0, input, output);
    }

    private List<String> payloads(OpenedSession session) {
        return payloads(stream.pull(session).readPull(new ReadPull(session.id())), session);
    }

    private List<String> payloads(Future<PullEvent> answer, OpenedSession session) {
        PullEvent event = answer.await();
        assertThat(event.kind()).isEqualTo(PullSession.Kind.DELIVERED);
        return payloads(stream.entries(event.delivery(), session));
    }

    private static List<String> payloads(List<String> entries) {
        return entries.stream().map(entry -> entry.split(" ", 3)[2]).toList();
    }

    private double conversions(String result) {
        return stream.meters
                .counter("lyceum.stream.conversions", "result", result)
                .count();
    }
}
