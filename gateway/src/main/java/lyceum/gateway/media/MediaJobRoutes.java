package lyceum.gateway.media;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import lyceum.account.Role;
import lyceum.gateway.access.Access;
import lyceum.gateway.access.Caller;
import lyceum.gateway.file.Portion;
import lyceum.gateway.route.Download;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.Routes;
import lyceum.media.MediaService;
import lyceum.media.MediaService.Job;
import lyceum.media.MediaService.OpenJob;
import lyceum.media.MediaService.Priority;
import lyceum.media.MediaWorkService;
import lyceum.media.MediaWorkService.AwaitWork;
import lyceum.media.MediaWorkService.Output;
import lyceum.media.MediaWorkService.WorkState;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;

/**
 * Work on sound and film that takes its time: the file is the body of a request, its answer tells where to look for what
 * becomes of it. A job is seen by who has sent it, and by administrators.
 */
public final class MediaJobRoutes implements Routes {

    private static final Operation SUBMIT = Operation.post("/media/jobs");
    private static final Operation FIND = Operation.get("/media/jobs/{id}");
    private static final Operation REMOVE = Operation.delete("/media/jobs/{id}");
    private static final Operation WATCH = Operation.get("/media/jobs/{id}/events");
    private static final Operation FETCH = Operation.get("/media/jobs/{id}/outputs/{name}");

    private final MediaAccess media;
    private final Access access;
    private final int mostWatchers;
    private final AtomicInteger watchers = new AtomicInteger();
    private final AtomicLong refused = new AtomicLong();

    /** @param mostWatchers who may watch jobs at once */
    public MediaJobRoutes(MediaAccess media, Access access, int mostWatchers) {
        this.media = media;
        this.access = access;
        this.mostWatchers = mostWatchers;
    }

    /** @return who watches a job now */
    public int watching() {
        return watchers.get();
    }

    /** @return how often somebody was sent away because of that limit */
    public long refused() {
        return refused.get();
    }

    @Override
    public void addTo(Router router) {
        SUBMIT.on(router).handler(access.guard(SUBMIT)).handler(this::submit);
        FIND.on(router).handler(access.guard(FIND)).handler(this::find);
        REMOVE.on(router).handler(access.guard(REMOVE)).handler(this::remove);
        WATCH.on(router).handler(access.guard(WATCH)).handler(this::watch);
        FETCH.on(router).handler(access.guard(FETCH)).handler(this::fetch);
    }

    private void submit(RoutingContext ctx) {
        MediaOrder order = MediaOrder.of(ctx);
        String owner = Caller.of(ctx).orElseThrow().subject();
        JobWriter writer = new JobWriter(media, new OpenJob(Priority.BACKGROUND, owner), ctx.request());
        JobBody.read(ctx.request(), writer)
                .compose(job -> order.begin(media, job).map(begun -> job))
                .compose(job -> state(job).map(state -> MediaJobJson.of(MediaJobId.of(job), state)))
                .onSuccess(json -> accept(ctx, json))
                .onFailure(error -> writer.close())
                .onFailure(ctx::fail);
    }

    private static void accept(RoutingContext ctx, JsonObject json) {
        json(ctx, 202)
                .putHeader("Location", "/media/jobs/" + json.getString("id"))
                .end(json.encode())
                .onFailure(ctx::fail);
    }

    private void find(RoutingContext ctx) {
        Job job = MediaJobId.parse(ctx.pathParam("id"));
        seen(ctx, job)
                .compose(state -> json(ctx, 200)
                        .end(MediaJobJson.of(ctx.pathParam("id"), state).encode()))
                .onFailure(ctx::fail);
    }

    private void remove(RoutingContext ctx) {
        Job job = MediaJobId.parse(ctx.pathParam("id"));
        seen(ctx, job)
                .compose(state -> media.at().apply(job.instance()).closeJob(new MediaService.CloseJob(job.id())))
                .compose(closed -> ctx.response().setStatusCode(204).end())
                .onFailure(ctx::fail);
    }

    private void watch(RoutingContext ctx) {
        Job job = MediaJobId.parse(ctx.pathParam("id"));
        if (watchers.get() >= mostWatchers) {
            refused.incrementAndGet();
            throw new Failure(Kind.BUSY, "too many media jobs are watched");
        }
        watchers.incrementAndGet();
        ctx.addEndHandler(over -> watchers.decrementAndGet());
        access.holdWhileValid(ctx);
        seen(ctx, job)
                .onSuccess(state -> new MediaJobWatch(works(job), job, ctx.response()).begin(state))
                .onFailure(ctx::fail);
    }

    private void fetch(RoutingContext ctx) {
        Job job = MediaJobId.parse(ctx.pathParam("id"));
        seen(ctx, job).compose(state -> send(ctx, job, state.outputs())).onFailure(ctx::fail);
    }

    private Future<Void> send(RoutingContext ctx, Job job, List<Output> outputs) {
        String name = ctx.pathParam("name");
        int number = outputs.stream().map(Output::name).toList().indexOf(name);
        if (number < 0) {
            return Future.failedFuture(Failure.notFound("the job has no such output"));
        }
        Output output = outputs.get(number);
        Portion portion = Portion.of(ctx.request().getHeader("Range"), output.sizeBytes());
        if (portion.kind() == Portion.Kind.NONE) {
            String size = portion.contentRange(output.sizeBytes());
            return Future.failedFuture(new Refusal(416, null, Map.of("Content-Range", size)));
        }
        HttpServerResponse response = Download.named(ctx, name)
                .putHeader("Accept-Ranges", "bytes")
                .putHeader("Content-Type", output.mediaType())
                .putHeader("Content-Length", Long.toString(portion.length()));
        if (portion.kind() == Portion.Kind.PART) {
            response.setStatusCode(206).putHeader("Content-Range", portion.contentRange(output.sizeBytes()));
        }
        return new JobOutputs(media.at().apply(job.instance()), job.id())
                .read(number, portion.offset(), portion.length(), response::write)
                .compose(all -> response.end());
    }

    /** @return how a job stands; NOT_FOUND where the caller may not see it */
    private Future<WorkState> seen(RoutingContext ctx, Job job) {
        Caller caller = Caller.of(ctx).orElseThrow();
        return state(job).map(state -> {
            if (!state.owner().equals(caller.subject()) && !caller.roles().contains(Role.ADMIN)) {
                throw Failure.notFound("no such job");
            }
            return state;
        });
    }

    private Future<WorkState> state(Job job) {
        return works(job).awaitWork(new AwaitWork(job.id(), 0));
    }

    private MediaWorkService works(Job job) {
        return media.worksAt().apply(job.instance());
    }

    private static HttpServerResponse json(RoutingContext ctx, int status) {
        return ctx.response().setStatusCode(status).putHeader("Content-Type", "application/json");
    }
}
