package lyceum.gateway.stream;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import lyceum.gateway.access.Access;
import lyceum.gateway.route.Finding;
import lyceum.gateway.route.JsonDocument;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.Routes;
import lyceum.stream.StreamService.ReadEntries;

/** Entries over HTTP: uploaded as the parts of a form, and fetched one after the other (contract, section 2.5). */
public final class DataRoutes implements Routes {

    private static final Operation APPEND = Operation.post("/data/{ids}");
    private static final Operation READ = Operation.get("/data/{ids}");

    private static final String IDS = "ids";
    private static final String ANY = "*";
    private static final String QUERY = "query";

    private final StreamAccess streams;
    private final Access access;
    private final StreamRoutesConfig config;

    public DataRoutes(StreamAccess streams, Access access, StreamRoutesConfig config) {
        this.streams = streams;
        this.access = access;
        this.config = config;
    }

    @Override
    public void addTo(Router router) {
        APPEND.onEither(router).handler(access.guard(APPEND)).handler(this::append);
        READ.onEither(router).handler(access.guard(READ)).handler(this::read);
    }

    private void append(RoutingContext ctx) {
        StreamQuery query = new StreamQuery(ctx);
        // The original takes any text but an empty one for true; here false is false, and what is neither is refused.
        boolean idsFromFrames =
                query.text("parse_meta").filter(text -> !text.isEmpty()).isPresent()
                        && query.flagOr("parse_meta", false);
        query.end();
        List<String> names = StreamPath.text(ctx, IDS).equals(ANY) ? List.of() : StreamPath.all(ctx, IDS);
        EntryWriter writer = new EntryWriter(streams, idsFromFrames, config.timeLimit(), ctx.request());
        Future<JsonArray> ids = new EntryUpload(ctx, config, names, writer).store();
        JsonDocument.send(ctx, ids.onFailure(error -> UploadWatch.cutOff(ctx, error)));
    }

    private void read(RoutingContext ctx) {
        StreamQuery query = new StreamQuery(ctx);
        List<String> positions = PlusList.ofQuery(query.text("last_entry_id").orElse(ANY));
        positions.stream()
                .filter(position -> !Positions.isOne(position))
                .forEach(position -> query.report(
                        Finding.wrong(QUERY, "last_entry_id", "'%s' is no position to read from".formatted(position))));
        int count = query.integer("count", 1, Integer.MAX_VALUE).orElse(1L).intValue();
        String input = query.text("input").orElse(null);
        String output = query.text("output").orElse(null);
        query.end();
        ReadEntries question = new ReadEntries(StreamPath.all(ctx, IDS), positions, count, input, output);
        streams.service()
                .readEntries(question)
                .recover(error -> Future.failedFuture(refusal(error, output)))
                .compose(read -> new EntriesBody(streams, ctx, config).write(read))
                .onFailure(ctx::fail);
    }

    /** Without a conversion only the sum of all parameters can be wrong. */
    private static Throwable refusal(Throwable error, String output) {
        return output == null || output.isEmpty() ? Refusal.at(error, QUERY) : Refusal.at(error, QUERY, "output");
    }
}
