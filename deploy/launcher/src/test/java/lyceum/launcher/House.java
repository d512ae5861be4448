package lyceum.launcher;

import io.vertx.core.Deployable;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import lyceum.platform.Settings;

/** A house of three small services, and a diary of what happens to them. */
final class House {

    final List<String> diary = new CopyOnWriteArrayList<>();

    /** How many rooms the cellar has, when it is set. */
    static final String ROOMS = "LYCEUM_CELLAR_ROOMS";

    /** Cellar, which needs PostgreSQL; hall; and a door on a port that the system chooses. */
    final List<ServiceEntry<?>> services = List.of(
            ServiceEntry.of("cellar", (settings, parts) -> cellar(settings)).needing(Store.POSTGRES),
            ServiceEntry.of("hall", (settings, parts) -> resident("hall")),
            ServiceEntry.of("door", (settings, parts) -> new Door()).listening(Door::port));

    /** The hall, under a roof that cannot start. */
    List<ServiceEntry<?>> withBrokenRoof() {
        Deployable leaking = context -> Future.failedFuture(new IllegalStateException("leaks"));
        return List.of(services.get(1), ServiceEntry.of("roof", (settings, parts) -> leaking));
    }

    private VerticleBase cellar(Settings settings) {
        settings.number(ROOMS, 1, 0, 9, "Rooms of the cellar");
        return resident("cellar");
    }

    private VerticleBase resident(String name) {
        return new VerticleBase() {
            @Override
            public Future<?> start() {
                diary.add(name + " in");
                return Future.succeededFuture();
            }

            @Override
            public Future<?> stop() {
                diary.add(name + " out");
                return Future.succeededFuture();
            }
        };
    }

    private static final class Door extends VerticleBase {
        private volatile int port;

        @Override
        public Future<?> start() {
            return vertx.createHttpServer()
                    .requestHandler(request -> request.response().end("welcome"))
                    .listen(0, "127.0.0.1")
                    .onSuccess(server -> port = server.actualPort());
        }

        int port() {
            return port;
        }
    }
}
