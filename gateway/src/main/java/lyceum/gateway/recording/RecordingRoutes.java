package lyceum.gateway.recording;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import lyceum.gateway.access.Access;
import lyceum.gateway.route.JsonDocument;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.Routes;
import lyceum.gateway.stream.DescribedList;
import lyceum.gateway.stream.StreamQuery;
import lyceum.gateway.stream.StreamRoutesConfig;
import lyceum.platform.Bus;
import lyceum.platform.Failure;
import lyceum.platform.Loop;
import lyceum.stream.RecordingService;
import lyceum.stream.RecordingService.DeleteRecording;
import lyceum.stream.RecordingService.DescribeRecordings;
import lyceum.stream.RecordingService.FindRunning;
import lyceum.stream.RecordingService.ForgetInfos;
import lyceum.stream.RecordingService.HideRecording;
import lyceum.stream.RecordingService.ListRecordings;
import lyceum.stream.RecordingService.Moved;
import lyceum.stream.RecordingService.Recording;
import lyceum.stream.RecordingService.RenameRecording;
import lyceum.stream.RecordingService.StartRecording;
import lyceum.stream.RecordingService.StopRecording;

/** Which recordings there are, what is known of them, and how they begin, end and move (contract, section 4.1). */
public final class RecordingRoutes implements Routes {

    /** What is not known yet of a recording takes its time; so few are asked for at once. */
    private static final int STEP = 10;

    private static final Operation LIST = Operation.get("/recordings");
    private static final Operation FORGET = Operation.delete("/recordings/cache");
    private static final Operation CURRENT = Operation.get("/recordings/current");
    private static final Operation START = Operation.put("/recordings/start");
    private static final Operation STOP = Operation.put("/recordings/stop");
    private static final Operation DESCRIBE = Operation.get("/recordings/{id}");
    private static final Operation DELETE = Operation.delete("/recordings/{id}");
    private static final Operation RENAME = Operation.put("/recordings/{id}/rename/{newId}");
    private static final Operation HIDE = Operation.put("/recordings/{id}/hide");
    private static final Operation SHOW = Operation.put("/recordings/{id}/unhide");

    /** What the dashboard asks for when it knows no recording. */
    private static final String UNDEFINED = "undefined";

    private final RecordingService recordings;
    private final Access access;

    /** @return the routes of everything in this package */
    public static Routes all(Bus bus, StreamRoutesConfig config, Access access) {
        RecordingAccess recordings = RecordingAccess.over(bus);
        RecordingFileAccess files = RecordingFileAccess.over(bus);
        return Routes.of(
                new ReplayRoutes(recordings, access),
                new RecordingFileRoutes(files, access, config.stallLimit()),
                new RecordingUploadRoutes(files, access, config),
                RecordingExportRoutes.over(bus, access),
                new RecordingRoutes(recordings, access));
    }

    RecordingRoutes(RecordingAccess recordings, Access access) {
        this.recordings = recordings.service();
        this.access = access;
    }

    /** What has a name of its own comes before what may be the name of a recording. */
    @Override
    public void addTo(Router router) {
        LIST.onEither(router).handler(access.guard(LIST)).handler(this::list);
        FORGET.onEither(router).handler(access.guard(FORGET)).handler(this::forget);
        CURRENT.onEither(router).handler(access.guard(CURRENT)).handler(this::current);
        START.onEither(router).handler(access.guard(START)).handler(this::start);
        STOP.onEither(router).handler(access.guard(STOP)).handler(this::stop);
        DESCRIBE.onEither(router).handler(access.guard(DESCRIBE)).handler(this::describe);
        DELETE.onEither(router).handler(access.guard(DELETE)).handler(this::delete);
        RENAME.onEither(router).handler(access.guard(RENAME)).handler(this::rename);
        HIDE.onEither(router).handler(access.guard(HIDE)).handler(ctx -> hide(ctx, true));
        SHOW.onEither(router).handler(access.guard(SHOW)).handler(ctx -> hide(ctx, false));
    }

    private void list(RoutingContext ctx) {
        StreamQuery query = new StreamQuery(ctx);
        boolean withInfo = query.flagOr("info", false);
        boolean cached = query.flagOr("cache", true);
        query.end();
        if (withInfo) {
            names().compose(all ->
                            new DescribedList(JsonDocument.begin(ctx), STEP, some -> infos(some, cached)).write(all))
                    .onFailure(ctx::fail);
        } else {
            JsonDocument.send(ctx, names().map(JsonArray::new));
        }
    }

    private Future<List<Optional<String>>> infos(List<String> names, boolean cached) {
        return recordings
                .describeRecordings(new DescribeRecordings(names, cached))
                .map(infos -> infos.items().stream().map(Optional::of).toList());
    }

    private Future<List<String>> names() {
        List<String> names = new ArrayList<>();
        return Loop.whileTrue(() -> {
                    String after = names.isEmpty() ? "" : names.get(names.size() - 1);
                    return recordings.listRecordings(new ListRecordings(after)).map(page -> {
                        names.addAll(page.items());
                        return page.more() && !page.items().isEmpty();
                    });
                })
                .map(all -> names);
    }

    private void forget(RoutingContext ctx) {
        JsonDocument.send(ctx, names().compose(this::forget));
    }

    private Future<JsonObject> forget(List<String> names) {
        JsonObject counts = new JsonObject();
        int[] next = {0};
        return Loop.whileTrue(() -> {
                    int end = Math.min(names.size(), next[0] + RecordingService.MOST_RECORDINGS);
                    List<String> some = List.copyOf(names.subList(next[0], end));
                    next[0] = end;
                    return some.isEmpty() ? Future.succeededFuture(false) : forget(some, counts);
                })
                .map(all -> counts);
    }

    private Future<Boolean> forget(List<String> names, JsonObject counts) {
        return recordings.forgetInfos(new ForgetInfos(names)).map(forgotten -> {
            for (int i = 0; i < names.size(); i++) {
                counts.put(names.get(i), forgotten.counts().get(i));
            }
            return true;
        });
    }

    private void current(RoutingContext ctx) {
        StreamQuery query = new StreamQuery(ctx);
        boolean withInfo = query.flagOr("info", false);
        query.end();
        Future<Recording> running = recordings.findRunning(new FindRunning());
        if (withInfo) {
            running.compose(found -> found.name() == null ? Future.succeededFuture("null") : info(found.name()))
                    .onSuccess(info -> JsonDocument.begin(ctx).end(info))
                    .onFailure(ctx::fail);
        } else {
            JsonDocument.send(ctx, running.map(Recording::name));
        }
    }

    private void describe(RoutingContext ctx) {
        String name = name(ctx);
        if (name.equals(UNDEFINED)) {
            throw new Refusal(404);
        }
        info(name).onSuccess(info -> JsonDocument.begin(ctx).end(info)).onFailure(ctx::fail);
    }

    /** @return JSON */
    private Future<String> info(String name) {
        return recordings
                .describeRecordings(new DescribeRecordings(List.of(name), true))
                .map(infos -> infos.items().get(0));
    }

    private void start(RoutingContext ctx) {
        StreamQuery query = new StreamQuery(ctx);
        String name = query.text("rec_id").orElse("");
        query.end();
        JsonDocument.send(ctx, recordings.startRecording(order(name)).map(Recording::name));
    }

    private static StartRecording order(String name) {
        try {
            return new StartRecording(name);
        } catch (Failure failure) {
            throw (Refusal) Refusal.at(failure, "query", "rec_id");
        }
    }

    private void stop(RoutingContext ctx) {
        JsonDocument.send(
                ctx, recordings.stopRecording(new StopRecording()).map(stopped -> stopped.name() == null ? 0 : 1));
    }

    private void rename(RoutingContext ctx) {
        RenameRecording order = new RenameRecording(name(ctx), RecordingPath.newName(ctx, "newId", "new_id"));
        tellMove(ctx, recordings.renameRecording(order));
    }

    private void hide(RoutingContext ctx, boolean hidden) {
        tellMove(ctx, recordings.hideRecording(new HideRecording(name(ctx), hidden)));
    }

    private static void tellMove(RoutingContext ctx, Future<Moved> move) {
        JsonDocument.send(ctx, move.map(moved -> JsonArray.of(moved.isThere(), moved.isGone())));
    }

    private void delete(RoutingContext ctx) {
        DeleteRecording order = new DeleteRecording(name(ctx));
        JsonDocument.send(ctx, recordings.deleteRecording(order).map(gone -> JsonArray.of(gone.raw(), gone.post())));
    }

    private static String name(RoutingContext ctx) {
        return RecordingPath.name(ctx, "id", "recording_id");
    }
}
