package lyceum.gateway.social;

import io.netty.buffer.ByteBufUtil;
import io.vertx.core.Vertx;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.social.Act;
import lyceum.social.SocialService;
import lyceum.social.SocialService.Batch;
import lyceum.social.Turn;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What sockets of a class have done, on its way to social-service: one batch at a time, and what is done meanwhile is the
 * next one. What is done in a quiet class is sent at once; in a loud one it is collected for a moment, so that many clicks
 * cost the disk one write, and each socket too. A batch is sent until it is known to be on the disk, always under the same number.
 */
final class Outbox {

    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    /** A defect that does not go away by asking once more. */
    private static final int MOST_DEFECTS = 5;

    private final Vertx vertx;
    private final SocialService social;
    private final String className;
    private final Member member;
    private final SocialPace pace;
    private final Fate fate;
    private final Deque<Waiting> waiting = new ArrayDeque<>();

    private Sent sent;
    /** So many of the next acts are sent alone, because one of them spoils the others. */
    private int singles;

    private boolean isOpen;
    private boolean isCollecting;
    private boolean isOver;

    /** What becomes of what was sent. */
    interface Fate {

        /** @return how many sockets are shown what comes of it */
        int sockets();

        /** The batch that was sent is on the disk. */
        void taken(long turn);

        /** Something can never be done, by somebody who is still there. */
        void refused(Act act);

        /** There is no such class, and there is no room for one more; nothing was done in it. */
        void homeless();

        /** Nothing more can be sent as this member. */
        void lost();
    }

    /** @param ack to be run when everybody has been shown what came of it, or null */
    record Waiting(Act act, int bytes, Runnable ack) {}

    private static final class Sent {
        private final Batch batch;
        private final List<Waiting> acts;
        private int failures;
        private int defects;
        /** Of the answer, 0 before it. */
        private long turn;

        Sent(Batch batch, List<Waiting> acts) {
            this.batch = batch;
            this.acts = acts;
        }
    }

    /** @param member that numbers the batches */
    Outbox(Vertx vertx, SocialService social, String className, Member member, SocialPace pace, Fate fate) {
        this.vertx = vertx;
        this.social = social;
        this.className = className;
        this.member = member;
        this.pace = pace;
        this.fate = fate;
    }

    /** @return whether there is nothing to be sent, and nothing sent that was not shown */
    boolean isIdle() {
        return sent == null && waiting.isEmpty();
    }

    /**
     * @param ack to be run when everybody has been shown what came of it, or null
     * @return whether there was room for it
     */
    boolean offer(Act act, Runnable ack) {
        if (isOver || member.isFull()) {
            return false;
        }
        add(act, ack);
        return true;
    }

    /** There is always room for it: there is one for each session. */
    void leave(long session) {
        add(Act.leave(session), null);
    }

    private void add(Act act, Runnable ack) {
        int bytes = bytes(act.user()) + bytes(act.text()) + bytes(act.style());
        waiting.add(new Waiting(act, bytes, ack));
        member.hold(bytes);
        sendNext();
    }

    private static int bytes(String text) {
        return text == null ? 0 : ByteBufUtil.utf8Bytes(text);
    }

    /** The member is known to social-service: from now on batches are sent. */
    void open() {
        isOpen = true;
        sendNext();
    }

    /** What was not sent is forgotten, and makes room for what is done in other classes. */
    void close() {
        isOver = true;
        waiting.forEach(act -> member.release(act.bytes()));
        waiting.clear();
        if (sent != null) {
            release(sent);
            sent = null;
        }
    }

    /** @return the acts that a turn came of, one for each of its steps; none where they are not of the batch that was sent */
    List<Waiting> actsOf(Turn turn) {
        boolean isOurs = sent != null && member.name().equals(turn.member()) && sent.batch.number() == turn.batch();
        return isOurs ? sent.acts : List.of();
    }

    /** @return the acts of the batch that was sent, if it is known to be in a turn up to this one; else none */
    List<Waiting> actsUpTo(long turn) {
        return sent != null && sent.turn > 0 && sent.turn <= turn ? sent.acts : List.of();
    }

    /** Everybody has been shown what came of the batch that was sent. */
    void shown() {
        release(sent);
        sent = null;
        sendNext();
    }

    private void release(Sent batch) {
        batch.acts.forEach(act -> member.release(act.bytes()));
    }

    private void sendNext() {
        if (isOpen && !isOver && !isCollecting && sent == null && !waiting.isEmpty()) {
            List<Waiting> acts = takeNext();
            if (waiting.isEmpty()) {
                collect();
            }
            List<Act> order = acts.stream().map(Waiting::act).toList();
            sent = new Sent(new Batch(className, member.name(), member.nextBatch(), order), acts);
            send(sent);
        }
    }

    /** No other batch for a moment, unless there is more than this one took. */
    private void collect() {
        isCollecting = true;
        vertx.setTimer(pace.collectMillis(fate.sockets()), due -> {
            isCollecting = false;
            sendNext();
        });
    }

    private List<Waiting> takeNext() {
        int most = singles > 0 ? 1 : SocialService.BATCH_ACTS;
        singles = Math.max(0, singles - 1);
        List<Waiting> acts = new ArrayList<>();
        int bytes = 0;
        while (!waiting.isEmpty()
                && acts.size() < most
                && (acts.isEmpty() || bytes + waiting.peek().bytes() <= SocialService.BATCH_BYTES)) {
            Waiting next = waiting.remove();
            bytes += next.bytes();
            acts.add(next);
        }
        return acts;
    }

    private void send(Sent batch) {
        social.act(batch.batch)
                .onSuccess(taken -> answered(batch, taken.turn()))
                .onFailure(error -> failed(batch, error));
    }

    /** The turn may have come, and been shown, before the answer. */
    private void answered(Sent batch, long turn) {
        if (batch == sent) {
            batch.turn = turn;
            fate.taken(turn);
        }
    }

    private void failed(Sent batch, Throwable error) {
        if (batch != sent) {
            return;
        }
        Kind kind = error instanceof Failure failure ? failure.kind() : Kind.INTERNAL;
        switch (kind) {
            case UNAVAILABLE, BUSY -> sendAgain(batch, error);
            case INVALID -> takeApart(batch, error);
            case UNPROCESSABLE -> fate.homeless();
            case CONFLICT -> fate.lost();
            default -> {
                batch.defects++;
                if (batch.defects < MOST_DEFECTS) {
                    sendAgain(batch, error);
                } else {
                    LOG.error("what a class does cannot be stored, its sockets start anew", error);
                    fate.lost();
                }
            }
        }
    }

    private void sendAgain(Sent batch, Throwable error) {
        batch.failures++;
        member.meters().repeated.increment();
        LOG.debug("a batch is sent once more: {}", error.getMessage());
        vertx.setTimer(pace.retryMillis(batch.failures), due -> {
            if (batch == sent) {
                send(batch);
            }
        });
    }

    /** Nothing of it was done. One act that cannot be is not to spoil the others. */
    private void takeApart(Sent batch, Throwable error) {
        sent = null;
        if (batch.acts.size() == 1) {
            release(batch);
            refuse(batch.acts.get(0).act(), error);
        } else {
            singles = batch.acts.size();
            for (int i = batch.acts.size() - 1; i >= 0; i--) {
                waiting.addFirst(batch.acts.get(i));
            }
        }
        sendNext();
    }

    private void refuse(Act act, Throwable error) {
        LOG.error("an act {} was refused: {}", act.kind(), error.getMessage());
        if (act.kind() == Act.Kind.LEAVE) {
            fate.lost();
        } else {
            fate.refused(act);
        }
    }
}
