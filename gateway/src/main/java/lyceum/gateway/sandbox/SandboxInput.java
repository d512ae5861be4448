package lyceum.gateway.sandbox;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import lyceum.gateway.route.StrictObject;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.sandbox.SandboxService.Done;
import lyceum.sandbox.SandboxService.Window;
import lyceum.sandbox.SandboxSession;
import lyceum.sandbox.SandboxSession.ResizeSession;
import lyceum.sandbox.SandboxSession.SignalSession;
import lyceum.sandbox.SandboxSession.WriteSession;

/** What a client says to a program that runs. */
final class SandboxInput {

    /** What {@link WriteSession} takes. */
    private static final int PIECE_BYTES = 65_536;

    /** As Linux has it, signal(7). */
    private static final int LAST_SIGNAL = 64;

    /** The greatest that the kernel keeps, ioctl_tty(2). */
    private static final int LONGEST_SIDE = 65_535;

    /** Numbers on x86 and ARM, signal(7); all others can be sent by their number. */
    private static final Map<String, Integer> SIGNALS = Map.ofEntries(
            Map.entry("SIGHUP", 1),
            Map.entry("SIGINT", 2),
            Map.entry("SIGQUIT", 3),
            Map.entry("SIGKILL", 9),
            Map.entry("SIGUSR1", 10),
            Map.entry("SIGUSR2", 12),
            Map.entry("SIGALRM", 14),
            Map.entry("SIGTERM", 15),
            Map.entry("SIGCONT", 18),
            Map.entry("SIGSTOP", 19),
            Map.entry("SIGTSTP", 20));

    private static final List<String> TYPES = List.of("input", "end", "signal", "resize");

    private final SandboxSession session;
    private final String id;

    /** @param session asked with a time limit as long as a program may keep its input waiting */
    SandboxInput(SandboxSession session, String id) {
        this.session = session;
        this.id = id;
    }

    /** @return the size of a terminal as a client writes it */
    static Window window(StrictObject form) {
        return new Window((int) form.number("rows", 1, LONGEST_SIDE), (int) form.number("columns", 1, LONGEST_SIDE));
    }

    /**
     * Passes one message on.
     *
     * @return done when the next one may come; INVALID where it is none, or means nothing to this program. What a program
     *     does not hear because it is over is done too: the reader is told that it is over.
     */
    Future<Void> take(StrictObject message) {
        Future<Done> taken = switch (message.text("type")) {
            case "input" -> input(message);
            case "end" -> end(message);
            case "signal" -> signal(message);
            case "resize" -> resize(message);
            default -> throw message.notOneOf("type", TYPES);
        };
        return taken.<Void>mapEmpty()
                .recover(error -> isOver(error) ? Future.succeededFuture() : Future.failedFuture(error));
    }

    private Future<Done> input(StrictObject message) {
        Buffer bytes = SandboxEncoding.read(message, "data", "encoding");
        message.end();
        Future<Done> written = Future.succeededFuture(new Done());
        for (int start = 0; start < bytes.length(); start += PIECE_BYTES) {
            Buffer piece = bytes.getBuffer(start, Math.min(bytes.length(), start + PIECE_BYTES));
            written = written.compose(before -> session.writeSession(new WriteSession(id, piece, false)));
        }
        return written;
    }

    private Future<Done> end(StrictObject message) {
        message.end();
        return session.writeSession(new WriteSession(id, Buffer.buffer(), true));
    }

    private Future<Done> signal(StrictObject message) {
        int number = message.has("signal") ? signalNamed(message) : (int) message.number("number", 1, LAST_SIGNAL);
        message.end();
        return session.signalSession(new SignalSession(id, number));
    }

    private static int signalNamed(StrictObject message) {
        Integer number = SIGNALS.get(message.text("signal"));
        if (number == null) {
            throw message.notOneOf("signal", SIGNALS.keySet());
        }
        return number;
    }

    private Future<Done> resize(StrictObject message) {
        Window window = window(message);
        message.end();
        return session.resizeSession(new ResizeSession(id, window));
    }

    private static boolean isOver(Throwable error) {
        return error instanceof Failure failure && failure.kind() == Kind.NOT_FOUND;
    }
}
