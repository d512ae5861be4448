package lyceum.gateway.mjpeg;

import io.vertx.core.Future;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import lyceum.gateway.access.Access;
import lyceum.gateway.route.Finding;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.Routes;
import lyceum.gateway.stream.PlusList;
import lyceum.gateway.stream.Positions;
import lyceum.gateway.stream.StreamAccess;
import lyceum.gateway.stream.StreamPath;
import lyceum.gateway.stream.StreamQuery;

/** Streams as moving pictures (contract, section 4.6). */
public final class MjpegRoutes implements Routes {

    private static final Operation WATCH = Operation.get("/mjpeg/{ids}");

    private static final String NOW = "$";

    private final PictureSource source;
    private final Access access;
    private final MjpegShows shows;

    public MjpegRoutes(StreamAccess streams, Access access, MjpegShows shows) {
        this.source = new PictureSource(streams.service(), streams.pulling());
        this.access = access;
        this.shows = shows;
    }

    @Override
    public void addTo(Router router) {
        WATCH.onEither(router).handler(access.guard(WATCH)).handler(this::watch);
    }

    private void watch(RoutingContext ctx) {
        StreamQuery query = new StreamQuery(ctx);
        List<String> positions = PlusList.ofQuery(
                query.text("last_entry_id").filter(text -> !text.isEmpty()).orElse(NOW));
        positions.stream()
                .filter(position -> !Positions.isOne(position))
                .forEach(position -> query.report(Finding.wrong(
                        "query", "last_entry_id", "'%s' is no position to read from".formatted(position))));
        int count = query.integer("count", 1, Integer.MAX_VALUE).orElse(1L).intValue();
        String timeKeeper =
                query.text("time_sync_id").filter(text -> !text.isEmpty()).orElse(null);
        String input = query.text("input").filter(text -> !text.isEmpty()).orElse(null);
        query.end();
        access.holdWhileValid(ctx);
        List<String> streams = StreamPath.all(ctx, "ids").stream().distinct().toList();
        shows.show(source, new MjpegQuestion(streams, positions, count, timeKeeper, input), ctx.request())
                .recover(error -> Future.failedFuture(Refusal.at(error, "query")))
                .onFailure(ctx::fail);
    }
}
