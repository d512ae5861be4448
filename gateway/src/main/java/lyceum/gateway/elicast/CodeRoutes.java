package lyceum.gateway.elicast;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import lyceum.elicast.ElicastService;
import lyceum.elicast.ElicastService.AnswerExercise;
import lyceum.elicast.ElicastService.CancelRun;
import lyceum.elicast.ElicastService.RunCode;
import lyceum.elicast.ElicastService.RunResult;
import lyceum.gateway.access.Access;
import lyceum.gateway.access.Shares;
import lyceum.gateway.form.JsonList;
import lyceum.gateway.form.ShortText;
import lyceum.gateway.route.Operation;
import lyceum.gateway.route.Routes;
import lyceum.gateway.stream.HeldBytes;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Programs of lessons and answers to exercises (elicast contract, sections 2.5 and 2.6). */
public final class CodeRoutes implements Routes {

    private static final Logger LOG = LoggerFactory.getLogger(CodeRoutes.class);

    private static final Operation RUN = Operation.post("/code/run");
    private static final Operation ANSWER = Operation.post("/code/answer/{id}");

    /** The most that an integer of 64 bits has. */
    private static final int INTEGER_CHARACTERS = 20;

    private static final Pattern INTEGER = Pattern.compile("-?\\d{1,19}");

    private final ElicastService elicast;
    private final Access access;
    private final int sourceLimitBytes;
    private final HeldBytes held;
    private final Shares shares;

    /**
     * @param elicast asked with a time limit that is longer than that of a program
     * @param sourceLimitBytes longest program, and longest list of keystrokes of an answer
     * @param held forms that are read and not answered yet
     * @param shares says whose share of the sandbox a program takes
     */
    public CodeRoutes(ElicastService elicast, Access access, int sourceLimitBytes, HeldBytes held, Shares shares) {
        this.elicast = elicast;
        this.access = access;
        this.sourceLimitBytes = sourceLimitBytes;
        this.held = held;
        this.shares = shares;
    }

    @Override
    public void addTo(Router router) {
        RUN.on(router).handler(access.guard(RUN)).handler(this::run);
        ANSWER.on(router, ElicastRoutes.regex(ANSWER.path()))
                .handler(access.guard(ANSWER))
                .handler(this::answer);
    }

    private void run(RoutingContext ctx) {
        SmallForm form = new SmallForm(Map.of("code", ShortText.refusedBeyond(sourceLimitBytes)), held);
        ElicastForms.answer(
                ctx,
                form,
                ElicastForms.read(ctx.request(), form)
                        .map(read -> new RunCode(newRun(ctx), Buffer.buffer(form.utf8("code")), shares.of(ctx)))
                        .onSuccess(order -> form.letGo())
                        .compose(order -> elicast.runCode(order).onFailure(error -> giveUp(order.runId(), error)))
                        .map(result -> row("code_run", result)
                                .put("output", result.output())
                                .put("exit_code", result.exitCode())));
    }

    private void answer(RoutingContext ctx) {
        SmallForm form = new SmallForm(
                Map.of(
                        "ex_id", ShortText.cutBeyond(INTEGER_CHARACTERS),
                        "solve_ots", ShortText.refusedBeyond(sourceLimitBytes),
                        "code", ShortText.refusedBeyond(sourceLimitBytes)),
                held);
        ElicastForms.answer(
                ctx,
                form,
                ElicastForms.read(ctx.request(), form)
                        .map(read -> answerOrder(ctx, form))
                        .onSuccess(order -> form.letGo())
                        .compose(
                                order -> elicast.answerExercise(order).onFailure(error -> giveUp(order.runId(), error)))
                        .map(result -> row("code_run_exercise", result).put("exit_code", result.exitCode())));
    }

    private AnswerExercise answerOrder(RoutingContext ctx, SmallForm form) {
        long exercise = integer(form.text("ex_id"));
        byte[] solveOts = form.utf8("solve_ots");
        Buffer code = Buffer.buffer(form.utf8("code"));
        if (!JsonList.is(solveOts)) {
            throw Failure.invalid("solve_ots -- Invliad json format");
        }
        return new AnswerExercise(
                newRun(ctx), ElicastRoutes.id(ctx), exercise, form.text("solve_ots"), code, shares.of(ctx));
    }

    private static long integer(String text) {
        if (!INTEGER.matcher(text).matches()) {
            throw ElicastForms.bad();
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw ElicastForms.bad();
        }
    }

    /** @return the id of a run that is cancelled when its caller goes away */
    private String newRun(RoutingContext ctx) {
        if (ctx.response().closed()) {
            // Nobody would be told any more that it has closed.
            throw new HttpClosedException("the client has gone");
        }
        String id = UUID.randomUUID().toString();
        ctx.response().closeHandler(gone -> {
            if (!ctx.response().ended()) {
                cancel(id);
            }
        });
        return id;
    }

    /** A run that did not answer in time may go on, and nobody would hear of it. */
    private void giveUp(String runId, Throwable error) {
        if (error instanceof Failure failure && failure.kind() == Kind.UNAVAILABLE) {
            cancel(runId);
        }
    }

    private void cancel(String runId) {
        elicast.cancelRun(new CancelRun(runId))
                .onFailure(error -> LOG.warn("run={} goes on although nobody waits for it", runId, error));
    }

    private static JsonObject row(String name, RunResult result) {
        return new JsonObject().put(name, new JsonObject().put("id", result.id()));
    }
}
