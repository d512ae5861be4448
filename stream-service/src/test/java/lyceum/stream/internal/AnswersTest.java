package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import java.util.List;
import java.util.stream.IntStream;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.PullSession.ClosePull;
import lyceum.stream.PullSession.ReadPull;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.Read;
import lyceum.stream.StreamService.ReadEntries;
import lyceum.stream.internal.StreamConfig.Limits;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Questions for entries that are there already; the cases are those of fixtures/stream/data_http.json. */
class AnswersTest {

    private static final Limits SMALL = new Limits(30, 16 << 20, 1 << 20, 3 << 20, 100, 8 << 20, 64 << 20);

    private TestStream stream;

    @BeforeEach
    void start() {
        stream = new TestStream(SMALL);
        stream.appendWithIds(
                "g1",
                "1700000000000-0",
                "e0",
                "g1",
                "1700000000001-0",
                "e1-",
                "g1",
                "1700000000002-0",
                "e2--",
                "g2",
                "1700000000001-5",
                "f0",
                "g2",
                "1700000000003-0",
                "f1");
    }

    @AfterEach
    void stop() {
        stream.close();
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-none-",
            value = {
                "g1, *, 1, e2--",
                "g1, *, 2, e1- e2--",
                "g1, *, 10, e0 e1- e2--",
                "g1, 0, 10, e0 e1- e2--",
                "g1, 1700000000000-0, 1, e1-",
                "g1, 1700000000000, 10, e1- e2--",
                "g1, 1700000000002-0, 1, ''",
                "g1, $, 10, ''",
                "g1+g2, *, 1, e2-- f1",
                "g1+g2, 0, 1, e0 f0",
                "g1+g2, 0, 2, e0 e1- f0 f1",
                "g1+g2, 1700000000001-0 1700000000001-5, 5, e2-- f1",
                "g1+g2, 1700000000001-0 0, 5, e2-- f0 f1",
                "g2+g1, 0 *, 1, e2-- f0",
                "g1+g1, 0, 1, e0",
                "none, *, 1, ''",
                "none, 0, 1, ''",
                "none+g1, 0, 5, e0 e1- e2--",
                "g1, 18446744073709551615-18446744073709551615, 5, ''"
            })
    void givesWhatTheOriginalGives(String streams, String positions, int count, String payloads) {
        List<String> wanted = payloads.isEmpty() ? List.of() : List.of(payloads.split(" "));

        assertThat(read(streams, positions, count))
                .extracting(entry -> entry.split(" ", 3)[2])
                .containsExactlyElementsOf(wanted);
    }

    @Test
    void tellsStreamsAndIds() {
        assertThat(read("g1+g2", "0", 1)).containsExactly("g1 1700000000000-0 e0", "g2 1700000000001-5 f0");
    }

    @ParameterizedTest
    @ValueSource(strings = {"-", "bogus", "", "1-x", "99999999999999999999"})
    void refusesAPositionThatIsNone(String position) {
        assertInvalid(new ReadEntries(List.of("g1"), List.of(position), 1, null, null));
    }

    @Test
    void refusesACountBelowOneAndNoPositionAtAll() {
        assertInvalid(new ReadEntries(List.of("g1"), List.of("*"), 0, null, null));
        assertInvalid(new ReadEntries(List.of("g1"), List.of("0"), -1, null, null));
        assertInvalid(new ReadEntries(List.of("g1"), List.of(), 1, null, null));
    }

    @Test
    void readsAWholeStreamOfManyEntries() {
        List<String> numbers =
                IntStream.range(0, 1000).mapToObj(Integer::toString).toList();
        stream.append("many", numbers.toArray(String[]::new));

        assertThat(read("many", "*", 1000))
                .extracting(entry -> entry.split(" ", 3)[2])
                .containsExactlyElementsOf(numbers);
        assertThat(read("many", "0", 1000)).isEqualTo(read("many", "*", 1000));
    }

    @Test
    void bringsALongAnswerInParts() {
        String half = "a".repeat(200_000);
        stream.append("long", half);
        stream.append("long", "b".repeat(StreamService.PIECE_BYTES));
        stream.append("long", half, "", "");

        Read read = ask("long", "0", 10);

        assertThat(read.first().items()).hasSize(5);
        assertThat(read.rest()).isNotNull();
        assertThat(stream.entries(read.first(), read.rest()))
                .extracting(entry -> entry.split(" ", 3)[2])
                .containsExactly(half, "b".repeat(StreamService.PIECE_BYTES), half, "", "");
        assertThatThrownBy(() -> stream.pull(read.rest())
                        .readPull(new ReadPull(read.rest().id()))
                        .await())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.NOT_FOUND));
    }

    @Test
    void refusesAnAnswerThatIsTooLong() {
        for (int i = 0; i < 5; i++) {
            stream.append("long", "x".repeat(250_000));
        }

        assertThat(read("long", "*", 4)).hasSize(4);
        assertInvalid(new ReadEntries(List.of("long"), List.of("*"), 5, null, null));
        assertInvalid(new ReadEntries(List.of("long"), List.of("0"), 100, null, null));
    }

    @Test
    void refusesMoreAnswersThanItMayHold() {
        for (int i = 0; i < 4; i++) {
            stream.append("long", "x".repeat(250_000));
        }
        ask("long", "0", 4);
        ask("long", "0", 4);

        assertThatThrownBy(() -> ask("long", "0", 4))
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.BUSY));
        assertThat(read("g1", "*", 1)).hasSize(1);
    }

    @Test
    void givesBackEachPartOfAnAnswerThatIsFetched() {
        for (int i = 0; i < 4; i++) {
            stream.append("long", "x".repeat(250_000));
        }

        Read read = ask("long", "0", 4);
        assertThat(held()).isEqualTo(1_000_000 - StreamService.PIECE_BYTES);
        stream.next(read.rest());
        assertThat(held()).isEqualTo(1_000_000 - 2 * StreamService.PIECE_BYTES);
        stream.pull(read.rest()).closePull(new ClosePull(read.rest().id())).await();
        assertThat(held()).isZero();
    }

    @Test
    void leavesRoomForMessagesBesideAnswersThatNobodyFetches() {
        for (int i = 0; i < 4; i++) {
            stream.append("long", "x".repeat(250_000));
        }
        for (int count = 4; count > 1; count--) {
            askUntilBusy(count);
        }

        assertThat(stream.append("other", "x".repeat(250_000)).refused()).isEmpty();
    }

    @Test
    void givesBackWhatItHasReadOfAnAnswerThatIsTooLong() {
        for (int i = 0; i < 5; i++) {
            stream.append("long", "x".repeat(250_000));
        }
        assertInvalid(new ReadEntries(List.of("long"), List.of("0"), 100, null, null));

        assertThat(held()).isZero();
    }

    @Test
    void saysThatAnAnswerIsTooLongWhereItWouldNeverFit() {
        stream.close();
        stream = new TestStream(new Limits(2, 16 << 20, 1 << 20, 1 << 20, 100, 8 << 20, 64 << 20));
        for (int i = 0; i < 4; i++) {
            stream.append("long", "x".repeat(250_000));
        }

        assertInvalid(new ReadEntries(List.of("long"), List.of("0"), 4, null, null));
        assertThat(read("long", "0", 3)).hasSize(3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "*"})
    void hasRedisSendLittleMoreThanItTakes(String position) {
        for (int i = 0; i < 30; i++) {
            stream.append("mixed", "x".repeat(200_000));
        }
        stream.append("mixed", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        stream.append("turned", "1", "2", "3", "4", "5", "6", "7", "8", "9");
        for (int i = 0; i < 30; i++) {
            stream.append("turned", "x".repeat(200_000));
        }
        long before = sentByRedis();

        assertInvalid(new ReadEntries(
                List.of(position.equals("0") ? "turned" : "mixed"), List.of(position), 100, null, null));

        assertThat(sentByRedis() - before).isLessThan(2_500_000);
    }

    @Test
    void readsForManyAtOnce() {
        List<Future<Read>> reads = IntStream.range(0, 50)
                .mapToObj(i -> stream.service.readEntries(new ReadEntries(List.of("g1"), List.of("0"), 10, null, null)))
                .toList();

        Future.all(reads).await();
        assertThat(reads)
                .allSatisfy(read -> assertThat(read.result().first().items()).hasSize(3));
        assertThat(held()).isZero();
    }

    private double held() {
        return stream.meters.get("lyceum.stream.held").gauge().value();
    }

    private long sentByRedis() {
        String figures = stream.redis(Command.INFO, "stats").toString();
        String figure = "total_net_output_bytes:";
        int begin = figures.indexOf(figure) + figure.length();
        return Long.parseLong(figures.substring(begin, figures.indexOf('\r', begin)));
    }

    private void askUntilBusy(int count) {
        ReadEntries question = new ReadEntries(List.of("long"), List.of("0"), count, null, null);
        Future<Read> last = Future.succeededFuture();
        for (int i = 0; i < 20 && last.succeeded(); i++) {
            last = stream.service.readEntries(question);
            last.otherwiseEmpty().await();
        }
        assertThat(last.failed()).isTrue();
    }

    private List<String> read(String streams, String positions, int count) {
        Read read = ask(streams, positions, count);
        return stream.entries(read.first(), read.rest());
    }

    private Read ask(String streams, String positions, int count) {
        List<String> names = List.of(streams.split("\\+"));
        return stream.service
                .readEntries(new ReadEntries(names, List.of(positions.split(" ")), count, null, null))
                .await();
    }

    private void assertInvalid(ReadEntries question) {
        assertThatThrownBy(() -> stream.service.readEntries(question).await())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.INVALID));
    }
}
