package lyceum.sandbox.internal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import lyceum.sandbox.SandboxSession.Stream;

/** Hands on what comes from a stream, piece by piece, and lets the stream rest while there is no room for more. */
final class Relay {

    private static final int LONGEST_PIECE_BYTES = 65_536;

    private final ReadStream<?> source;
    private final Container.Sink sink;

    private Future<Void> told = Future.succeededFuture();

    Relay(ReadStream<?> source, Container.Sink sink) {
        this.source = source;
        this.sink = sink;
    }

    void tell(Stream stream, Buffer text) {
        for (int at = 0; at < text.length(); at += LONGEST_PIECE_BYTES) {
            Buffer piece = text.slice(at, Math.min(text.length(), at + LONGEST_PIECE_BYTES));
            told = told.compose(before -> sink.write(stream, piece));
        }
        if (!told.isComplete()) {
            Future<Void> mine = told;
            source.pause();
            mine.onComplete(done -> goOn(mine));
        }
    }

    /** @return done when everything has been told; fails where it could not be */
    Future<Void> end() {
        return told;
    }

    private void goOn(Future<Void> mine) {
        if (told == mine) {
            source.resume();
        }
    }
}
