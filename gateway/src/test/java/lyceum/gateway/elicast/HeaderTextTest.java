package lyceum.gateway.elicast;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers beyond ASCII. */
class HeaderTextTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "Mozilla/5.0", "UÄ-MARK", "제목", "🙂"})
    void readsUtf8(String text) {
        String header = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);

        assertThat(HeaderText.of(header)).isEqualTo(text);
    }

    @Test
    void leavesWhatIsNoUtf8AsItCame() {
        assertThat(HeaderText.of("UÄ-MARK")).isEqualTo("UÄ-MARK");
        assertThat(HeaderText.of("Ã")).isEqualTo("Ã");
    }
}
