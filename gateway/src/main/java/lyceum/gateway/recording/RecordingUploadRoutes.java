package lyceum.gateway.recording;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import lyceum.gateway.access.Access;
import lyceum.gateway.route.Finding;
import lyceum.gateway.route.JsonDocument;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Routes;
import lyceum.gateway.stream.StreamPath;
import lyceum.gateway.stream.StreamQuery;
import lyceum.gateway.stream.StreamRoutesConfig;
import lyceum.gateway.stream.UploadWatch;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.stream.RecordingFileName;
import lyceum.stream.RecordingFileService.OpenUpload;
import lyceum.stream.RecordingFileService.RecordingFile;

/** Files that people add to recordings (contract, section 4.2). */
final class RecordingUploadRoutes implements Routes {

    private static final Operation UPLOAD = Operation.post("/recordings/upload/{recording}/{file}");

    private final RecordingFileAccess files;
    private final Access access;
    private final StreamRoutesConfig config;

    RecordingUploadRoutes(RecordingFileAccess files, Access access, StreamRoutesConfig config) {
        this.files = files;
        this.access = access;
        this.config = config;
    }

    @Override
    public void addTo(Router router) {
        UPLOAD.onEither(router).handler(access.guard(UPLOAD)).handler(this::upload);
    }

    private void upload(RoutingContext ctx) {
        StreamQuery query = new StreamQuery(ctx);
        boolean overwrite = query.flagOr("overwrite", false);
        String file = StreamPath.text(ctx, "file");
        if (!RecordingFileName.isOne(file)) {
            query.report(Finding.wrong("path", "fname", RecordingFileName.RULE));
        }
        query.end();
        OpenUpload order = new OpenUpload(RecordingPath.newName(ctx, "recording", "recording_id"), file, overwrite);
        new RecordingUpload(ctx, files, config, order)
                .store()
                .onSuccess(stored -> JsonDocument.begin(ctx).end(answer(stored).toBuffer()))
                .onFailure(error -> fail(ctx, error));
    }

    private static JsonObject answer(RecordingFile stored) {
        return new JsonObject()
                .put("filename", stored.recording() + '/' + stored.file())
                .put("url", "/recordings/static/" + segment(stored.recording()) + '/' + segment(stored.file()));
    }

    private static String segment(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("%2B", "+")
                .replace("%3A", ":");
    }

    /** That a file is there already is told with 500, as the original has it: its clients know that answer. */
    private static void fail(RoutingContext ctx, Throwable error) {
        if (error instanceof Failure failure && failure.kind() == Kind.CONFLICT) {
            JsonObject finding =
                    new JsonObject().put("msg", failure.getMessage()).put("type", "OSError");
            JsonDocument.begin(ctx)
                    .setStatusCode(500)
                    .end(new JsonObject().put("detail", JsonArray.of(finding)).toBuffer());
        } else {
            UploadWatch.cutOff(ctx, error);
            ctx.fail(error);
        }
    }
}
