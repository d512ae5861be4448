package lyceum.launcher;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import lyceum.platform.Settings;
import lyceum.platform.retention.RetentionVerticle;
import lyceum.platform.retention.Sweep;

/**
 * One service as the launcher knows it: {@code of(name, verticle)}, and what it needs beside that.
 *
 * @param name as {@code --services} takes it
 * @param stores what must run before it, as its settings have it
 * @param verticle reads its settings and puts it together, and does nothing else: it is tried before anything is started
 * @param port where it listens once deployed, if clients come to it
 * @param isDoor whether clients come to it
 * @param sweeps what of its data the operator may want to be removed some day
 */
record ServiceEntry<V extends Deployable>(
        String name,
        Function<Settings, Set<Store>> stores,
        BiFunction<Settings, Parts, V> verticle,
        Function<V, OptionalInt> port,
        boolean isDoor,
        BiFunction<Settings, Parts, List<? extends Sweep>> sweeps) {

    /**
     * A service that runs.
     *
     * @param deploymentIds in the order in which they stop
     * @param httpPort where clients come to it, if they do
     */
    record Running(String name, List<String> deploymentIds, OptionalInt httpPort) {}

    /** @return a service that stores nothing and is asked over the bus only */
    static <V extends Deployable> ServiceEntry<V> of(String name, BiFunction<Settings, Parts, V> verticle) {
        return new ServiceEntry<>(
                name,
                settings -> Set.of(),
                verticle,
                deployed -> OptionalInt.empty(),
                false,
                (settings, parts) -> List.of());
    }

    /** @return the same service, which needs stores */
    ServiceEntry<V> needing(Store... needed) {
        return needingWhere(settings -> true, needed);
    }

    /** @return the same service, which needs stores with some settings only */
    ServiceEntry<V> needingWhere(Predicate<Settings> isNeeded, Store... needed) {
        return new ServiceEntry<>(
                name, settings -> isNeeded.test(settings) ? Set.of(needed) : Set.of(), verticle, port, isDoor, sweeps);
    }

    /** @return the same service, to which clients come by HTTP */
    ServiceEntry<V> listening(ToIntFunction<V> httpPort) {
        return new ServiceEntry<>(
                name, stores, verticle, deployed -> OptionalInt.of(httpPort.applyAsInt(deployed)), true, sweeps);
    }

    /** @return the same service, some of whose data may be removed some day */
    ServiceEntry<V> sweeping(BiFunction<Settings, Parts, List<? extends Sweep>> old) {
        return new ServiceEntry<>(name, stores, verticle, port, isDoor, old);
    }

    /** Asks for all its settings; throws where one of them is wrong. */
    void rehearse(Settings settings) {
        verticle.apply(settings, Parts.ofRehearsal());
        sweeps.apply(settings, Parts.ofRehearsal());
    }

    /** Deploys it; fails with its name. */
    Future<Running> start(Vertx vertx, Settings settings, Parts parts) {
        V deployable = verticle.apply(settings, parts);
        RetentionVerticle retention = new RetentionVerticle(sweeps.apply(settings, parts), parts.meters());
        return vertx.deployVerticle(deployable)
                .compose(service -> vertx.deployVerticle(retention)
                        .map(beside -> new Running(name, List.of(beside, service), port.apply(deployable))))
                .recover(error -> Future.failedFuture(
                        new IllegalStateException("%s did not start: %s".formatted(name, error.getMessage()), error)));
    }
}
