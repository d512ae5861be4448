package lyceum.gateway.stream;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import lyceum.gateway.access.Access;
import lyceum.gateway.route.JsonBody;
import lyceum.gateway.route.JsonDocument;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.Routes;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.ChangeMetadata;
import lyceum.stream.StreamService.DeleteStreams;
import lyceum.stream.StreamService.Deletions;
import lyceum.stream.StreamService.DescribeStreams;
import lyceum.stream.StreamService.Metadata;
import lyceum.stream.StreamService.StreamInfo;

/** Which streams there are, what is known of them, and their end (contract, section 2.4). */
public final class StreamRegistryRoutes implements Routes {

    private static final Operation LIST = Operation.get("/streams");
    private static final Operation DESCRIBE = Operation.get("/streams/{id}");
    private static final Operation CHANGE = Operation.put("/streams/{id}");
    private static final Operation DELETE = Operation.delete("/streams/{id}");

    private static final String ID = "id";

    private final StreamAccess streams;
    private final Access access;
    private final StreamInfoJson json;

    /** @param zone of the times that are told */
    public StreamRegistryRoutes(StreamAccess streams, Access access, ZoneId zone) {
        this.streams = streams;
        this.access = access;
        this.json = new StreamInfoJson(zone);
    }

    @Override
    public void addTo(Router router) {
        LIST.onEither(router).handler(access.guard(LIST)).handler(this::list);
        DESCRIBE.onEither(router).handler(access.guard(DESCRIBE)).handler(this::describe);
        CHANGE.onEither(router)
                .handler(access.guard(CHANGE))
                .handler(JsonBody.reader(MetadataBody.LIMIT_BYTES))
                .handler(this::change);
        DELETE.onEither(router).handler(access.guard(DELETE)).handler(this::delete);
    }

    private void list(RoutingContext ctx) {
        StreamQuery query = new StreamQuery(ctx);
        boolean withInfo = query.flagOr("info", false);
        query.end();
        Future<List<String>> names = new StreamListing(streams.service()).names();
        if (withInfo) {
            names.compose(all -> new DescribedList(JsonDocument.begin(ctx), StreamService.MOST_STREAMS, this::infos)
                            .write(all))
                    .onFailure(ctx::fail);
        } else {
            JsonDocument.send(ctx, names.map(JsonArray::new));
        }
    }

    /** A stream may have been deleted since its name was read. */
    private Future<List<Optional<String>>> infos(List<String> names) {
        return streams.service()
                .describeStreams(new DescribeStreams(names))
                .map(infos -> infos.items().stream()
                        .map(info -> Optional.of(info)
                                .filter(StreamInfo::exists)
                                .map(known -> json.of(known).encode()))
                        .toList());
    }

    private void describe(RoutingContext ctx) {
        StreamQuery query = new StreamQuery(ctx);
        boolean reportsError = query.flagOr("report_error", false);
        query.end();
        String name = StreamPath.one(ctx, ID);
        Future<JsonObject> told = streams.service()
                .describeStreams(new DescribeStreams(List.of(name)))
                .map(infos -> tell(infos.items().get(0), reportsError));
        JsonDocument.send(ctx, orWrongPath(told));
    }

    private JsonObject tell(StreamInfo info, boolean reportsError) {
        if (reportsError && !info.exists()) {
            throw new Refusal(400, StreamInfoJson.NO_SUCH_KEY);
        }
        return json.of(info);
    }

    private void change(RoutingContext ctx) {
        StreamQuery query = new StreamQuery(ctx);
        boolean override = query.flagOr("override", false);
        String metadata = MetadataBody.read(ctx, query);
        query.end();
        ChangeMetadata order = new ChangeMetadata(StreamPath.one(ctx, ID), metadata, override);
        JsonDocument.send(
                ctx,
                streams.service()
                        .changeMetadata(order)
                        .map(Metadata::json)
                        .recover(error -> Future.failedFuture(Refusal.at(error, "body"))));
    }

    private void delete(RoutingContext ctx) {
        DeleteStreams order = new DeleteStreams(StreamPath.all(ctx, ID));
        JsonDocument.send(
                ctx, orWrongPath(streams.service().deleteStreams(order).map(StreamRegistryRoutes::numbers)));
    }

    private static JsonArray numbers(Deletions deletions) {
        JsonArray numbers = new JsonArray();
        deletions
                .items()
                .forEach(deletion ->
                        numbers.add(deletion.metadata()).add(deletion.entries()).add(deletion.keys()));
        return numbers;
    }

    /** The name may be of something in Redis that is no stream. */
    private static <T> Future<T> orWrongPath(Future<T> answer) {
        return answer.recover(error -> Future.failedFuture(Refusal.at(error, "path", StreamPath.PARAMETER)));
    }
}
