package lyceum.gateway.grading;

import io.vertx.core.http.MimeMapping;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import lyceum.gateway.access.Access;
import lyceum.gateway.route.Download;
import lyceum.gateway.route.JsonAnswer;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Routes;
import lyceum.gateway.route.StrictObject;
import lyceum.gateway.route.WholeBody;
import lyceum.gateway.route.WholeJsonBody;
import lyceum.grading.HomeworkService;
import lyceum.grading.HomeworkService.Attachment;
import lyceum.grading.HomeworkService.FetchAttachment;
import lyceum.grading.HomeworkService.FetchHomeworkFile;
import lyceum.grading.HomeworkService.FindHomework;
import lyceum.grading.HomeworkService.ListHomework;
import lyceum.grading.HomeworkService.ReloadHomework;
import lyceum.grading.HomeworkService.RemoveHomework;
import lyceum.grading.HomeworkService.SetHomeworkAccess;
import lyceum.grading.HomeworkService.UploadHomework;

/** Homework: what there is, and what teachers do with it. */
final class HomeworkRoutes implements Routes {

    private static final Operation LIST = Operation.get("/grading/homework");
    private static final Operation FIND = Operation.get("/grading/homework/{homework}");
    private static final Operation UPLOAD = Operation.put("/grading/homework/{homework}");
    private static final Operation REMOVE = Operation.delete("/grading/homework/{homework}");
    private static final Operation SET_ACCESS = Operation.put("/grading/homework/{homework}/access");
    private static final Operation ATTACHMENT = Operation.get("/grading/homework/{homework}/attachments/{package}");
    private static final Operation FILE = Operation.get("/hwstatic/{homework}/{path}");
    private static final String FILE_PATH = "/hwstatic/(?<homework>[^/]+)/(?<path>.+)";
    private static final Operation RELOAD = Operation.post("/grading/homework-reloads");

    private static final long FORM_BYTES = 64 << 10;

    private final HomeworkService homework;
    private final Access access;
    private final long packageBytes;

    /** @param packageBytes longest homework that can be uploaded */
    HomeworkRoutes(HomeworkService homework, Access access, long packageBytes) {
        this.homework = homework;
        this.access = access;
        this.packageBytes = packageBytes;
    }

    @Override
    public void addTo(Router router) {
        LIST.on(router).handler(access.guard(LIST)).handler(this::list);
        FIND.on(router).handler(access.guard(FIND)).handler(this::find);
        UPLOAD.on(router).handler(access.guard(UPLOAD)).handler(this::upload);
        REMOVE.on(router).handler(access.guard(REMOVE)).handler(this::remove);
        SET_ACCESS.on(router).handler(access.guard(SET_ACCESS)).handler(this::setAccess);
        ATTACHMENT.on(router).handler(access.guard(ATTACHMENT)).handler(this::fetchAttachment);
        FILE.on(router, FILE_PATH).handler(access.guard(FILE)).handler(this::fetchFile);
        RELOAD.on(router).handler(access.guard(RELOAD)).handler(this::reload);
    }

    private void list(RoutingContext ctx) {
        JsonAnswer.send(
                ctx,
                homework.listHomework(new ListHomework(GradingAccess.viewer(ctx)))
                        .map(list -> JsonAnswer.list("homework", list.homework(), GradingJson::of)));
    }

    private void find(RoutingContext ctx) {
        JsonAnswer.send(
                ctx,
                homework.findHomework(new FindHomework(GradingAccess.viewer(ctx), name(ctx)))
                        .map(found -> JsonAnswer.ok(GradingJson.of(found))));
    }

    private void upload(RoutingContext ctx) {
        JsonAnswer.send(
                ctx,
                WholeBody.read(ctx.request(), packageBytes)
                        .compose(zip ->
                                homework.uploadHomework(new UploadHomework(GradingAccess.viewer(ctx), name(ctx), zip)))
                        .map(stored -> JsonAnswer.ok(GradingJson.of(stored))));
    }

    private void remove(RoutingContext ctx) {
        homework.removeHomework(new RemoveHomework(GradingAccess.viewer(ctx), name(ctx)))
                .onSuccess(done -> ctx.response().setStatusCode(204).end())
                .onFailure(ctx::fail);
    }

    private void setAccess(RoutingContext ctx) {
        WholeJsonBody.read(ctx.request(), FORM_BYTES)
                .map(StrictObject::parse)
                .compose(form -> homework.setHomeworkAccess(access(ctx, form)))
                .onSuccess(done -> ctx.response().setStatusCode(204).end())
                .onFailure(ctx::fail);
    }

    private static SetHomeworkAccess access(RoutingContext ctx, StrictObject form) {
        SetHomeworkAccess order = new SetHomeworkAccess(
                GradingAccess.viewer(ctx), name(ctx), form.flagOr("locked", false), form.flagOr("hidden", false));
        form.end();
        return order;
    }

    private void fetchAttachment(RoutingContext ctx) {
        homework.fetchAttachment(new FetchAttachment(GradingAccess.viewer(ctx), name(ctx), ctx.pathParam("package")))
                .onSuccess(attachment -> send(ctx, attachment))
                .onFailure(ctx::fail);
    }

    private static void send(RoutingContext ctx, Attachment attachment) {
        Download.named(ctx, attachment.fileName())
                .putHeader("Content-Type", "application/zip")
                .end(attachment.bytes());
    }

    /** It comes from a teacher: nothing in it runs as a page of ours. */
    private void fetchFile(RoutingContext ctx) {
        homework.fetchHomeworkFile(new FetchHomeworkFile(GradingAccess.viewer(ctx), name(ctx), ctx.pathParam("path")))
                .onSuccess(file -> ctx.response()
                        .putHeader(
                                "Content-Type",
                                Objects.requireNonNullElse(
                                        MimeMapping.mimeTypeForFilename(file.fileName()), "application/octet-stream"))
                        .putHeader(
                                "Content-Security-Policy",
                                "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'")
                        .putHeader("X-Content-Type-Options", "nosniff")
                        .end(file.bytes()))
                .onFailure(ctx::fail);
    }

    private void reload(RoutingContext ctx) {
        JsonAnswer.send(
                ctx,
                homework.reloadHomework(new ReloadHomework(GradingAccess.viewer(ctx)))
                        .map(shelved -> JsonAnswer.ok(new JsonObject()
                                .put("homework", shelved.homework())
                                .put("skipped", new JsonArray(shelved.skipped())))));
    }

    private static String name(RoutingContext ctx) {
        return ctx.pathParam("homework");
    }
}
