package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.redis.client.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.ChangeMetadata;
import lyceum.stream.StreamService.DeleteStreams;
import lyceum.stream.StreamService.DeletedFact;
import lyceum.stream.StreamService.Deletion;
import lyceum.stream.StreamService.DescribeStreams;
import lyceum.stream.StreamService.ListStreams;
import lyceum.stream.StreamService.Ping;
import lyceum.stream.StreamService.StreamInfo;
import lyceum.stream.StreamService.StreamNames;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which streams there are, what is known of them, and how they end. */
class StreamsTest {

    private TestStream stream;

    @BeforeEach
    void start() {
        stream = new TestStream();
    }

    @AfterEach
    void stop() {
        stream.close();
    }

    @Test
    void listsNothingInAnEmptyStore() {
        assertThat(list("")).isEqualTo(new StreamNames(List.of(), false));
    }

    @Test
    void listsStreamsByCodePointAndNothingElse() {
        stream.append("b", "1");
        stream.append("a", "1");
        stream.append("\uD83D\uDE00", "1");
        stream.append("\uFFFD", "1");
        stream.append("event:recording:id", "x");
        metadata("described-only", "{}", false);
        stream.redis(Command.SET, "recording:id", "r");

        assertThat(list("").items()).containsExactly("a", "b", "event:recording:id", "\uFFFD", "\uD83D\uDE00");
    }

    @Test
    void listsManyStreamsPageByPage() {
        IntStream.range(0, 1005).forEach(i -> stream.redis(Command.XADD, "s%04d".formatted(i), "*", "d", "x"));

        StreamNames first = list("");
        StreamNames second = list("s0999");

        assertThat(first.items())
                .hasSize(StreamService.PAGE_NAMES)
                .startsWith("s0000")
                .endsWith("s0999");
        assertThat(first.more()).isTrue();
        assertThat(second).isEqualTo(new StreamNames(List.of("s1000", "s1001", "s1002", "s1003", "s1004"), false));
    }

    @Test
    void describesAStreamByTheFiguresOfRedisWithoutItsPayloads() {
        stream.appendWithIds("g-a", "1700000000123-0", "two", "g-a", "1700000000456-3", "three");

        StreamInfo info = describe("g-a").get(0);

        assertThat(info.exists()).isTrue();
        assertThat(info.figures()).containsEntry("length", 2L).containsKeys("groups", "radix-tree-keys");
        assertThat(info.ids())
                .containsEntry("last-generated-id", "1700000000456-3")
                .containsEntry("first-entry", "1700000000123-0")
                .containsEntry("last-entry", "1700000000456-3");
        assertThat(info.metadata()).isNull();
    }

    @Test
    void describesAnEmptyStreamWithoutItsEntries() {
        stream.append("s", "x");
        stream.redis(Command.XTRIM, "s", "MAXLEN", "0");

        assertThat(describe("s").get(0).ids()).containsOnlyKeys("last-generated-id");
    }

    @Test
    void describesAnUnknownStreamByItsMetadata() {
        metadata("none", "{\"desc\": 1}", false);

        assertThat(describe("none", "nobody"))
                .extracting(StreamInfo::exists, StreamInfo::metadata)
                .containsExactly(tuple(false, "{\"desc\":1}"), tuple(false, null));
    }

    @Test
    void describesAsManyStreamsAsFitIntoOneAnswer() {
        String[] names = IntStream.range(0, 20).mapToObj(i -> "s" + i).toArray(String[]::new);
        String json = "{\"text\":\"%s\"}".formatted("x".repeat(30_000));
        for (String name : names) {
            metadata(name, json, false);
        }

        List<StreamInfo> infos = describe(names);

        assertThat(infos)
                .hasSizeBetween(2, 8)
                .first()
                .extracting(StreamInfo::stream)
                .isEqualTo("s0");
    }

    @Test
    void failsForANameOfSomethingElse() {
        stream.redis(Command.SET, "text", "x");

        assertFails(Kind.INVALID, () -> describe("text"));
        assertFails(Kind.INVALID, () -> delete("text"));
        assertThat(stream.redis(Command.GET, "text").toString()).isEqualTo("x");
    }

    @Test
    void mergesMetadataUnlessItIsToBeReplaced() {
        assertThat(metadata("m", "{\"desc\": \"a\", \"n\": 1}", false)).isEqualTo("{\"desc\":\"a\",\"n\":1}");
        assertThat(metadata("m", "{\"n\":2,\"z\":{\"q\":[1,null]}}", false))
                .isEqualTo("{\"desc\":\"a\",\"n\":2,\"z\":{\"q\":[1,null]}}");
        assertThat(metadata("m", "{\"sid\":1,\"_update\":true}", true)).isEqualTo("{\"sid\":1,\"_update\":true}");
        assertThat(stream.redis(Command.GET, "XMETA:m").toString()).isEqualTo("{\"sid\":1,\"_update\":true}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"a\":\"x\\ud800y\"}", "{\"\\udc00\":1}", "{\"a\":[{\"b\":{\"\\ud83d\":null}}]}"})
    void refusesMetadataThatRedisCannotKeep(String json) {
        assertFails(Kind.INVALID, () -> metadata("m", json, false));
        assertFails(Kind.INVALID, () -> metadata("m", json, true));
        assertThat(stream.redis(Command.GET, "XMETA:m")).isNull();
        assertThat(metadata("m", "{\"a\":\"\\ud83d\\ude42\"}", false)).isEqualTo("{\"a\":\"\uD83D\uDE42\"}");
    }

    @Test
    void replacesMetadataThatIsNoObject() {
        stream.redis(Command.SET, "XMETA:m", "[1]");

        assertThat(metadata("m", "{\"n\":1}", false)).isEqualTo("{\"n\":1}");
    }

    @Test
    void replacesMetadataThatIsNoText() {
        stream.redis(Command.EVAL, "return redis.call('SET', KEYS[1], '\\255')", 1, "XMETA:m");

        assertThat(metadata("m", "{\"n\":1}", true)).isEqualTo("{\"n\":1}");
    }

    @Test
    void describesAStreamWhoseMetadataIsSomethingElse() {
        stream.append("s", "x");
        stream.redis(Command.RPUSH, "XMETA:s", "1");

        assertThat(describe("s"))
                .singleElement()
                .satisfies(info -> assertThat(info.metadata()).isNull());
    }

    @Test
    void deletesNothingWhereOneIsNoStream() {
        stream.append("a", "1");
        stream.redis(Command.SET, "b", "x");

        assertFails(Kind.INVALID, () -> delete("a", "b"));
        assertThat(describe("a").get(0).figures()).containsEntry("length", 1L);
    }

    @Test
    void losesNoMemberWhenManyMergeAtOnce() {
        List<Future<?>> changes = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            changes.add(stream.service.changeMetadata(new ChangeMetadata("m", "{\"k%d\":1}".formatted(i), false)));
        }
        Future.join(changes).await();

        assertThat(new JsonObject(describe("m").get(0).metadata()).fieldNames()).hasSize(64);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[1]", "{bad", "", "null", "1"})
    void refusesMetadataThatIsNoObject(String json) {
        assertFails(Kind.INVALID, () -> metadata("m", json, false));
    }

    @Test
    void refusesMetadataThatIsTooLongAlsoTogether() {
        String half = "x".repeat(StreamService.METADATA_BYTES / 2);
        metadata("m", "{\"a\":\"%s\"}".formatted(half), false);

        assertFails(Kind.INVALID, () -> metadata("m", "{\"b\":\"%s\"}".formatted(half), false));
        assertThat(describe("m").get(0).metadata()).doesNotContain("\"b\"");
    }

    @Test
    void deletesEntriesAndMetadataAndTellsWhatThereWas() {
        Facts<DeletedFact> facts = new Facts<>(stream.bus, StreamService.DELETED);
        stream.append("a", "1", "2");
        stream.append("b", "1");
        metadata("a", "{}", false);

        assertThat(delete("a", "none", "b"))
                .containsExactly(new Deletion(1, 2, 1), new Deletion(0, 0, 0), new Deletion(0, 1, 1));
        assertThat(delete("a")).containsExactly(new Deletion(0, 0, 0));
        assertThat(list("").items()).isEmpty();
        assertThat(facts.await(2)).containsExactly(new DeletedFact("a"), new DeletedFact("b"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "XMETA:a",
                "recording:id",
                "recording:info:x",
                "recipe:id",
                "recipe:step",
                "session:id",
                "lyceum:anything",
                "\uD83D",
                "a\uDE00"
            })
    void refusesNamesOfOtherThings(String name) {
        assertFails(Kind.INVALID, () -> delete(name));
        assertFails(Kind.INVALID, () -> describe(name));
        assertFails(Kind.INVALID, () -> metadata(name, "{}", false));
        assertFails(Kind.INVALID, () -> stream.append(name, "x"));
    }

    @Test
    void refusesNamesThatAreTooLongOrTooMany() {
        String longest = "\u00e9".repeat(StreamService.NAME_BYTES / 2);
        stream.append(longest, "x");

        assertThat(list("").items()).containsExactly(longest);
        assertFails(Kind.INVALID, () -> stream.append(longest + "x", "x"));
        assertFails(Kind.INVALID, () -> delete());
        assertFails(
                Kind.INVALID,
                () -> delete(IntStream.range(0, 101).mapToObj(i -> "s" + i).toArray(String[]::new)));
    }

    @Test
    void tellsThatRedisAnswers() {
        assertThat(stream.service.ping(new Ping()).await()).isNotNull();
        assertThat(stream.readiness.ask().get("redis").await()).isEqualTo("Redis answers");
    }

    private StreamNames list(String after) {
        return stream.service.listStreams(new ListStreams(after)).await();
    }

    private List<StreamInfo> describe(String... names) {
        return stream.service
                .describeStreams(new DescribeStreams(List.of(names)))
                .await()
                .items();
    }

    private String metadata(String name, String json, boolean override) {
        return stream.service
                .changeMetadata(new ChangeMetadata(name, json, override))
                .await()
                .json();
    }

    private List<Deletion> delete(String... names) {
        return stream.service
                .deleteStreams(new DeleteStreams(List.of(names)))
                .await()
                .items();
    }

    private static void assertFails(Kind kind, Runnable question) {
        assertThatThrownBy(question::run)
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(kind));
    }
}
