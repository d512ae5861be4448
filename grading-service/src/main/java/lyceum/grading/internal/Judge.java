package lyceum.grading.internal;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import lyceum.platform.Bus;

/**
 * The built-in judge: runs the script of a homework in one sandbox and what a student handed in in another, and carries
 * what the two say to each other. A report comes from the judge's sandbox and from nowhere else.
 */
final class Judge {

    private static final int CONNECT_MILLIS = 10_000;

    private final Vertx vertx;
    private final JudgeConfig config;
    private final JudgeSandbox sandbox;
    private final JudgeRuns runs;
    private final NetClient network;

    Judge(Vertx vertx, Bus bus, JudgeConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.sandbox = new JudgeSandbox(bus, config.startLimit());
        this.runs = new JudgeRuns(config, new JudgeLibrary());
        this.network = vertx.createNetClient(new NetClientOptions().setConnectTimeout(CONNECT_MILLIS));
    }

    /**
     * Judges a hand-in.
     *
     * @param recalled done when nobody wants to know any more: its programs are killed
     * @return how it ended, when nothing of it is left in the sandbox; or what the sandbox says when it has no room: BUSY,
     *     also where its programs did not begin in time, which is worth another try later; or UNAVAILABLE;
     *     or a defect where a program ended before it began
     */
    Future<Judged> judge(Assignment assignment, Future<Void> recalled) {
        Promise<Judged> judged = Promise.promise();
        Context context = vertx.getOrCreateContext();
        Promise<Void> recalledHere = Promise.promise();
        recalled.onComplete(any -> context.runOnContext(now -> recalledHere.complete()));
        context.runOnContext(now -> new JudgeWork(vertx, config, sandbox, network, assignment)
                .begin(runs, recalledHere.future())
                .onComplete(judged));
        return judged.future();
    }
}
