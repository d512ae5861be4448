package lyceum.gateway.grading;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import lyceum.gateway.access.Access;
import lyceum.gateway.access.Caller;
import lyceum.gateway.form.FormBody;
import lyceum.gateway.form.FormTooLarge;
import lyceum.gateway.form.UnreadableForm;
import lyceum.gateway.route.Download;
import lyceum.gateway.route.JsonAnswer;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.PageQuery;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.Routes;
import lyceum.grading.HandIn;
import lyceum.grading.HandInService;
import lyceum.grading.HandInService.CancelHandIn;
import lyceum.grading.HandInService.ClearHandIns;
import lyceum.grading.HandInService.Content;
import lyceum.grading.HandInService.CreateHandIn;
import lyceum.grading.HandInService.FindHandIn;
import lyceum.grading.HandInService.FindOpening;
import lyceum.grading.HandInService.ListHandIns;
import lyceum.grading.HandInService.RerunHandIn;
import lyceum.grading.Viewer;
import lyceum.platform.Failure;

/** Hand-ins: students hand in and look at what came of it, teachers at everybody's. */
final class HandInRoutes implements Routes {

    private static final Operation CREATE = Operation.post("/grading/homework/{homework}/hand-ins");
    private static final Operation LIST = Operation.get("/grading/hand-ins");
    private static final Operation FIND = Operation.get("/grading/hand-ins/{id}");
    private static final Operation CONTENT = Operation.get("/grading/hand-ins/{id}/content");
    private static final Operation RERUN = Operation.post("/grading/hand-ins/{id}/reruns");
    private static final Operation CANCEL = Operation.post("/grading/hand-ins/{id}/cancellations");
    private static final Operation CLEAR = Operation.delete("/grading/hand-ins");

    private static final String EVERYBODY = "*";

    /** The largest hand-in comes within it at 22 kilobits a second. */
    private static final Duration LONGEST_ARRIVAL = Duration.ofMinutes(2);

    private final HandInService handIns;
    private final Access access;
    private final GradingRoutesConfig config;
    private final InstantSource clock;

    HandInRoutes(HandInService handIns, Access access, GradingRoutesConfig config, InstantSource clock) {
        this.handIns = handIns;
        this.access = access;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public void addTo(Router router) {
        CREATE.on(router).handler(access.guard(CREATE)).handler(this::create);
        LIST.on(router).handler(access.guard(LIST)).handler(this::list);
        FIND.on(router).handler(access.guard(FIND)).handler(this::find);
        CONTENT.on(router).handler(access.guard(CONTENT)).handler(this::fetchContent);
        RERUN.on(router).handler(access.guard(RERUN)).handler(this::rerun);
        CANCEL.on(router).handler(access.guard(CANCEL)).handler(this::cancel);
        CLEAR.on(router).handler(access.guard(CLEAR)).handler(this::clear);
    }

    /** A deadline that passes while the body arrives is met nevertheless, as long as that takes no longer than it may. */
    private void create(RoutingContext ctx) {
        Instant begun = clock.instant();
        HandInForm form = new HandInForm(config.contentBytes());
        FormBody.read(ctx.request(), form, config.encodedBytes(), config.bodyBytes())
                .recover(error -> Future.failedFuture(refusal(form, error)))
                .map(read -> order(ctx, form, counted(begun, clock.instant())))
                .recover(refusal -> handIns.findOpening(opening(ctx, counted(begun, clock.instant())))
                        .compose(open -> Future.failedFuture(refusal)))
                .compose(handIns::createHandIn)
                .onSuccess(handIn -> tellPlace(ctx, handIn))
                .onFailure(ctx::fail);
    }

    /** @return when a request counts as begun: who begins many and writes them hours later would have had so much longer */
    static Instant counted(Instant begun, Instant arrived) {
        Instant earliest = arrived.minus(LONGEST_ARRIVAL);
        return begun.isBefore(earliest) ? earliest : begun;
    }

    /** That an archive is too long is one of the rules of archives (decision 3 of the contract). */
    private Throwable refusal(HandInForm form, Throwable error) {
        if (error instanceof FormTooLarge) {
            boolean isArchive = form.fileName() != null;
            return new Refusal(
                    isArchive ? 422 : 413, "a hand-in has at most %d bytes".formatted(config.contentBytes()));
        }
        return error instanceof UnreadableForm ? Failure.invalid(error.getMessage()) : error;
    }

    /** What is wrong with a form is told where it could have been handed in, and not before (contract, section 3.5). */
    private static FindOpening opening(RoutingContext ctx, Instant begun) {
        Caller caller = Caller.of(ctx).orElseThrow();
        return new FindOpening(caller.subject(), GradingAccess.isStaff(caller), ctx.pathParam("homework"), begun);
    }

    private static CreateHandIn order(RoutingContext ctx, HandInForm form, Instant begun) {
        Caller caller = Caller.of(ctx).orElseThrow();
        return new CreateHandIn(
                caller.subject(),
                GradingAccess.isStaff(caller),
                ctx.pathParam("homework"),
                form.codePackage(),
                form.fileName(),
                Buffer.buffer(form.content()),
                begun);
    }

    private static void tellPlace(RoutingContext ctx, HandIn handIn) {
        String mount = ctx.mountPoint() == null ? "" : ctx.mountPoint().replaceAll("/$", "");
        ctx.response().putHeader("Location", mount + "/grading/hand-ins/" + handIn.id());
        new JsonAnswer(202, GradingJson.of(handIn)).send(ctx);
    }

    private void list(RoutingContext ctx) {
        Viewer viewer = GradingAccess.viewer(ctx);
        PageQuery page = PageQuery.of(ctx, HandInService.PAGE);
        String student = parameter(ctx, "student", viewer.name());
        ListHandIns question = new ListHandIns(
                viewer,
                student.equals(EVERYBODY) ? null : student,
                parameter(ctx, "homework", null),
                page.page(),
                page.count());
        JsonAnswer.send(
                ctx, handIns.listHandIns(question).map(found -> JsonAnswer.ok(GradingJson.of(found, "handIns"))));
    }

    private static String parameter(RoutingContext ctx, String name, String fallback) {
        return ctx.queryParam(name).stream().findFirst().orElse(fallback);
    }

    private void find(RoutingContext ctx) {
        JsonAnswer.send(ctx, handIns.findHandIn(question(ctx)).map(found -> JsonAnswer.ok(GradingJson.of(found))));
    }

    private static FindHandIn question(RoutingContext ctx) {
        return new FindHandIn(GradingAccess.viewer(ctx), ctx.pathParam("id"));
    }

    private void fetchContent(RoutingContext ctx) {
        handIns.fetchContent(question(ctx))
                .onSuccess(content -> send(ctx, content))
                .onFailure(ctx::fail);
    }

    private static void send(RoutingContext ctx, Content content) {
        Download.named(ctx, content.fileName())
                .putHeader("Content-Type", content.type())
                .end(content.bytes());
    }

    private void rerun(RoutingContext ctx) {
        boolean isFullScale = !parameter(ctx, "fullscale", "").isEmpty();
        Future<HandIn> again =
                handIns.rerunHandIn(new RerunHandIn(GradingAccess.viewer(ctx), ctx.pathParam("id"), isFullScale));
        JsonAnswer.send(ctx, again.map(handIn -> new JsonAnswer(202, GradingJson.of(handIn))));
    }

    private void cancel(RoutingContext ctx) {
        CancelHandIn order = new CancelHandIn(GradingAccess.viewer(ctx), ctx.pathParam("id"));
        JsonAnswer.send(ctx, handIns.cancelHandIn(order).map(handIn -> JsonAnswer.ok(GradingJson.of(handIn))));
    }

    private void clear(RoutingContext ctx) {
        ClearHandIns order = new ClearHandIns(GradingAccess.viewer(ctx), parameter(ctx, "homework", null));
        JsonAnswer.send(
                ctx,
                handIns.clearHandIns(order)
                        .map(cleared -> JsonAnswer.ok(new JsonObject().put("rejected", cleared.count()))));
    }
}
