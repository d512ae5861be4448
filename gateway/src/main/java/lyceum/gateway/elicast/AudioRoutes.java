package lyceum.gateway.elicast;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.RepairVoice;
import lyceum.elicast.ElicastService.RepairedVoice;
import lyceum.elicast.ElicastService.ReplaceVoice;
import lyceum.elicast.Lesson;
import lyceum.gateway.access.Access;
import lyceum.gateway.access.Shares;
import lyceum.gateway.media.JobOutputs;
import lyceum.gateway.media.MediaAccess;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Routes;
import lyceum.gateway.route.StallLimitedBody;
import lyceum.media.MediaService;
import lyceum.media.MediaService.Job;
import lyceum.media.MediaService.Segment;
import lyceum.media.MediaService.Split;

/** Sound of lessons: cut, take along, replace (elicast contract, sections 2.7 and 2.8). */
public final class AudioRoutes implements Routes {

    private static final Operation SPLIT = Operation.post("/audio/split");
    private static final Operation DOWNLOAD = Operation.get("/audio/download/{id}");
    private static final Operation REPLACE = Operation.post("/audio/replace/{id}");

    private final ElicastService elicast;
    private final MediaAccess media;
    private final Access access;
    private final EditSwitch edits;
    private final Shares shares;
    private final Duration stallLimit;

    /**
     * @param elicast asked with a time limit that is longer than that of an operation of media-service
     * @param shares says whom a job counts for
     * @param stallLimit how long a client may take nothing of an answer
     */
    public AudioRoutes(
            ElicastService elicast,
            MediaAccess media,
            Access access,
            EditSwitch edits,
            Shares shares,
            Duration stallLimit) {
        this.elicast = elicast;
        this.media = media;
        this.access = access;
        this.edits = edits;
        this.shares = shares;
        this.stallLimit = stallLimit;
    }

    @Override
    public void addTo(Router router) {
        route(router, SPLIT).handler(this::split);
        route(router, DOWNLOAD).handler(this::download);
        route(router, REPLACE).handler(this::replace);
    }

    private Route route(Router router, Operation operation) {
        return operation
                .on(router, ElicastRoutes.regex(operation.path()))
                .handler(access.guard(operation))
                .handler(edits);
    }

    private void split(RoutingContext ctx) {
        SplitForm form = new SplitForm(media, shares.of(ctx), ctx.request());
        whenGone(ctx, form::close);
        ElicastForms.read(ctx.request(), form)
                .map(read -> form.segments())
                .compose(segments -> form.finish().compose(job -> split(ctx, job, segments)))
                .onComplete(done -> form.close())
                .onFailure(ctx::fail);
    }

    private Future<Void> split(RoutingContext ctx, Job job, List<Segment> segments) {
        MediaService instance = media.at().apply(job.instance());
        return instance.split(new Split(job.id(), segments))
                .compose(outputs -> new SplitBody(
                                new JobOutputs(instance, job.id()), StallLimitedBody.of(ctx, stallLimit))
                        .write(outputs.sizesBytes().size()));
    }

    /** What is done for a client ends with it; where it has gone already nobody would be told any more. */
    private static void whenGone(RoutingContext ctx, Runnable end) {
        if (ctx.response().closed()) {
            end.run();
            return;
        }
        ctx.response().closeHandler(gone -> {
            if (!ctx.response().ended()) {
                end.run();
            }
        });
    }

    private void download(RoutingContext ctx) {
        long id = ElicastRoutes.id(ctx);
        elicast.repairVoice(new RepairVoice(id, shares.of(ctx)))
                .compose(voice -> download(ctx, id, voice))
                .onFailure(ctx::fail);
    }

    private Future<Void> download(RoutingContext ctx, long id, RepairedVoice voice) {
        ctx.response()
                .putHeader("Content-Type", "application/octet-stream")
                .putHeader("Content-Disposition", "attachment; filename=\"voice_%d.tar\"".formatted(id));
        JobOutputs outputs = new JobOutputs(media.at().apply(voice.instance()), voice.jobId());
        return new VoiceTar(outputs, StallLimitedBody.of(ctx, stallLimit))
                .write(voice.sizesBytes())
                .onComplete(written -> media.close(new Job(voice.jobId(), voice.instance())));
    }

    private void replace(RoutingContext ctx) {
        ReplaceForm form = new ReplaceForm(media, shares.of(ctx), ctx.request());
        whenGone(ctx, form::close);
        ElicastForms.answer(
                ctx,
                ElicastForms.read(ctx.request(), form)
                        .map(read -> form.index())
                        .compose(index -> form.finish().compose(job -> replace(ctx, index, job)))
                        .onComplete(done -> form.close())
                        .map(lesson -> new JsonObject()));
    }

    private Future<Lesson> replace(RoutingContext ctx, long index, Job job) {
        return elicast.replaceVoice(new ReplaceVoice(ElicastRoutes.id(ctx), index, job.id(), job.instance()));
    }
}
