package lyceum.gateway.recording;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Locale;
import lyceum.gateway.access.Access;
import lyceum.gateway.route.JsonDocument;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.Routes;
import lyceum.gateway.stream.PlusList;
import lyceum.gateway.stream.StreamQuery;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.stream.RecordingExportService;
import lyceum.stream.RecordingExportService.ExportRecording;
import lyceum.stream.RecordingExportService.Exports;
import lyceum.stream.RecordingExportService.FindExports;
import lyceum.stream.RecordingExportService.FindThumbnail;
import lyceum.stream.RecordingExportService.Phase;
import lyceum.stream.RecordingExportService.StreamExport;
import lyceum.stream.StreamName;

/** What is made of recordings. The contract knows only the files (section 4.4); how to order and watch them is ours. */
final class RecordingExportRoutes implements Routes {

    private static final Operation ORDER = Operation.post("/recordings/{id}/export");
    private static final Operation WATCH = Operation.get("/recordings/{id}/export");
    private static final Operation THUMBNAIL = Operation.get("/recordings/{id}/thumbnail");

    private static final String STREAM = "stream";
    private static final String USUAL_STREAM = "main";

    private final RecordingExportService exports;
    private final Access access;

    RecordingExportRoutes(RecordingExportService exports, Access access) {
        this.exports = exports;
        this.access = access;
    }

    /** @return the routes, with services that are asked over the bus */
    static RecordingExportRoutes over(Bus bus, Access access) {
        return new RecordingExportRoutes(bus.proxy(RecordingExportService.class, RecordingAccess.LIMIT), access);
    }

    @Override
    public void addTo(Router router) {
        ORDER.onEither(router).handler(access.guard(ORDER)).handler(this::order);
        WATCH.onEither(router).handler(access.guard(WATCH)).handler(this::watch);
        THUMBNAIL.onEither(router).handler(access.guard(THUMBNAIL)).handler(this::thumbnail);
    }

    private void order(RoutingContext ctx) {
        String recording = name(ctx);
        List<String> streams = new StreamQuery(ctx)
                .text(STREAM)
                .filter(text -> !text.isEmpty())
                .map(PlusList::ofQuery)
                .orElse(List.of());
        streams.forEach(RecordingExportRoutes::checked);
        answer(ctx, 202, exports.exportRecording(ordered(recording, streams)));
    }

    private static ExportRecording ordered(String recording, List<String> streams) {
        try {
            return new ExportRecording(recording, streams);
        } catch (Failure tooMany) {
            throw (Refusal) Refusal.at(tooMany, "query", STREAM);
        }
    }

    private static String checked(String stream) {
        try {
            return StreamName.check(stream);
        } catch (Failure wrong) {
            throw (Refusal) Refusal.at(wrong, "query", STREAM);
        }
    }

    private void watch(RoutingContext ctx) {
        answer(ctx, 200, exports.findExports(new FindExports(name(ctx))));
    }

    private static void answer(RoutingContext ctx, int status, Future<Exports> found) {
        found.recover(error -> Future.failedFuture(Refusal.at(error, "query", STREAM)))
                .onSuccess(known -> JsonDocument.begin(ctx)
                        .setStatusCode(status)
                        .end(json(known).toBuffer()))
                .onFailure(ctx::fail);
    }

    private static JsonObject json(Exports exports) {
        JsonArray streams = new JsonArray();
        exports.streams().forEach(export -> streams.add(json(export)));
        boolean isActive = exports.streams().stream()
                .map(StreamExport::phase)
                .anyMatch(phase -> phase == Phase.WAITING || phase == Phase.RUNNING);
        return new JsonObject()
                .put("recording", exports.recording())
                .put("active", isActive)
                .put("streams", streams);
    }

    private static JsonObject json(StreamExport export) {
        return new JsonObject()
                .put("stream", export.stream())
                .put("file", export.file().isEmpty() ? null : export.file())
                .put("state", export.phase().name().toLowerCase(Locale.ROOT))
                .put("fraction", export.fraction())
                .put("attempts", export.attempts())
                .put("bytes", export.bytes())
                .put("entries", export.entries())
                .put("left_out", export.leftOut())
                .put("failure", export.failure().isEmpty() ? null : export.failure());
    }

    private void thumbnail(RoutingContext ctx) {
        StreamQuery query = new StreamQuery(ctx);
        String stream = query.text(STREAM).filter(text -> !text.isEmpty()).orElse(USUAL_STREAM);
        long atMillis = query.seconds("at").orElse(0L);
        query.end();
        exports.findThumbnail(new FindThumbnail(name(ctx), checked(stream), atMillis))
                .recover(error -> Future.failedFuture(Refusal.at(error, "query", STREAM)))
                .onSuccess(found -> ctx.response()
                        .putHeader("Content-Type", "image/jpeg")
                        .putHeader("Cache-Control", "private, no-cache")
                        .end(found.jpeg()))
                .onFailure(ctx::fail);
    }

    private static String name(RoutingContext ctx) {
        return RecordingPath.name(ctx, "id", "recording_id");
    }
}
