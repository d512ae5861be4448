package lyceum.gateway.piston;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import lyceum.sandbox.Outcome;
import lyceum.sandbox.Outcome.Compilation;
import lyceum.sandbox.SandboxSession.SessionEvent;
import lyceum.sandbox.SandboxSession.Stage;
import lyceum.sandbox.SandboxSession.Stream;
import lyceum.sandbox.Verdict;

/** Tells what happens in a job that somebody watches, message by message. */
public final class WatchedJob {

    private final Map<Stream, TextStream> texts = new EnumMap<>(Stream.class);

    private Stage stage = Stage.RUN;
    private boolean isStarted;

    /** @return the first message */
    public static JsonObject runtime(PistonRuntime runtime) {
        return new JsonObject()
                .put("type", "runtime")
                .put("language", runtime.name())
                .put("version", runtime.version().toString());
    }

    /** @return what the client is told of an event, in this order; maybe nothing */
    public List<JsonObject> tell(SessionEvent event) {
        return switch (event.kind()) {
            case STARTED -> started(event.stage());
            case WRITTEN -> written(event.stream(), text(event.stream()).take(event.bytes()));
            case ENDED -> ended(event.outcome());
            case NOTHING -> List.of();
        };
    }

    private TextStream text(Stream stream) {
        return texts.computeIfAbsent(stream, any -> new TextStream());
    }

    /** A second stage begins because the first one ended well. */
    private List<JsonObject> started(Stage next) {
        List<JsonObject> messages = isStarted ? exit(StageEnd.WELL) : new ArrayList<>();
        isStarted = true;
        stage = next;
        messages.add(new JsonObject().put("type", "stage").put("stage", name()));
        return messages;
    }

    private List<JsonObject> ended(Outcome outcome) {
        Compilation compilation = outcome.compilation();
        boolean isCompileError = outcome.verdict() == Verdict.COMPILE_ERROR && compilation != null;
        return exit(
                isCompileError
                        ? StageEnd.of(compilation.verdict(), compilation.exitCode(), compilation.signal(), true)
                        : StageEnd.of(outcome.verdict(), outcome.exitCode(), outcome.signal(), false));
    }

    private List<JsonObject> exit(StageEnd end) {
        List<JsonObject> messages = new ArrayList<>();
        texts.forEach((stream, text) -> messages.addAll(written(stream, text.end())));
        texts.clear();
        messages.add(new JsonObject().put("type", "exit").put("stage", name()).mergeIn(end.json()));
        return messages;
    }

    /** Whatever a compiler says, Piston tells as its complaints. */
    private List<JsonObject> written(Stream stream, String text) {
        if (text.isEmpty()) {
            return List.of();
        }
        return List.of(new JsonObject()
                .put("type", "data")
                .put("stream", stage == Stage.RUN && stream == Stream.STDOUT ? "stdout" : "stderr")
                .put("data", text));
    }

    private String name() {
        return stage == Stage.COMPILE ? "compile" : "run";
    }
}
