package lyceum.gateway.rtmp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Values of commands. */
class Amf0Test {

    @Test
    void readsWhatItWrites() {
        Object[] values = {"publish", 5.0, null, true, Map.of("app", "live", "inner", Map.of("é", false))};

        assertThat(Amf0.read(Amf0.write(values), 0)).isEqualTo(Arrays.asList(values));
    }

    @Test
    void readsTypesThatOthersWrite() {
        Buffer all = Buffer.buffer()
                // Undefined, a date with its zone, a long text, an array with names, and one without.
                .appendByte((byte) 6)
                .appendByte((byte) 11)
                .appendDouble(12)
                .appendShort((short) 0)
                .appendByte((byte) 12)
                .appendInt(3)
                .appendString("abc")
                .appendByte((byte) 8)
                .appendInt(1)
                .appendShort((short) 1)
                .appendString("k")
                .appendByte((byte) 5)
                .appendShort((short) 0)
                .appendByte((byte) 9)
                .appendByte((byte) 10)
                .appendInt(1)
                .appendByte((byte) 1)
                .appendByte((byte) 1);

        List<Object> read = Amf0.read(all, 0);

        assertThat(read).hasSize(5).startsWith(null, 12.0, "abc").endsWith(List.of(true));
        assertThat(((Map<?, ?>) read.get(3)).containsKey("k")).isTrue();
    }

    @Test
    void refusesWhatIsCutTooDeepOrTooMuch() {
        Buffer whole = Amf0.write("connect", 1.0, Map.of("app", "live"));
        for (int cut = 1; cut < whole.length(); cut++) {
            Buffer part = whole.slice(0, cut);
            boolean isWholeValue = cut == 10 || cut == 19;
            if (!isWholeValue) {
                assertThatThrownBy(() -> Amf0.read(part, 0)).as("%d bytes", cut).isInstanceOf(RtmpFault.class);
            }
        }
        Buffer deep = Buffer.buffer();
        for (int i = 0; i < 20; i++) {
            deep.appendByte((byte) 3).appendShort((short) 1).appendString("k");
        }
        assertThatThrownBy(() -> Amf0.read(deep, 0)).hasMessage("a command of too many values");
        assertThatThrownBy(() -> Amf0.read(Buffer.buffer(new byte[9 * 600]), 0))
                .hasMessage("a command of too many values");
        assertThatThrownBy(() -> Amf0.read(Buffer.buffer(new byte[] {10, 0x7F, 0, 0, 0}), 0))
                .hasMessage("a command of too many values");
        assertThatThrownBy(() -> Amf0.read(Buffer.buffer(new byte[] {17}), 0)).hasMessage("a value of type 17");
    }

    @Test
    void endsWhateverComes() {
        Random random = new Random(3);
        int faults = 0;
        for (int round = 0; round < 2000; round++) {
            byte[] noise = new byte[1 + random.nextInt(200)];
            random.nextBytes(noise);
            noise[0] = (byte) random.nextInt(13);
            try {
                Amf0.read(Buffer.buffer(noise), 0);
            } catch (RtmpFault fault) {
                faults++;
            }
        }
        assertThat(faults).as("nothing else is thrown").isGreaterThan(1000);
    }
}
