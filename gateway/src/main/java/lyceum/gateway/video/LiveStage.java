package lyceum.gateway.video;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import lyceum.gateway.rtmp.PublishRefused;
import lyceum.gateway.rtmp.Stage;
import lyceum.media.LiveChannel;
import lyceum.media.LiveChannel.EndPublish;
import lyceum.media.LiveChannel.PushMedia;
import lyceum.platform.Failure;

/** Brings what one encoder publishes to media-service, in order, a few pieces at a time. Lives on one context. */
final class LiveStage implements Stage {

    /** For what was brought before the end. */
    private static final Duration FAREWELL = Duration.ofSeconds(10);

    private final String id;
    private final LiveChannel channel;
    private final Queue<Buffer> waiting = new ArrayDeque<>();
    private final Promise<Void> drained = Promise.promise();
    private Runnable room = () -> {};
    private Consumer<PublishRefused> over = reason -> {};
    private long number;
    private int unanswered;
    private long heldBytes;
    private boolean isOver;
    private boolean isEnding;

    /** @param channel the instance that has the session */
    LiveStage(String id, LiveChannel channel) {
        this.id = id;
        this.channel = channel;
    }

    @Override
    public void write(Buffer flv) {
        heldBytes += flv.length();
        for (int sent = 0; sent < flv.length(); sent += LiveChannel.PIECE_BYTES) {
            waiting.add(flv.slice(sent, Math.min(flv.length(), sent + LiveChannel.PIECE_BYTES)));
        }
        send();
    }

    private void send() {
        while (!isOver && unanswered < LiveChannel.WINDOW_PIECES && !waiting.isEmpty()) {
            Buffer piece = next();
            unanswered++;
            channel.pushMedia(new PushMedia(id, number++, piece)).onComplete(answered -> {
                unanswered--;
                heldBytes -= piece.length();
                if (answered.failed()) {
                    fail(answered.cause());
                } else {
                    goOn();
                }
            });
        }
    }

    private void goOn() {
        send();
        if (isEnding) {
            checkDrained();
        } else if (!isFull()) {
            room.run();
        }
    }

    /** What waits in small pieces goes on as one. */
    private Buffer next() {
        Buffer piece = waiting.remove();
        if (waiting.isEmpty() || piece.length() + waiting.peek().length() > LiveChannel.PIECE_BYTES) {
            return piece;
        }
        Buffer all = Buffer.buffer(LiveChannel.PIECE_BYTES).appendBuffer(piece);
        while (!waiting.isEmpty() && all.length() + waiting.peek().length() <= LiveChannel.PIECE_BYTES) {
            all.appendBuffer(waiting.remove());
        }
        return all;
    }

    private void fail(Throwable error) {
        if (!isOver) {
            isOver = true;
            waiting.clear();
            drained.tryComplete();
            String text = error instanceof Failure ? error.getMessage() : "it cannot be published any more";
            over.accept(new PublishRefused(PublishRefused.FAILED, text));
        }
    }

    @Override
    public boolean isFull() {
        return !isOver && unanswered >= LiveChannel.WINDOW_PIECES && !waiting.isEmpty();
    }

    @Override
    public long heldBytes() {
        return heldBytes;
    }

    @Override
    public void watch(Runnable whenRoom, Consumer<PublishRefused> whenOver) {
        room = whenRoom;
        over = whenOver;
    }

    /** What was brought before goes on first. */
    @Override
    public Future<Void> end() {
        checkDrained();
        return drained.future()
                .timeout(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
                .otherwiseEmpty()
                .compose(all -> {
                    isOver = true;
                    waiting.clear();
                    return channel.endPublish(new EndPublish(id)).mapEmpty();
                });
    }

    private void checkDrained() {
        if (isOver || waiting.isEmpty() && unanswered == 0) {
            drained.tryComplete();
        }
        isEnding = true;
    }
}
