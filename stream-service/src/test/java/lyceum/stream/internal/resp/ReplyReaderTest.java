package lyceum.stream.internal.resp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyReaderTest {

    private static final String ANSWERS = "+OK\r\n-ERR no\r\n:-7\r\n$-1\r\n*-1\r\n$0\r\n\r\n*0\r\n"
            + "*2\r\n*2\r\n$3\r\nkey\r\n*1\r\n*2\r\n$3\r\n1-0\r\n*2\r\n$1\r\nd\r\n$6\r\na\r\n$b*\r\n$2\r\nö\r\n:1\r\n";

    private final List<Reply> heard = new ArrayList<>();
    private final ReplyReader reader = new ReplyReader(heard::add);

    private static Reply text(String text) {
        return new Reply.Text(Buffer.buffer(text));
    }

    private static Reply items(Reply... items) {
        return new Reply.Items(List.of(items));
    }

    private static List<Reply> told() {
        return List.of(
                text("OK"),
                new Reply.Refused("ERR no"),
                new Reply.Number(-7),
                Reply.NOTHING,
                Reply.NOTHING,
                text(""),
                items(),
                items(items(text("key"), items(items(text("1-0"), items(text("d"), text("a\r\n$b*"))))), text("ö")),
                new Reply.Number(1));
    }

    @Test
    void readsWhatComesAtOnce() {
        reader.read(Buffer.buffer(ANSWERS));

        assertThat(heard).isEqualTo(told());
    }

    @Test
    void readsWhatComesInTwoStretchesWhereverItIsCut() {
        Buffer all = Buffer.buffer(ANSWERS);
        for (int cut = 1; cut < all.length(); cut++) {
            heard.clear();
            reader.read(all.slice(0, cut));
            reader.read(all.slice(cut, all.length()));

            assertThat(heard).as("cut at %d", cut).isEqualTo(told());
        }
    }

    @Test
    void readsWhatComesByteByByte() {
        Buffer all = Buffer.buffer(ANSWERS);
        for (int i = 0; i < all.length(); i++) {
            reader.read(all.slice(i, i + 1));
        }

        assertThat(heard).isEqualTo(told());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 400 Bad Request\r\n",
                "\r\n",
                "\n",
                ":\r\n",
                ":1",
                "$x\r\n",
                "$-2\r\n",
                "*-2\r\n",
                "*9999999999\r\n",
                "$536870913\r\n"
            })
    void refusesWhatRedisDoesNotSay(String text) {
        assertThatThrownBy(() -> reader.read(Buffer.buffer(text + "\n")))
                .isInstanceOfAny(IllegalStateException.class, NumberFormatException.class);
        assertThat(heard).isEmpty();
    }

    @Test
    void refusesListsInListsWithoutAnEnd() {
        assertThatThrownBy(() -> reader.read(Buffer.buffer("*1\r\n".repeat(33))))
                .hasMessage("lists in lists without an end");
    }

    @Test
    void readsATextThatIsLongerThanExpected() {
        String text = "x".repeat((1 << 20) + 7);
        reader.read(Buffer.buffer("$" + text.length() + "\r\n" + text + "\r\n"));

        assertThat(heard).containsExactly(text(text));
    }

    @Test
    void refusesALineThatDoesNotEnd() {
        Buffer part = Buffer.buffer("+" + "x".repeat(40_000));
        reader.read(part);

        assertThatThrownBy(() -> reader.read(part)).hasMessage("a line without an end");
    }
}
