package lyceum.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lyceum.launcher.Origins.Order;
import lyceum.platform.Settings.WrongSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {

    @Test
    void areNamedInFrontOfThePath() {
        assertThat(Order.of("elicast:/old/a:b.db")).isEqualTo(new Order(Origins.ELICAST, "/old/a:b.db"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"elicast", "elicast:", ":x", "ELICAST:x", "moodle:x"})
    void areRefusedWhereThereIsNone(String operand) {
        assertThatThrownBy(() -> Order.of(operand))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("--import=%s: not ORIGIN:PATH, where the origins are elicast, ", operand);
    }
}
