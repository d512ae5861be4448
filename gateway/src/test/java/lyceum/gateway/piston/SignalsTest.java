package lyceum.gateway.piston;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignalsTest {

    @ParameterizedTest
    @CsvSource({
        "1,SIGHUP",
        "9,SIGKILL",
        "11,SIGSEGV",
        "31,SIGSYS",
        "34,SIGRTMIN",
        "35,SIGRTMIN+1",
        "49,SIGRTMIN+15",
        "50,SIGRTMAX-14",
        "63,SIGRTMAX-1",
        "64,SIGRTMAX"
    })
    void haveANameForEachNumber(int number, String name) {
        assertThat(Signals.name(number)).isEqualTo(name);
        assertThat(Signals.number(name)).contains(number);
    }

    @Test
    void haveNoNumberTwice() {
        assertThat(IntStream.rangeClosed(1, 64).mapToObj(Signals::name).filter(name -> name != null))
                .hasSize(62)
                .doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "KILL", "sigkill", "9", "SIGRTMIN+0", "SIGRTMIN+16", "SIGRTMAX-15"})
    void knowNoOtherName(String name) {
        assertThat(Signals.number(name)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 32, 33, 65})
    void knowNoOtherNumber(int number) {
        assertThat(Signals.name(number)).isNull();
    }
}
