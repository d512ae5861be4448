package lyceum.gateway.sandbox;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.concurrent.atomic.AtomicInteger;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Loop;
import lyceum.sandbox.SandboxSession;
import lyceum.sandbox.SandboxSession.ReadSession;
import lyceum.sandbox.SandboxSession.SessionEvent;
import lyceum.sandbox.SandboxSession.SignalSession;
import lyceum.sandbox.SandboxSession.WriteSession;

/**
 * The program of a watched job, where it is held. What is sent to it after it has ended is lost, as in a pipe: its end is
 * told to the reader.
 */
record PistonSession(String id, SandboxSession holder) {

    private static final int MOST_BYTES = 64 * 1024;

    /** @return what happens next */
    Future<SessionEvent> next() {
        return holder.readSession(new ReadSession(id));
    }

    /** @return done when the program has room for more */
    Future<Void> write(Buffer input) {
        AtomicInteger from = new AtomicInteger();
        return orLost(Loop.whileTrue(() -> {
            int to = Math.min(from.get() + MOST_BYTES, input.length());
            Buffer piece = input.getBuffer(from.getAndSet(to), to);
            return holder.writeSession(new WriteSession(id, piece, false)).map(to < input.length());
        }));
    }

    Future<Void> signal(int number) {
        return orLost(holder.signalSession(new SignalSession(id, number)).mapEmpty());
    }

    private static Future<Void> orLost(Future<Void> sent) {
        return sent.recover(error -> error instanceof Failure failure && failure.kind() == Kind.NOT_FOUND
                ? Future.succeededFuture()
                : Future.failedFuture(error));
    }
}
