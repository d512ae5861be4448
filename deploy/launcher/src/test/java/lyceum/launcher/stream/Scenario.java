package lyceum.launcher.stream;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lyceum.launcher.wire.Answer;
import lyceum.launcher.wire.RunningSuite;
import lyceum.platform.TestDirectory;

/** One file being replayed: the suite with fresh stores, and what later cases must know of earlier ones. */
final class Scenario implements AutoCloseable {

    private static final String PICTURES = "mjpeg";

    private final RunningSuite suite;
    private final Path recordings;
    private final Visitors visitors;
    private final Cameras cameras;
    private final ConverterEntries entries;
    private final Placeholders placeholders = new Placeholders();
    private final Comparison comparison = new Comparison(placeholders);

    private Scenario(RunningSuite suite, Path recordings, ConverterEntries entries) {
        this.suite = suite;
        this.recordings = recordings;
        this.entries = entries;
        visitors = Visitors.of(suite);
        cameras = new Cameras(suite.vertx(), visitors);
        placeholders.bind("{{jwt}}", visitors.token());
    }

    static Scenario start(Fixture fixture) {
        Path recordings = newFolder();
        RecordingTree tree = tree(fixture);
        tree.write(recordings);
        RunningSuite suite = RunningSuite.start(settings(tree, recordings), "account", "stream", "gateway");
        Scenario scenario = new Scenario(suite, recordings, new ConverterEntries(fixture.json()));
        try {
            scenario.seed();
            if (fixture.name().equals(PICTURES)) {
                scenario.cameras.fill();
            }
            return scenario;
        } catch (AssertionError | RuntimeException failed) {
            scenario.close();
            throw failed;
        }
    }

    /** Of moving pictures the recordings are those of the other file. */
    private static RecordingTree tree(Fixture fixture) {
        Fixture described = fixture.name().equals(PICTURES) ? Fixture.read("recordings") : fixture;
        return new RecordingTree(described.json().path("initial_tree"));
    }

    /** Recipes are counted from none. */
    private static Map<String, String> settings(RecordingTree tree, Path recordings) {
        Map<String, String> settings = new HashMap<>(tree.settings(recordings));
        settings.put("LYCEUM_STREAM_SAMPLE_RECIPES", "false");
        settings.put("LYCEUM_STREAM_OPEN_MEDIA", "true");
        return settings;
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("lyceum-recordings");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void seed() {
        if (!entries.isEmpty()) {
            visitors.pushAll(entries.header(), entries.blob());
        }
    }

    /** @throws AssertionError that says what is decided of the case, and which step differs in what */
    void replay(RecordedCase recorded) {
        Decision decision = Decisions.of(recorded);
        placeholders.forgetEntryIds();
        List<JsonNode> steps = decision.apply(recorded).steps();
        for (int index = 0; index < steps.size(); index++) {
            assertThat(differences(recorded, steps.get(index)))
                    .as("%s, step %d (%s)", recorded.name(), index, decision.reason())
                    .isEmpty();
        }
    }

    private List<String> differences(RecordedCase recorded, JsonNode step) {
        if (step.has("ws")) {
            return new RecordedTalk(step.get("ws"), comparison, visitors).differences();
        }
        if (step.has("stream")) {
            JsonNode show = step.get("stream");
            return new RecordedShow(show)
                    .differences(
                            suite.vertx(),
                            suite.port(),
                            () -> cameras.act(show.path("meanwhile").asText()));
        }
        if (step.has("http")) {
            return exchange(step.get("http"));
        }
        new Procedures(suite, visitors).follow(recorded);
        return List.of();
    }

    private List<String> exchange(JsonNode http) {
        RecordedRequest request = new RecordedRequest(http.required("request"), placeholders);
        Answer answer = visitors.send(request.prepare());
        RecordedPictures pictures = RecordedPictures.of(request.target(), entries);
        return new RecordedAnswer(http.required("response"), comparison, pictures).differences(answer);
    }

    @Override
    public void close() {
        suite.close();
        TestDirectory.delete(recordings);
    }
}
