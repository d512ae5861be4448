package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cells that are containers, made somewhere else: in advance where that can be known, else when they are asked for. */
final class ContainerCells implements Cells {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerCells.class);
    private static final Duration ROUND = Duration.ofSeconds(10);

    private final Vertx vertx;
    private final Containers containers;
    private final ContainerPool pool;
    private final String kernel;
    private final Set<ContainerCell> open = new HashSet<>();

    private ContainerCells(Vertx vertx, Containers containers, String kernel) {
        this.vertx = vertx;
        this.containers = containers;
        this.pool = new ContainerPool(vertx, containers, ROUND);
        this.kernel = kernel;
    }

    /** @return cells of a Docker or Podman engine; fails with one line where it, or a wall, is not there */
    static Future<Cells> ofEngine(Vertx vertx, EngineConfig config) {
        return prove(vertx, new Engine(vertx, config));
    }

    /** @return cells that are pods; fails with one line where the cluster, or a wall, is not there */
    static Future<Cells> ofPods(Vertx vertx, PodConfig config) {
        return prove(vertx, new Pods(vertx, config));
    }

    /** @return cells whose walls have been looked at */
    static Future<Cells> prove(Vertx vertx, Containers containers) {
        return containers
                .prepare()
                .compose(prepared -> new ContainerProof(containers).find())
                .<Cells>map(kernel -> new ContainerCells(vertx, containers, kernel))
                .onFailure(error -> containers.close());
    }

    @Override
    public Future<Cell> open(Task task) {
        Room room = Room.of(task, containers.config().images());
        return pool.take(room).compose(container -> fill(task, container).recover(error -> replace(task, room, error)));
    }

    @Override
    public String text() {
        return "%s, each used once, on a kernel of %s; limits by whoever runs them"
                .formatted(containers.text(), kernel);
    }

    @Override
    public int ready() {
        return pool.size();
    }

    @Override
    public Future<Void> close() {
        open.forEach(Cell::kill);
        List<Future<Void>> ends = List.copyOf(open).stream().map(Cell::close).toList();
        return Future.join(ends).compose(closed -> pool.close()).onComplete(closed -> containers.close());
    }

    /** One that waited may have been lost meanwhile. */
    private Future<Cell> replace(Task task, Room room, Throwable error) {
        LOG.debug("a container is of no use", error);
        return containers.build(room).compose(container -> fill(task, container));
    }

    private Future<Cell> fill(Task task, Container container) {
        ContainerLaunch launch = new ContainerLaunch(task, kernel.equals(ContainerProof.GVISOR));
        ContainerCell cell = new ContainerCell(vertx, container, launch, this::forget);
        open.add(cell);
        return cell.fill().<Cell>map(cell).onFailure(error -> cell.close());
    }

    private void forget(ContainerCell cell) {
        open.remove(cell);
    }
}
