package lyceum.gateway.form;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A list that is kept as the text that was sent. */
class JsonListTest {

    private final List<Buffer> pieces = new ArrayList<>();
    private final JsonList list = new JsonList(4, pieces::add);

    @Test
    void handsOnAListAsItStands() {
        write(" [1.50, ");
        write("\"\\u00e9\"]\n");
        list.end();

        assertThat(list.isList()).isTrue();
        assertThat(pieces).extracting(Buffer::length).containsExactly(4, 4, 4, 4, 2);
        Buffer together = Buffer.buffer();
        pieces.forEach(together::appendBuffer);
        assertThat(together).hasToString(" [1.50, \"\\u00e9\"]\n");
    }

    @Test
    void handsOnNothingOnceItIsNoList() {
        write("[123,");
        write("NaN, 123456789");
        write("123456789]");
        list.end();

        assertThat(list.isList()).isFalse();
        assertThat(pieces).hasSize(1);
    }

    @Test
    void isNoListWithoutItsEnd() {
        write("[1");
        list.end();

        assertThat(list.isList()).isFalse();
        assertThat(pieces).isEmpty();
    }

    private void write(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        list.write(bytes, 0, bytes.length);
    }
}
