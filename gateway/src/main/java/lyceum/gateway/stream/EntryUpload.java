package lyceum.gateway.stream;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import lyceum.gateway.form.FormBody;
import lyceum.gateway.route.Refusal;
import lyceum.stream.StreamService.NewEntry;

/**
 * One upload of entries. They go to stream-service as they arrive; a frame is all that is held here. An upload whose length
 * is told and is that of a message is one: its entries become visible together, all or none. Another one is as many
 * messages as it takes, in order, and what is wrong with a later entry does not undo earlier ones; the answer tells of them.
 */
final class EntryUpload {

    private final HttpServerRequest request;
    private final StreamRoutesConfig config;
    private final EntryWriter writer;
    private final EntryFrames frames;
    private final EntryForm form;
    private final UploadWatch watch;
    private final UploadOutcome outcome;

    /** @param names those of the path; none where each part names its own */
    EntryUpload(RoutingContext ctx, StreamRoutesConfig config, List<String> names, EntryWriter writer) {
        this.request = ctx.request();
        this.config = config;
        this.writer = writer;
        this.frames = new EntryFrames(isOneMessage(), config.messageLimitBytes(), writer::push);
        this.form = new EntryForm(names, frames, writer);
        this.watch = new UploadWatch(ctx.vertx(), request, writer, config.stallLimit());
        this.outcome = new UploadOutcome(config, writer);
    }

    private boolean isOneMessage() {
        String length = request.getHeader("Content-Length");
        return length != null && length.matches("\\d{1,18}") && Long.parseLong(length) <= config.messageLimitBytes();
    }

    /** @return the ids of all entries; fails with what the client is told, or where it goes away */
    Future<JsonArray> store() {
        Promise<Void> end = Promise.promise();
        watch.begin(() -> end.tryFail(new Refusal(408, impatience())));
        FormBody.read(request, form, config.messageLimitBytes() + 1, config.uploadLimitBytes() + 1)
                .onComplete(read -> watch.end())
                .compose(read -> finish())
                .recover(error -> writer.isBroken() ? writer.close() : Future.failedFuture(error))
                .onSuccess(end::tryComplete)
                .onFailure(end::tryFail);
        return end.future()
                .onComplete(ended -> writer.leave())
                .recover(error -> Future.failedFuture(outcome.refusal(error)))
                .map(stored -> outcome.ids());
    }

    private String impatience() {
        return writer.isTooSlow()
                ? "a message takes at most " + config.timeLimit()
                : "nothing has come for " + config.stallLimit();
    }

    private Future<Void> finish() {
        form.end();
        Optional<List<NewEntry>> few = frames.few();
        if (few.isPresent()) {
            return writer.append(few.get());
        }
        frames.finish();
        return writer.close();
    }
}
