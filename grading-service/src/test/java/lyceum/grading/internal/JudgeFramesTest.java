package lyceum.grading.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lyceum.grading.Report;
import lyceum.grading.Text;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What comes from a cell: frames, reports, texts. */
class JudgeFramesTest {

    private static final String PARTIAL =
            "{\"name\": {\"text\": \"n\", \"kwargs\": {}}, \"typeName\": \"T\", \"score\": %s, \"weight\": 1,"
                    + " \"time\": null, \"brief\": {\"text\": \"b\", \"kwargs\": {\"x\": 1}}, \"detail\": %s}";

    @Test
    void cutsFramesWhereverTheyAreBroken() {
        Buffer all = new JudgeFrame('P', Buffer.buffer("one"))
                .encode()
                .appendBuffer(new JudgeFrame('r').encode())
                .appendBuffer(new JudgeFrame('R', Buffer.buffer("three")).encode());

        for (int size = 1; size <= all.length(); size++) {
            List<String> found = new ArrayList<>();
            JudgeFrame.Cutter cutter = new JudgeFrame.Cutter(frame -> found.add(frame.kind() + ":" + frame.payload()));
            for (int at = 0; at < all.length(); at += size) {
                assertThat(cutter.take(all.getBuffer(at, Math.min(all.length(), at + size))))
                        .isTrue();
            }
            assertThat(found).containsExactly("P:one", "r:", "R:three");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, JudgeFrame.MOST_BYTES + 1})
    void refusesFramesOfImpossibleLength(int length) {
        JudgeFrame.Cutter cutter = new JudgeFrame.Cutter(frame -> {});

        assertThat(cutter.take(Buffer.buffer().appendInt(length).appendByte((byte) 'P')))
                .isFalse();
    }

    @Test
    void readsAReport() {
        Report report = read("true", PARTIAL.formatted("12.5", "[{\"text\": \"d\", \"kwargs\": {}}]"));

        assertThat(report.accepted()).isTrue();
        assertThat(report.partials()).singleElement().satisfies(partial -> {
            assertThat(partial.score()).isEqualTo(12.5);
            assertThat(partial.time()).isNull();
            assertThat(partial.brief()).isEqualTo(new Text("b", Map.of("x", 1)));
            assertThat(partial.detail()).containsExactly(Text.lazy("d"));
        });
    }

    @Test
    void takesNoReportThatMakesNoSense() {
        assertThat(read("true", PARTIAL.formatted("1e999", "[]"))).isNull();
        assertThat(read("true", PARTIAL.formatted("1e308", "[]"))).isNull();
        assertThat(read("true", PARTIAL.formatted("\"1\"", "[]"))).isNull();
        assertThat(read("true", PARTIAL.formatted("null", "[]"))).isNull();
        assertThat(read("true", PARTIAL.formatted("1", "[3]"))).isNull();
        assertThat(read("true", PARTIAL.formatted("1", "null"))).isNull();
        assertThat(read("7", "")).isNull();
        assertThat(JudgeReports.read(Buffer.buffer("{}"))).isNull();
        assertThat(JudgeReports.read(Buffer.buffer("NaN"))).isNull();
    }

    private static Report read(String accepted, String partials) {
        return JudgeReports.read(Buffer.buffer("{\"accepted\": " + accepted
                + ", \"result\": {\"text\": \"\", \"kwargs\": {}}, \"compile_error\": {\"text\": \"\", \"kwargs\": {}},"
                + " \"partials\": [" + partials + "]}"));
    }

    @ParameterizedTest
    @CsvSource({"abc, abc", "abcd, abcd", "abcde, abcd+", "abcé, abc+", "abé, abé", "aé€x, aé+", "a😀, a+"})
    void keepsWholeCharacters(String text, String kept) {
        JudgeText found = new JudgeText(4);
        found.add(Buffer.buffer(text));

        assertThat(found.decode()).isEqualTo(kept.replace("+", "\n[the rest of the output was left out]\n"));
    }

    @Test
    void isNoTextWhereItIsNoUtf8() {
        JudgeText found = new JudgeText(4);
        found.add(Buffer.buffer(new byte[] {(byte) 0xFF}));

        assertThat(found.decode()).isNull();
    }
}
