package lyceum.gateway;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import lyceum.gateway.access.Access;
import lyceum.gateway.route.JsonAnswer;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Routes;
import lyceum.platform.management.ProcessState;
import lyceum.platform.management.ProcessState.Check;
import lyceum.platform.management.ProcessState.Reading;

/**
 * How the house is, for its operator's page: which processes there are, what they lack, how full their queues are. What
 * machines ask is the management port of each process.
 */
final class ServiceRoutes implements Routes {

    private static final Operation LIST = Operation.get("/services");

    private final Processes processes;
    private final Access access;

    ServiceRoutes(Processes processes, Access access) {
        this.processes = processes;
        this.access = access;
    }

    @Override
    public void addTo(Router router) {
        LIST.on(router).handler(access.guard(LIST)).handler(this::list);
    }

    private void list(RoutingContext ctx) {
        JsonArray found = new JsonArray();
        processes.present().forEach(one -> found.add(json(one)));
        JsonAnswer.ok(new JsonObject().put("processes", found)).send(ctx);
    }

    private static JsonObject json(Processes.Told told) {
        ProcessState state = told.state();
        JsonArray checks = new JsonArray();
        state.checks().forEach(check -> checks.add(json(check)));
        JsonArray numbers = new JsonArray();
        state.numbers().forEach(number -> numbers.add(json(number)));
        return new JsonObject()
                .put("instance", state.instance())
                .put("process", state.process())
                .put("services", new JsonArray(state.services()))
                .put("version", state.build().version())
                .put("commit", state.build().commit())
                .put("built", state.build().built())
                .put("phase", state.phase().name().toLowerCase(Locale.ROOT))
                .put("ready", state.isReady())
                .put("startedAt", state.startedAt().toString())
                .put("toldAt", told.at().toString())
                .put("checks", checks)
                .put("numbers", numbers);
    }

    private static JsonObject json(Check check) {
        return new JsonObject().put("name", check.name()).put("ok", check.ok()).put("text", check.text());
    }

    private static JsonObject json(Reading number) {
        return new JsonObject().put("name", number.name()).put("value", number.value());
    }
}
