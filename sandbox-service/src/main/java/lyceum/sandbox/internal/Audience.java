package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import lyceum.sandbox.Outcome.Output;
import lyceum.sandbox.SandboxSession.Stage;
import lyceum.sandbox.SandboxSession.Stream;

/** Gets what the programs of one task write. Lives on the context of its {@link Execution}. */
interface Audience {

    /** The program of a stage begins. */
    void begin(Stage stage);

    /** @return done when there is room for more; until then the program is not read any further */
    Future<Void> write(Stage stage, Stream stream, Buffer piece);

    /** @return what is left of an output in the end */
    Output output(Stage stage, Stream stream);
}
