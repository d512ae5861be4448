package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import lyceum.sandbox.Limits;
import lyceum.sandbox.Outcome.Output;
import lyceum.sandbox.SandboxSession.Stage;
import lyceum.sandbox.SandboxSession.Stream;

/** Keeps what the programs of one task write, as much as their limits allow. */
final class Transcripts implements Audience {

    private final Map<Stage, Limits> limits = new HashMap<>();
    private final Map<String, Transcript> transcripts = new HashMap<>();

    Transcripts(Task task) {
        task.steps().forEach(step -> limits.put(step.stage(), step.limits()));
    }

    @Override
    public void begin(Stage stage) {
        // There is nobody to tell.
    }

    @Override
    public Future<Void> write(Stage stage, Stream stream, Buffer piece) {
        transcripts
                .computeIfAbsent(key(stage, stream), first -> new Transcript(limits.get(stage)))
                .write(piece);
        return Future.succeededFuture();
    }

    @Override
    public Output output(Stage stage, Stream stream) {
        Transcript transcript = transcripts.get(key(stage, stream));
        return transcript == null ? Output.NONE : transcript.output();
    }

    private static String key(Stage stage, Stream stream) {
        return stage + " " + stream;
    }
}
