package lyceum.gateway.sandbox;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import lyceum.gateway.access.Access;
import lyceum.gateway.access.Caller;
import lyceum.gateway.judge0.Configuration;
import lyceum.gateway.route.JsonAnswer;
import lyceum.gateway.route.JsonBody;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.route.Routes;
import lyceum.platform.Loop;
import lyceum.sandbox.Run.Priority;
import lyceum.sandbox.Submission;
import lyceum.sandbox.judge0.Fields;
import lyceum.sandbox.judge0.NotText;
import lyceum.sandbox.judge0.Status;
import lyceum.sandbox.judge0.SubmissionJson;

/** Submissions of clients of Judge0, one or some at a time (docs/api/submissions, app/controllers/submissions_controller). */
final class Judge0SubmissionRoutes implements Routes {

    private static final Operation CREATE = Operation.post("/judge0/submissions");
    private static final Operation CREATE_BATCH = Operation.post("/judge0/submissions/batch");
    private static final Operation READ_BATCH = Operation.get("/judge0/submissions/batch");
    private static final Operation READ = Operation.get("/judge0/submissions/{token}");
    private static final Operation DELETE = Operation.delete("/judge0/submissions/{token}");

    private static final String NOT_TEXT =
            "some attributes for %s cannot be converted to UTF-8, use base64_encoded=true query parameter";
    private static final String ONE_NOT_TEXT = NOT_TEXT.formatted("this submission");
    private static final String SOME_NOT_TEXT = NOT_TEXT.formatted("one or more submissions");

    private final Judge0Submissions submissions;
    private final Access access;
    private final long bodyLimitBytes;
    private final Duration waitLimit;

    /**
     * @param bodyLimitBytes of one submission, or of a batch
     * @param waitLimit how long {@code wait=true} waits; then it answers with the submission as it stands
     */
    Judge0SubmissionRoutes(Judge0Submissions submissions, Access access, long bodyLimitBytes, Duration waitLimit) {
        this.submissions = submissions;
        this.access = access;
        this.bodyLimitBytes = bodyLimitBytes;
        this.waitLimit = waitLimit;
    }

    /** A batch goes first: its path looks like that of a submission. */
    @Override
    public void addTo(Router router) {
        CREATE.onEither(router)
                .handler(access.guard(CREATE))
                .handler(JsonBody.reader(bodyLimitBytes))
                .handler(ctx -> JsonAnswer.send(ctx, create(ctx)));
        CREATE_BATCH
                .onEither(router)
                .handler(access.guard(CREATE_BATCH))
                .handler(JsonBody.reader(bodyLimitBytes))
                .handler(ctx -> JsonAnswer.send(ctx, createBatch(ctx)));
        READ_BATCH
                .onEither(router)
                .handler(access.guard(READ_BATCH))
                .handler(ctx -> JsonAnswer.send(ctx, readBatch(ctx)));
        READ.onEither(router).handler(access.guard(READ)).handler(ctx -> JsonAnswer.send(ctx, read(ctx)));
        DELETE.onEither(router).handler(access.guard(DELETE)).handler(ctx -> JsonAnswer.send(ctx, delete(ctx)));
    }

    private Future<JsonAnswer> create(RoutingContext ctx) {
        SubmissionJson telling = telling(ctx);
        return submissions
                .read(List.of(JsonBody.of(ctx)), telling.isBase64())
                .compose(orders -> create(ctx, orders.get(0), telling))
                .recover(error -> RefusedCallback.answer(error, RefusedCallback::findings));
    }

    private Future<JsonAnswer> create(RoutingContext ctx, Judge0Order order, SubmissionJson telling) {
        if (!order.isValid()) {
            return Future.succeededFuture(new JsonAnswer(422, order.form().findings()));
        }
        JsonObject token = new JsonObject().put("token", order.token());
        if (!isTrue(ctx, "wait")) {
            return submissions
                    .submit(List.of(order), caller(ctx), Priority.BATCH)
                    .map(done -> new JsonAnswer(201, token));
        }
        return submissions
                .submit(List.of(order), caller(ctx), Priority.INTERACTIVE)
                .compose(done -> end(ctx, order.token()))
                .map(submission -> new JsonAnswer(201, toldOrToken(submission, telling)));
    }

    private Future<Submission> end(RoutingContext ctx, String token) {
        String caller = caller(ctx);
        return new Judge0Wait(
                        ctx.vertx(),
                        () -> submissions.get(token, caller),
                        () -> ctx.response().closed(),
                        waitLimit)
                .end();
    }

    /** A created one is told of in any case: with its token its text can be fetched in base64. */
    private static JsonObject toldOrToken(Submission submission, SubmissionJson telling) {
        try {
            return telling.of(submission).orElseThrow();
        } catch (NotText e) {
            return new JsonObject().put("error", ONE_NOT_TEXT).put("token", submission.token());
        }
    }

    private Future<JsonAnswer> createBatch(RoutingContext ctx) {
        List<JsonObject> bodies = batch(JsonBody.of(ctx));
        checkBatch(bodies.size());
        return submissions
                .read(bodies, isTrue(ctx, "base64_encoded"))
                .compose(orders -> createBatch(orders, caller(ctx)));
    }

    private Future<JsonAnswer> createBatch(List<Judge0Order> orders, String caller) {
        List<Judge0Order> valid = orders.stream().filter(Judge0Order::isValid).toList();
        List<JsonObject> rows = orders.stream()
                .map(order -> order.isValid()
                        ? new JsonObject().put("token", order.token())
                        : order.form().findings())
                .toList();
        return submissions
                .submit(valid, caller, Priority.BATCH)
                .map(done -> new JsonAnswer(valid.isEmpty() ? 422 : 201, new JsonArray(rows)))
                .recover(error -> RefusedCallback.answer(error, refused -> noneCreated(orders, refused)));
    }

    private static JsonArray noneCreated(List<Judge0Order> orders, RefusedCallback refused) {
        return new JsonArray(orders.stream()
                .map(order ->
                        order.isValid() ? refused.findings(order) : order.form().findings())
                .toList());
    }

    /** @return what is in a batch; what is no submission is one without attributes */
    private static List<JsonObject> batch(JsonObject body) {
        if (!(body.getValue("submissions") instanceof JsonArray batch)) {
            return List.of();
        }
        return batch.stream()
                .map(each -> each instanceof JsonObject submission ? submission : new JsonObject())
                .toList();
    }

    private Future<JsonAnswer> read(RoutingContext ctx) {
        SubmissionJson telling = telling(ctx);
        return submissions
                .get(ctx.pathParam("token"), caller(ctx))
                .map(submission -> JsonAnswer.ok(told(submission, telling)));
    }

    /** They are fetched one after the other, and only what is told of each is kept: each may be megabytes long. */
    private Future<JsonAnswer> readBatch(RoutingContext ctx) {
        SubmissionJson telling = telling(ctx);
        List<String> tokens = tokens(ctx);
        checkBatch(tokens.size());
        JsonArray rows = new JsonArray();
        return Loop.each(
                        tokens,
                        token -> submissions.find(token, caller(ctx)).<Void>map(found -> {
                            rows.add(found.map(submission -> toldOrNull(submission, telling))
                                    .orElse(null));
                            return null;
                        }))
                .map(done -> JsonAnswer.ok(new JsonObject().put("submissions", rows)));
    }

    private Future<JsonAnswer> delete(RoutingContext ctx) {
        SubmissionJson telling = new SubmissionJson(telling(ctx).fields(), true);
        String token = ctx.pathParam("token");
        return submissions.get(token, caller(ctx)).compose(submission -> {
            JsonObject told = told(submission, telling);
            checkEnded(submission);
            return submissions.remove(token, caller(ctx)).map(done -> JsonAnswer.ok(told));
        });
    }

    private static void checkEnded(Submission submission) {
        Status status = SubmissionJson.status(submission).orElseThrow();
        if (status.isOpen()) {
            throw new Refusal(400, "submission cannot be deleted because its status is " + status);
        }
    }

    private static JsonObject told(Submission submission, SubmissionJson telling) {
        try {
            return telling.of(submission).orElseThrow(() -> new Refusal(404));
        } catch (NotText e) {
            throw new Refusal(400, ONE_NOT_TEXT);
        }
    }

    private static JsonObject toldOrNull(Submission submission, SubmissionJson telling) {
        try {
            return telling.of(submission).orElse(null);
        } catch (NotText e) {
            throw new Refusal(400, SOME_NOT_TEXT);
        }
    }

    /** The header is for more tokens than an address can hold. */
    private static List<String> tokens(RoutingContext ctx) {
        String header = ctx.request().getHeader("tokens");
        String tokens = header == null ? parameter(ctx, "tokens") : header;
        return Arrays.stream(tokens.strip().split(","))
                .filter(token -> !token.isEmpty())
                .toList();
    }

    private static void checkBatch(int size) {
        if (size > Configuration.MOST_IN_BATCH) {
            throw new Refusal(
                    400,
                    "number of submissions in a batch should be less than or equal to " + Configuration.MOST_IN_BATCH);
        }
        if (size == 0) {
            throw new Refusal(400, "there should be at least one submission in a batch");
        }
    }

    private static SubmissionJson telling(RoutingContext ctx) {
        Fields fields = Fields.of(parameter(ctx, "fields"));
        if (!fields.unknown().isEmpty()) {
            throw new Refusal(400, "invalid fields: [%s]".formatted(String.join(", ", fields.unknown())));
        }
        return new SubmissionJson(fields, isTrue(ctx, "base64_encoded"));
    }

    private static boolean isTrue(RoutingContext ctx, String name) {
        return parameter(ctx, name).equals("true");
    }

    private static String parameter(RoutingContext ctx, String name) {
        return ctx.queryParam(name).stream().findFirst().orElse("");
    }

    private static String caller(RoutingContext ctx) {
        return Caller.of(ctx).orElseThrow().subject();
    }
}
