package lyceum.gateway.grading;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.function.Function;
import lyceum.grading.HandIn;
import lyceum.grading.HandInDetail;
import lyceum.grading.HandInDetail.ShownPartial;
import lyceum.grading.HandInService.HandInPage;
import lyceum.grading.HomeworkService.DeadlineView;
import lyceum.grading.HomeworkService.HomeworkDetail;
import lyceum.grading.HomeworkService.HomeworkSummary;

/** Homework and hand-ins as clients read them. */
final class GradingJson {

    private GradingJson() {}

    static JsonObject of(HandIn handIn) {
        return new JsonObject()
                .put("id", handIn.id())
                .put("student", handIn.student())
                .put("homework", handIn.homework())
                .put("package", handIn.codePackage())
                .put("createdAt", handIn.createdAt().toString())
                .put("state", handIn.state().wireName())
                .put("scale", handIn.scale())
                .put("score", handIn.score())
                .put("finalScore", handIn.finalScore())
                .put("result", handIn.result())
                .put("attempt", handIn.attempt())
                .put("queuePosition", handIn.queuePosition());
    }

    /** @param name of the member that has the list */
    static JsonObject of(HandInPage page, String name) {
        return new JsonObject()
                .put(name, list(page.handIns(), GradingJson::of))
                .put("page", page.page())
                .put("perpage", page.count())
                .put("total", page.total());
    }

    static JsonObject of(HandInDetail detail) {
        return of(detail.handIn())
                .put("fileName", detail.fileName())
                .put("compileError", detail.compileError())
                .put("exitCode", detail.exitCode())
                .put("stdout", detail.stdout())
                .put("stderr", detail.stderr())
                .put("partials", list(detail.partials(), GradingJson::of));
    }

    private static JsonObject of(ShownPartial partial) {
        return new JsonObject()
                .put("name", partial.name())
                .put("typeName", partial.typeName())
                .put("score", partial.score())
                .put("weight", partial.weight())
                .put("time", partial.time())
                .put("brief", partial.brief())
                .put("detail", new JsonArray(partial.detail()));
    }

    static JsonObject of(HomeworkSummary homework) {
        return new JsonObject()
                .put("uuid", homework.uuid())
                .put("slug", homework.slug())
                .put("title", homework.title())
                .put("packages", new JsonArray(homework.packages()))
                .put("nextDeadline", homework.nextDeadline() == null ? null : of(homework.nextDeadline()))
                .put("locked", homework.isLocked())
                .put("hidden", homework.isHidden())
                .put("bestScore", homework.bestScore());
    }

    static JsonObject of(HomeworkDetail detail) {
        return of(detail.summary())
                .put("description", detail.description())
                .put("descriptionHtml", detail.descriptionHtml())
                .put("solution", detail.solution())
                .put("deadlines", list(detail.deadlines(), GradingJson::of))
                .put("attachments", new JsonArray(detail.attachments()));
    }

    private static JsonObject of(DeadlineView deadline) {
        return new JsonObject().put("at", deadline.at().toString()).put("scale", deadline.scale());
    }

    static <T> JsonArray list(List<T> items, Function<T, JsonObject> json) {
        return new JsonArray(items.stream().map(json).toList());
    }
}
