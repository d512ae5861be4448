package lyceum.gateway.recording;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import lyceum.gateway.access.Access;
import lyceum.gateway.file.FileTypes;
import lyceum.gateway.file.Portion;
import lyceum.gateway.file.Validators;
import lyceum.gateway.file.Validators.Outcome;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.Routes;
import lyceum.gateway.route.StallLimitedBody;
import lyceum.platform.Failure;
import lyceum.stream.RecordingFileName;
import lyceum.stream.RecordingFileService.FindFile;
import lyceum.stream.RecordingFileService.RecordingFile;
import lyceum.stream.RecordingName;

/** Files of recordings, whole or in parts (contract, section 4.2), also where old pages look for them (4.6). */
final class RecordingFileRoutes implements Routes {

    private static final Operation READ = Operation.get("/recordings/static/{recording}/{file}");
    private static final Operation LOOK = Operation.head("/recordings/static/{recording}/{file}");
    private static final Operation READ_AS_BEFORE = Operation.get("/mjpeg/chunked/{recording}/{file}");

    /** How often a file may be another one between being found and being read. */
    private static final int MOST_ATTEMPTS = 10;

    private final RecordingFileAccess files;
    private final Access access;
    private final Duration stallLimit;

    /** @param stallLimit how long a client may take nothing of an answer */
    RecordingFileRoutes(RecordingFileAccess files, Access access, Duration stallLimit) {
        this.files = files;
        this.access = access;
        this.stallLimit = stallLimit;
    }

    @Override
    public void addTo(Router router) {
        READ.on(router).handler(access.guard(READ)).handler(this::answer);
        LOOK.on(router).handler(access.guard(LOOK)).handler(this::answer);
        READ_AS_BEFORE.on(router).handler(access.guard(READ_AS_BEFORE)).handler(this::answer);
    }

    private void answer(RoutingContext ctx) {
        String recording = ctx.pathParam("recording");
        String file = ctx.pathParam("file");
        if (!RecordingName.isOne(recording) || !RecordingFileName.isOne(file)) {
            // There cannot be such a file, and so there is none.
            throw new Refusal(404);
        }
        answer(ctx, new FindFile(recording, file), 1);
    }

    /** Who replaces a file makes no reader wait for another time: what was there is gone, and there is the new one. */
    private void answer(RoutingContext ctx, FindFile question, int attempt) {
        files.service().findFile(question).compose(found -> answer(ctx, found)).onFailure(error -> {
            if (RecordingFileBody.isChanged(error) && !ctx.response().headWritten() && attempt < MOST_ATTEMPTS) {
                answer(ctx, question, attempt + 1);
            } else {
                ctx.fail(told(error));
            }
        });
    }

    private static Throwable told(Throwable error) {
        if (RecordingFileBody.isMissing(error)) {
            return new Refusal(404);
        }
        return RecordingFileBody.isChanged(error)
                ? new Failure(Failure.Kind.UNAVAILABLE, "the file is replaced again and again, please try again")
                : error;
    }

    private Future<Void> answer(RoutingContext ctx, RecordingFile file) {
        Validators validators = new Validators(file.tag(), file.modified());
        describe(ctx.response(), file, validators);
        Outcome outcome = validators.of(ctx.request().headers());
        return switch (outcome) {
            case NOT_MODIFIED -> ctx.response().setStatusCode(304).end();
            case FAILED -> Future.failedFuture(new Refusal(412));
            default -> send(ctx, file, portion(ctx, file, validators));
        };
    }

    /** What people have uploaded runs no script on a page of ours, whatever it is. */
    private static void describe(HttpServerResponse response, RecordingFile file, Validators validators) {
        response.putHeader("Accept-Ranges", "bytes")
                .putHeader("ETag", validators.entityTag())
                .putHeader("Last-Modified", validators.lastModified())
                .putHeader("Cache-Control", "private, no-cache")
                .putHeader("Content-Security-Policy", "sandbox")
                .putHeader("X-Content-Type-Options", "nosniff")
                .putHeader("Content-Type", FileTypes.of(file.file()));
    }

    private static Portion portion(RoutingContext ctx, RecordingFile file, Validators validators) {
        boolean mayBePart = validators.allowsPart(ctx.request().getHeader("If-Range"), Instant.now());
        return Portion.of(mayBePart ? ctx.request().getHeader("Range") : null, file.bytes());
    }

    private Future<Void> send(RoutingContext ctx, RecordingFile file, Portion portion) {
        String range = portion.contentRange(file.bytes());
        if (portion.kind() == Portion.Kind.NONE) {
            return Future.failedFuture(new Refusal(416, null, Map.of("Content-Range", range)));
        }
        HttpServerResponse response = ctx.response().putHeader("Content-Length", Long.toString(portion.length()));
        if (portion.kind() == Portion.Kind.PART) {
            response.setStatusCode(206).putHeader("Content-Range", range);
        } else {
            response.setStatusCode(200).headers().remove("Content-Range");
        }
        return ctx.request().method().equals(HttpMethod.HEAD)
                ? response.end()
                : new RecordingFileBody(files.service(), StallLimitedBody.of(ctx, stallLimit)).write(file, portion);
    }
}
