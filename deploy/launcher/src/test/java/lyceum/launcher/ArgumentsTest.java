package lyceum.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import lyceum.launcher.Arguments.Action;
import lyceum.platform.Settings.WrongSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArgumentsTest {

    @Test
    void runEverythingWhenThereAreNone() {
        assertThat(Arguments.parse()).isEqualTo(new Arguments(Action.RUN, Set.of()));
    }

    @Test
    void nameTheServicesThatAreWanted() {
        assertThat(Arguments.parse("--services=gateway, elicast"))
                .isEqualTo(new Arguments(Action.RUN, Set.of("gateway", "elicast")));
    }

    @Test
    void askForHelpAndForTheReference() {
        assertThat(Arguments.parse("--help").action()).isEqualTo(Action.HELP);
        assertThat(Arguments.parse("--config-reference").action()).isEqualTo(Action.CONFIG_REFERENCE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--services=", "--service=a", "gateway", "-h", ""})
    void areRefusedWhenTheyMeanNothing(String word) {
        assertThatThrownBy(() -> Arguments.parse(word))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("%s: not understood; --help tells what is", word);
    }
}
