package lyceum.sandbox.judge0;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RubyBase64Test {

    @Test
    void endsEveryLine() {
        assertThat(RubyBase64.encode(Buffer.buffer("hello, world\n"))).isEqualTo("aGVsbG8sIHdvcmxkCg==\n");
        assertThat(RubyBase64.encode(Buffer.buffer("x".repeat(46)))).isEqualTo("eHh4".repeat(15) + "\neA==\n");
        assertThat(RubyBase64.encode(Buffer.buffer())).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"aGVsbG8=", "aGVsbG8", "aGVs\r\nbG8=\n", " aGVs-bG8 "})
    void skipsWhatIsNoDigit(String text) {
        assertThat(RubyBase64.decode(text)).contains(Buffer.buffer("hello"));
    }

    @Test
    void refusesDigitsThatDoNotComeOutEven() {
        assertThat(RubyBase64.decode("aGVsb")).isEmpty();
    }
}
