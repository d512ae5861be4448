package lyceum.launcher.elicast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.time.Duration;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import lyceum.elicast.internal.ElicastConfig;
import lyceum.platform.Settings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FixtureReplayIT {

    private static final SharedSuite SUITE = new SharedSuite();

    @AfterAll
    static void stop() {
        SUITE.close();
    }

    @TestFactory
    Stream<DynamicContainer> answersAsTheOldServerDid() {
        return Fixture.all().stream()
                .sorted(Comparator.comparing(fixture -> fixture.settings().toString()))
                .map(fixture -> replay(fixture, ""));
    }

    @TestFactory
    Stream<DynamicContainer> answersTheSameBelowTheOldPrefix() {
        return Stream.of("elicast-crud", "routing-cors").map(Fixture::read).map(fixture -> replay(fixture, "/api"));
    }

    @Test
    void decidesNoStepThatIsNotThere() {
        assertThat(Fixture.all().stream()
                        .flatMap(fixture -> fixture.steps().stream())
                        .map(Step::name)
                        .collect(Collectors.toSet()))
                .containsAll(Decisions.steps());
    }

    @Test
    void givesAProgram300SecondsWhereNothingElseIsSet() {
        ElicastConfig defaults = ElicastConfig.from(new Settings(Map.of()), "postgresql://localhost/lyceum");

        assertThat(defaults.codeLimits().wallTime()).isEqualTo(Duration.ofSeconds(300));
    }

    /** The suite is started, or made new, when the first step is due. */
    private static DynamicContainer replay(Fixture fixture, String prefix) {
        Stream<DynamicTest> steps = Stream.of(fixture).flatMap(due -> {
            Scenario scenario = new Scenario(SUITE.fresh(due.settings()), prefix);
            return due.steps().stream().map(step -> dynamicTest(prefix + step.name(), () -> scenario.replay(step)));
        });
        return dynamicContainer(prefix + fixture.name(), steps);
    }
}
