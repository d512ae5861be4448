package lyceum.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Set;
import lyceum.launcher.Arguments.Action;
import lyceum.platform.Settings.WrongSetting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    @Test
    void askWhetherServicesCanServe() {
        assertThat(Arguments.parse("--check", "--services=gateway"))
                .isEqualTo(new Arguments(Action.CHECK, Set.of("gateway")));
    }

    @Test
    void nameWhatIsToBeDoneWithStoredData() {
        assertThat(Arguments.parse("--backup=/backups"))
                .isEqualTo(new Arguments(Action.BACKUP, Set.of(), "/backups", false, false));
        assertThat(Arguments.parse("--replace", "--restore=/backups/last"))
                .isEqualTo(new Arguments(Action.RESTORE, Set.of(), "/backups/last", false, true));
        assertThat(Arguments.parse("--import=frust:db.sqlite", "--dry-run"))
                .isEqualTo(new Arguments(Action.IMPORT, Set.of(), "frust:db.sqlite", true, false));
    }

    @ParameterizedTest
    @CsvSource({
        "--dry-run --backup=/b, --dry-run: goes with --import only",
        "--dry-run, --dry-run: goes with --import only",
        "--replace --import=frust:x, --replace: goes with --restore only",
        "--backup=/b --restore=/b, '--check, --backup, --restore and --import: one at a time'",
        "--backup=/b --check, '--check, --backup, --restore and --import: one at a time'",
        "--check --backup=/b, '--check, --backup, --restore and --import: one at a time'",
        "--backup=/b --services=gateway, '--services: starts services; --backup, --restore and --import start none'"
    })
    void areRefusedWhenTheyContradictEachOther(String words, String text) {
        assertThatThrownBy(() -> Arguments.parse(words.split(" ")))
                .isInstanceOf(WrongSetting.class)
                .hasMessage(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"--backup=", "--import", "--services=", "--service=a", "gateway", "-h", ""})
    void areRefusedWhenTheyMeanNothing(String word) {
        assertThatThrownBy(() -> Arguments.parse(word))
                .isInstanceOf(WrongSetting.class)
                .hasMessage("%s: not understood; --help tells what is", word);
    }
}
