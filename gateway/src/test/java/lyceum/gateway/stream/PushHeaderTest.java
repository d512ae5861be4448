package lyceum.gateway.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import lyceum.stream.PushSession;
import lyceum.stream.PushSession.EntryHead;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushHeaderTest {

    private static PushHeader parse(String path, String json) {
        return PushHeader.parse(Buffer.buffer(json.replace('\'', '"')), PushPath.of(path));
    }

    private static EntryHead head(String stream, String id, int length) {
        return new EntryHead(stream, id, length);
    }

    @Test
    void readsWhereEntriesEnd() {
        PushHeader header = parse("p", "[3, 3, 10]");

        assertThat(header.entries()).containsExactly(head("p", "", 3), head("p", "", 0), head("p", "", 7));
        assertThat(header.leastBytes()).isEqualTo(10);
        assertThat(header.isOpen()).isFalse();
    }

    @Test
    void readsWhereEntriesStartIfTheFirstOneDoesSoAt0() {
        PushHeader header = parse("p", "[0,3,3]");

        assertThat(header.entries())
                .containsExactly(head("p", "", 3), head("p", "", 0), head("p", "", PushSession.OPEN));
        assertThat(header.leastBytes()).isEqualTo(3);
        assertThat(header.isOpen()).isTrue();
    }

    @Test
    void readsStartsOfNamedEntriesToo() {
        assertThat(parse("*", "[['a','1-1',0],['b',2,3]]").entries())
                .containsExactly(head("a", "1-1", 3), head("b", "2", PushSession.OPEN));
        assertThat(parse("*", "[['a',0]]").entries()).containsExactly(head("a", "", PushSession.OPEN));
    }

    @Test
    void readsNothing() {
        assertThat(parse("p", " [ ] ").entries()).isEmpty();
        assertThat(parse("p", "[]").isOpen()).isFalse();
        assertThat(parse("p", "[]").leastBytes()).isZero();
    }

    @Test
    void readsPairs() {
        assertThat(parse("*", "[['a',1],['b\\u00e9',4]]").entries())
                .containsExactly(head("a", "", 1), head("bé", "", 3));
    }

    @Test
    void prefersNamesToThoseOfThePath() {
        assertThat(parse("p", "[['a',1]]").entries()).containsExactly(head("a", "", 1));
        assertThat(parse("p+q", "[['a',1],['b',2],['c',3]]").entries()).hasSize(3);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "'1700000000000-5',1700000000000-5",
                "'1700000000000',1700000000000",
                "'1700000000000-*',1700000000000-*",
                "1700000000000,1700000000000",
                "18446744073709551615,18446744073709551615",
                "null,``",
                "'',``",
                "0,0",
                "'*',*"
            })
    void readsIds(String id, String expected) {
        assertThat(parse("*", "[['a'," + id + ",1]]").entries()).containsExactly(head("a", expected, 1));
    }

    @Test
    void givesEachEntryOfSeveralStreamsItsOwn() {
        assertThat(parse("a+b", "[1,3]").entries()).containsExactly(head("a", "", 1), head("b", "", 2));
        assertThat(parse("a+b", "[1]").entries()).containsExactly(head("a", "", 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "p | {'a':1} | it is a list of entries",
                "p | null | it is a list of entries",
                "p | 'abc' | it is a list of entries",
                "p | 3 | it is a list of entries",
                "p | ['a'] | entry 0 has no offset from 0 on",
                "p | [null] | entry 0 has no offset from 0 on",
                "p | [true] | entry 0 has no offset from 0 on",
                "p | [1.0] | entry 0 has no offset from 0 on",
                "p | [-1] | entry 0 has no offset from 0 on",
                "p | [2147483648] | entry 0 has no offset from 0 on",
                "p | [99999999999999999999] | entry 0 has no offset from 0 on",
                "p | [{}] | entry 0 has no offset from 0 on",
                "p | [4,2] | entry 1 has a smaller offset than the one before",
                "p | [1,['p',2]] | entry 1 has another form than the first one",
                "p | [['p',2],3] | entry 1 has another form than the first one",
                "p | [['p',2],['p',null,3]] | entry 1 has another form than the first one",
                "p | [['p',null,2],['p',3]] | entry 1 has another form than the first one",
                "p | [[]] | entry 0 does not begin with the name of a stream",
                "p | [[1,2]] | entry 0 does not begin with the name of a stream",
                "p | [[null,2]] | entry 0 does not begin with the name of a stream",
                "p | [['p']] | entry 0 has no offset from 0 on",
                "p | [['p','2']] | entry 0 has no offset from 0 on",
                "p | [['p',1,'2']] | entry 0 has no offset from 0 on",
                "p | [['p',1,null]] | entry 0 has no offset from 0 on",
                "p | [['p',true,2]] | entry 0 has an id that is neither text nor whole number",
                "p | [['p',1.5,2]] | entry 0 has an id that is neither text nor whole number",
                "p | [['p',['1'],2]] | entry 0 has an id that is neither text nor whole number",
                "p | [['a',1,2,3]] | entry 0 has more than stream, id and offset",
                "p | [['',3]] | the name of a stream has 1 to 1024 bytes",
                "p | [['recording:id',3]] | recording:id names no stream",
                "p | [['.',3]] | . names no stream",
                "* | [3] | entry 0 names no stream",
                "a+b | [1,2,3] | the path has no stream for entry 2"
            })
    void refusesWhatCannotBe(String path, String json, String reason) {
        assertThatThrownBy(() -> parse(path, json))
                .isInstanceOfSatisfying(
                        BadMessage.class, bad -> assertThat(bad.status().code()).isEqualTo(1008))
                .hasMessage("header: " + reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "[",
                "[1",
                "[1,",
                "[1,]",
                "[1 2]",
                "nope",
                "[nope]",
                "[['p',1]",
                "['p",
                "[01]",
                "{bad",
                "{'a':1",
                "{} {}",
                "3 4",
                "[true, bad]",
                "[[1,2],",
                "[{'a':1}] []",
                "[['recording:id',3], bad]"
            })
    void refusesWhatIsNoJson(String json) {
        assertThatThrownBy(() -> parse("p", json))
                .isInstanceOfSatisfying(
                        BadMessage.class, bad -> assertThat(bad.status().code()).isEqualTo(1007));
    }

    @Test
    void refusesWhatStandsBehindTheList() {
        assertThatThrownBy(() -> parse("p", "[1] [2]")).hasMessage("header: something is behind the list");
        assertThatThrownBy(() -> parse("p", "[1]]")).hasMessage("header: this is not JSON");
    }

    @Test
    void refusesWhatIsNotUtf8() {
        Buffer text = Buffer.buffer("[[\"").appendByte((byte) 0xFF).appendString("\",1]]");

        assertThatThrownBy(() -> PushHeader.parse(text, PushPath.of("*")))
                .isInstanceOfSatisfying(
                        BadMessage.class, bad -> assertThat(bad.status().code()).isEqualTo(1007));
    }

    @Test
    void readsAsManyEntriesAsABatchMayHave() {
        String most = IntStream.rangeClosed(1, PushSession.MESSAGE_ENTRIES)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(",", "[", ""));

        assertThat(parse("p", most + "]").entries()).isEqualTo(Collections.nCopies(4096, head("p", "", 1)));
        assertThatThrownBy(() -> parse("p", most + ",5000]")).hasMessage("header: a batch has at most 4096 entries");
    }

    @Test
    void refusesAPathThatNamesNoStreams() {
        assertThat(List.of("", "a+", "+", "a++b", "XMETA:a", "x".repeat(1025)))
                .allSatisfy(path ->
                        assertThatThrownBy(() -> PushPath.of(path)).isInstanceOf(lyceum.platform.Failure.class));
    }
}
