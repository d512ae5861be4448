package lyceum.gateway.grading;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import lyceum.gateway.access.Access;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Routes;
import lyceum.grading.HandInDetail;
import lyceum.grading.HandInService;
import lyceum.grading.HandInService.FindHandIn;

/** A hand-in while it is graded, from its place in the queue to its score. */
final class HandInEventRoutes implements Routes {

    private static final Operation WATCH = Operation.get("/grading/hand-ins/{id}/events");

    private final HandInService handIns;
    private final Access access;
    private final HandInFeed feed;

    HandInEventRoutes(HandInService handIns, Access access, HandInFeed feed) {
        this.handIns = handIns;
        this.access = access;
        this.feed = feed;
    }

    @Override
    public void addTo(Router router) {
        WATCH.on(router).handler(access.guard(WATCH)).handler(this::watch);
    }

    private void watch(RoutingContext ctx) {
        access.holdWhileValid(ctx);
        FindHandIn question = new FindHandIn(GradingAccess.viewer(ctx), ctx.pathParam("id"));
        handIns.findHandIn(question)
                .onSuccess(found -> begin(ctx, question, found))
                .onFailure(ctx::fail);
    }

    /** A browser that is told that there is no content does not come back. */
    private void begin(RoutingContext ctx, FindHandIn question, HandInDetail found) {
        boolean isOver = found.handIn().state().isFinal()
                && HandInWatch.endId(found).equals(ctx.request().getHeader("Last-Event-ID"));
        if (isOver) {
            ctx.response().setStatusCode(204).end();
            return;
        }
        try {
            new HandInWatch(feed, handIns, question, ctx.response()).begin(found);
        } catch (RuntimeException e) {
            ctx.fail(e);
        }
    }
}
