package lyceum.launcher.stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class FixtureReplayIT {

    private static final String CONTRACT = "contract";

    @TestFactory
    Stream<DynamicContainer> behavesAsTheOldServerOrAsDecided() {
        return Fixture.all().stream().map(FixtureReplayIT::replay);
    }

    @Test
    void decidesEveryCaseThatIsNotContract() {
        Set<String> others = cases(Fixture.all()).stream()
                .filter(recorded -> !recorded.verdict().equals(CONTRACT))
                .map(RecordedCase::name)
                .collect(Collectors.toSet());

        assertThat(Decisions.cases()).containsAll(others);
    }

    @Test
    void decidesNothingThatIsNotThere() {
        Set<String> names =
                cases(Fixture.all()).stream().map(RecordedCase::name).collect(Collectors.toSet());

        assertThat(names).containsAll(Decisions.cases());
    }

    @Test
    void replaysAllThatIsListed() {
        JsonNode files = Fixture.read("index").json().required("files");
        Set<String> listed = new HashSet<>();
        files.fieldNames().forEachRemaining(file -> listed.add(file.replace(".json", "")));
        Map<String, Integer> counts = new TreeMap<>();
        Fixture.all().forEach(fixture -> {
            counts.put(fixture.name(), fixture.cases().size());
            assertThat(fixture.cases())
                    .as(fixture.name())
                    .hasSize(files.at("/" + fixture.name() + ".json/cases").asInt());
        });

        listed.removeAll(counts.keySet());
        listed.removeAll(LeftOut.files());
        assertThat(listed).as("replayed by RouteListIT").containsExactly("routes");
    }

    private static List<RecordedCase> cases(List<Fixture> fixtures) {
        return fixtures.stream().flatMap(fixture -> fixture.cases().stream()).toList();
    }

    /** The suite is started when the first case is due and stopped behind the last. */
    private static DynamicContainer replay(Fixture fixture) {
        Stream<DynamicTest> tests = Stream.of(fixture).flatMap(due -> {
            Scenario scenario = Scenario.start(due);
            return due.cases().stream()
                    .map(recorded -> dynamicTest(recorded.name(), () -> scenario.replay(recorded)))
                    .onClose(scenario::close);
        });
        return dynamicContainer(fixture.name(), tests);
    }
}
