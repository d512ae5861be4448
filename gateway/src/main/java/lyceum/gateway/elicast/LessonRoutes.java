package lyceum.gateway.elicast;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.CreateLesson;
import lyceum.elicast.ElicastService.DeleteLesson;
import lyceum.elicast.ElicastService.Done;
import lyceum.elicast.ElicastService.DraftSize;
import lyceum.elicast.ElicastService.ModifyLesson;
import lyceum.elicast.ElicastService.OpenLesson;
import lyceum.elicast.ElicastService.ProtectLesson;
import lyceum.elicast.Lesson;
import lyceum.gateway.access.Access;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Routes;
import lyceum.gateway.route.StallLimitedBody;

/** Lessons (elicast contract, sections 2.1 to 2.4) and their protection (section 13, row 9). */
public final class LessonRoutes implements Routes {

    private static final Operation LIST = Operation.get("/elicast");
    private static final Operation CREATE = Operation.put("/elicast");
    private static final Operation READ = Operation.get("/elicast/{id}");
    private static final Operation MODIFY = Operation.post("/elicast/{id}");
    private static final Operation DELETE = Operation.delete("/elicast/{id}");
    private static final Operation PROTECT = Operation.put("/elicast/{id}/protection");
    private static final Operation UNPROTECT = Operation.delete("/elicast/{id}/protection");

    private final ElicastService elicast;
    private final Access access;
    private final EditSwitch edits;
    private final Duration stallLimit;

    /** @param stallLimit how long a client may take nothing of an answer */
    public LessonRoutes(ElicastService elicast, Access access, EditSwitch edits, Duration stallLimit) {
        this.elicast = elicast;
        this.access = access;
        this.edits = edits;
        this.stallLimit = stallLimit;
    }

    @Override
    public void addTo(Router router) {
        route(router, LIST).handler(this::list);
        route(router, CREATE).handler(edits).handler(this::create);
        route(router, READ).handler(this::read);
        route(router, MODIFY).handler(edits).handler(this::modify);
        route(router, DELETE).handler(edits).handler(this::delete);
        route(router, PROTECT).handler(ctx -> protect(ctx, true));
        route(router, UNPROTECT).handler(ctx -> protect(ctx, false));
    }

    private Route route(Router router, Operation operation) {
        return operation.on(router, ElicastRoutes.regex(operation.path())).handler(access.guard(operation));
    }

    private void list(RoutingContext ctx) {
        ElicastForms.answer(
                ctx,
                elicast.listLessons(LessonQuery.of(ctx.queryParams()))
                        .map(page -> new JsonObject().put("elicasts", summaries(page.items()))));
    }

    private static JsonArray summaries(List<Lesson> lessons) {
        return new JsonArray(lessons.stream().map(LessonRoutes::summary).toList());
    }

    private static JsonObject summary(Lesson lesson) {
        return new JsonObject()
                .put("id", lesson.id())
                .put("created", lesson.created().toEpochMilli())
                .put("title", lesson.title())
                .put("teacher", lesson.teacher())
                .put("is_protected", lesson.isProtected());
    }

    private void read(RoutingContext ctx) {
        elicast.openLesson(new OpenLesson(ElicastRoutes.id(ctx)))
                .compose(opened -> {
                    ctx.response()
                            .putHeader("ETag", Versions.tag(opened.lesson()))
                            .putHeader("Content-Type", "application/json; charset=utf-8");
                    return new LessonBody(elicast, opened, StallLimitedBody.of(ctx, stallLimit)).write();
                })
                .onFailure(ctx::fail);
    }

    private void create(RoutingContext ctx) {
        LessonForm form = new LessonForm(elicast, ctx.request());
        save(ctx, form, draft -> elicast.createLesson(new CreateLesson(draft, form.title(), form.teacher())));
    }

    private void modify(RoutingContext ctx) {
        long id = ElicastRoutes.id(ctx);
        List<Long> versions = Versions.expected(ctx.request());
        LessonForm form = new LessonForm(elicast, ctx.request());
        save(
                ctx,
                form,
                draft -> Versions.change(
                        versions,
                        version -> elicast.modifyLesson(
                                new ModifyLesson(id, draft, form.title(), form.teacher(), version))));
    }

    private static void save(RoutingContext ctx, LessonForm form, Function<DraftSize, Future<Lesson>> saving) {
        Future<Lesson> saved = ElicastForms.read(ctx.request(), form)
                .compose(read -> form.close())
                .compose(saving)
                .onSuccess(lesson -> ctx.response().putHeader("ETag", Versions.tag(lesson)))
                // The answer waits for it: a gateway that stops waits for its answers.
                .recover(error -> form.discard().transform(discarded -> Future.failedFuture(error)));
        ElicastForms.answer(
                ctx, saved.map(lesson -> new JsonObject().put("elicast", new JsonObject().put("id", lesson.id()))));
    }

    private void delete(RoutingContext ctx) {
        long id = ElicastRoutes.id(ctx);
        Future<Done> deleted = Versions.change(
                Versions.expected(ctx.request()), version -> elicast.deleteLesson(new DeleteLesson(id, version)));
        ElicastForms.answer(ctx, deleted.map(done -> new JsonObject()));
    }

    private void protect(RoutingContext ctx, boolean isProtected) {
        elicast.protectLesson(new ProtectLesson(ElicastRoutes.id(ctx), isProtected))
                .onSuccess(done -> ctx.response().setStatusCode(204).end())
                .onFailure(ctx::fail);
    }
}
