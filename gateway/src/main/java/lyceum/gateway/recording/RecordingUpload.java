package lyceum.gateway.recording;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import lyceum.gateway.form.FormBody;
import lyceum.gateway.form.FormTooLarge;
import lyceum.gateway.form.UnreadableForm;
import lyceum.gateway.route.Finding;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.stream.StreamRoutesConfig;
import lyceum.gateway.stream.UploadWatch;
import lyceum.stream.RecordingFileService.OpenUpload;
import lyceum.stream.RecordingFileService.RecordingFile;

/** One upload of a file. It goes to stream-service as it arrives; few pieces are all that is held here. */
final class RecordingUpload {

    /** What may be in the form beside the file: headers of parts, fields that nobody wants. */
    private static final long REST_BYTES = 1 << 20;

    private final HttpServerRequest request;
    private final StreamRoutesConfig config;
    private final FileWriter writer;
    private final FileForm form;
    private final UploadWatch watch;

    RecordingUpload(RoutingContext ctx, RecordingFileAccess files, StreamRoutesConfig config, OpenUpload order) {
        this.request = ctx.request();
        this.config = config;
        this.writer = new FileWriter(files, order, request);
        this.form = new FileForm(writer);
        this.watch = new UploadWatch(ctx.vertx(), request, writer, config.stallLimit());
    }

    /** @return what is stored; fails with what the client is told, or where it goes away: then nothing is */
    Future<RecordingFile> store() {
        Promise<RecordingFile> end = Promise.promise();
        watch.begin(() -> end.tryFail(new Refusal(408, "nothing has come for " + config.stallLimit())));
        FormBody.read(request, form, config.fileLimitBytes() + 1, config.fileLimitBytes() + REST_BYTES)
                .onComplete(read -> watch.end())
                .compose(read -> {
                    form.end();
                    return end.future().isComplete() ? end.future() : writer.commit();
                })
                // What stands behind a broken form is what the store has said first.
                .recover(error -> writer.isBroken() ? writer.commit() : Future.failedFuture(error))
                .onSuccess(end::tryComplete)
                .onFailure(end::tryFail);
        return end.future().onFailure(error -> writer.abandon()).recover(error -> Future.failedFuture(worded(error)));
    }

    private Throwable worded(Throwable error) {
        if (error instanceof FormTooLarge) {
            return new Refusal(413, "a file has at most %d bytes".formatted(config.fileLimitBytes()));
        }
        return error instanceof UnreadableForm
                ? Refusal.unprocessable(List.of(Finding.wrongAt(List.of("body"), error.getMessage())))
                : Refusal.at(error, "body", FileForm.FILE);
    }
}
