package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import lyceum.sandbox.SandboxService.Window;

/** A command that was started in a {@link Container}. Lives on the context that started it. */
interface ContainerProcess {

    /** @return done when there is room for more; fails where nobody can read it any more */
    Future<Void> write(Buffer piece);

    /** Gives its terminal another size. */
    void resize(Window window);

    /**
     * @return its exit code, 0..255, when all that it wrote has been told; fails where the connection to it was lost
     */
    Future<Integer> exit();

    /** Lets go of it, whether it has ended or not; its exit is lost if it was not yet known. */
    void close();
}
