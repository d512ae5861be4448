package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import lyceum.sandbox.SandboxSession.Stage;

/**
 * A pod. What its programs use is not told by the API server, so they are asked themselves, when they have ended:
 * what a shell counts of its children, and where there is no gVisor what the control group says.
 */
final class PodContainer implements Container {

    private static final int MOST_BYTES = 8_192;
    /** A kubelet tells the API server within a second or two what became of a container. */
    private static final int MOST_QUESTIONS = 10;

    private static final Duration PAUSE = Duration.ofMillis(500);
    private static final Pattern TIME = Pattern.compile("(\\d{1,9})m(\\d{1,2})[.,](\\d{1,6})s");
    private static final Pattern PEAK = Pattern.compile("(?m)^(\\d{1,18})$");
    private static final Pattern KILLED = Pattern.compile("(?m)^oom_kill [1-9]");

    private final Vertx vertx;
    private final PodApi api;
    private final String name;
    private final Removal removal;

    PodContainer(Vertx vertx, PodApi api, String name) {
        this.vertx = vertx;
        this.api = api;
        this.name = name;
        this.removal = new Removal(vertx, name, () -> api.delete(name));
    }

    @Override
    public Future<ContainerProcess> start(Order order, Sink sink) {
        return api.exec(name, PodRecipe.container(order.stage()), order).map(socket -> {
            PodProcess process = new PodProcess(socket, sink);
            if (order.terminal() != null) {
                process.resize(order.terminal());
            }
            return process.begin();
        });
    }

    @Override
    public Future<Usage> usage(Stage stage) {
        return told(stage).map(PodContainer::usage);
    }

    @Override
    public boolean isWatched() {
        return false;
    }

    /** With control groups 2 a container goes down as a whole, and can only be asked about. */
    @Override
    public Future<Boolean> ranOutOfMemory(Stage stage) {
        return told(stage)
                .map(text -> KILLED.matcher(text).find())
                .recover(gone -> end(stage).map("OOMKilled"::equals));
    }

    @Override
    public Future<Void> remove() {
        return removal.start();
    }

    private Future<String> told(Stage stage) {
        List<String> command = ContainerScript.USED.command(List.of(ContainerScript.OURS));
        return Errand.run(this, stage, command, Buffer.buffer(), MOST_BYTES)
                .map(done -> done.output().toString());
    }

    /** @return why the container of a stage ended, empty where it has not */
    private Future<String> end(Stage stage) {
        return new Polling(vertx, MOST_QUESTIONS, PAUSE)
                .until(reason -> !reason.isEmpty(), () -> api.read(name).map(pod -> new PodStatus(pod).end(stage)));
    }

    /** The first two times are the shell's own, the others its children's: times(1) of POSIX. */
    private static Usage usage(String text) {
        Matcher time = TIME.matcher(text);
        long micros = 0;
        for (int field = 0; time.find(); field++) {
            micros += field < 2 ? 0 : micros(time);
        }
        Matcher peak = PEAK.matcher(text);
        return new Usage(micros, peak.find() ? Long.parseLong(peak.group(1)) : 0);
    }

    private static long micros(Matcher time) {
        String fraction = (time.group(3) + "00000").substring(0, 6);
        return (Long.parseLong(time.group(1)) * 60 + Long.parseLong(time.group(2))) * 1_000_000
                + Long.parseLong(fraction);
    }
}
