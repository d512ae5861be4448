package lyceum.gateway.live;

import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;

/**
 * What the query of a request says.
 *
 * @param text of it
 * @param engine what the engine wants to know of it
 * @param parameters all of it
 */
record Asked(String text, EngineQuery engine, MultiMap parameters) {

    /** @throws EngineQuery.Wrong where it is not the query of a client */
    static Asked of(RoutingContext ctx) throws EngineQuery.Wrong {
        return new Asked(ctx.request().query(), EngineQuery.of(ctx.queryParams()), ctx.queryParams());
    }

    /** @return the same where no script is written, as none is to a POST */
    Asked withoutScript() {
        return new Asked(text, engine.withoutScript(), parameters);
    }
}
