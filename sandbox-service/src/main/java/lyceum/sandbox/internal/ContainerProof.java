package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import lyceum.sandbox.SandboxSession.Stage;

/** Looks at the walls of one container from inside, before anybody's code is let into another. */
final class ContainerProof {

    /** The kernel that answers system calls itself, in user space. */
    static final String GVISOR = "gVisor";

    private static final int MOST_BYTES = 4_096;
    private static final long MEMORY_BYTES = 128L << 20;
    private static final int PROCESSES = 32;
    private static final long FILE_BYTES = 1L << 20;
    private static final Set<String> KERNELS = Set.of("Linux", GVISOR);

    private final Containers containers;

    ContainerProof(Containers containers) {
        this.containers = containers;
    }

    /** @return the kernel behind the walls; fails with one line where a wall is missing */
    Future<String> find() {
        Room.Space space = new Room.Space(Stage.RUN, MEMORY_BYTES, PROCESSES);
        Room room = new Room(containers.config().images().others(), List.of(space), FILE_BYTES);
        return containers.build(room).compose(container -> look(container).eventually(container::remove));
    }

    private Future<String> look(Container container) {
        return containers
                .forbidden()
                .compose(forbidden -> Errand.run(container, Stage.RUN, command(forbidden), Buffer.buffer(), MOST_BYTES))
                .map(ContainerProof::judge);
    }

    private List<String> command(List<String> forbidden) {
        List<String> arguments = new ArrayList<>(List.of(ContainerScript.DIRECTORY, containers.kernel()));
        arguments.addAll(forbidden);
        return ContainerScript.PROOF.command(arguments);
    }

    private static String judge(Errand.Done done) {
        String found = done.output().toString().strip();
        if (done.code() == 0 && KERNELS.contains(found)) {
            return found;
        }
        String why = found.isEmpty() ? "it cannot be looked at: " + done.excuse() : found;
        throw new IllegalStateException("a container is not closed: " + why);
    }
}
