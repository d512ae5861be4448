package lyceum.gateway.stream;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lyceum.gateway.form.Window;
import lyceum.gateway.stream.EntryFrames.Frame;
import lyceum.stream.PushSession;
import lyceum.stream.PushSession.ClosePush;
import lyceum.stream.PushSession.PushFrame;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.Append;
import lyceum.stream.StreamService.NewEntry;
import lyceum.stream.StreamService.OpenPush;
import lyceum.stream.StreamService.Stored;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Brings the entries of one upload to stream-service, and remembers what has become of each. */
final class EntryWriter implements UploadWatch.Upload {

    private static final Logger LOG = LoggerFactory.getLogger(EntryWriter.class);

    private static final Frame NOTHING = new Frame(List.of(), Buffer.buffer(), true);

    private final StreamAccess streams;
    private final boolean idsFromFrames;
    private final Duration timeLimit;
    private final Window window;
    private final List<String> ids = new ArrayList<>();
    private final List<StreamService.Refusal> refused = new ArrayList<>();

    private Future<Session> session;
    private long number;
    private boolean isUnderWay;
    private long messageSinceNanos;

    private record Session(String id, PushSession at) {}

    /**
     * @param idsFromFrames as in {@code OpenPush}
     * @param timeLimit how long one message may take, whose bytes stream-service holds until it is whole
     * @param sender is paused while a frame is on its way
     */
    EntryWriter(StreamAccess streams, boolean idsFromFrames, Duration timeLimit, ReadStream<?> sender) {
        this.streams = streams;
        this.idsFromFrames = idsFromFrames;
        this.timeLimit = timeLimit;
        // A message must be stored before the next one is begun, or it might be too much for the session.
        this.window = new Window(sender, 1);
    }

    /** Pushes the next frame; the first one opens a session. */
    void push(Frame frame) {
        noteTime(frame);
        window.send(() -> {
            isUnderWay = true;
            return session().compose(opened -> push(opened, frame)).onComplete(answered -> isUnderWay = false);
        });
    }

    private void noteTime(Frame frame) {
        if (!frame.more()) {
            messageSinceNanos = 0;
        } else if (messageSinceNanos == 0 && frame != NOTHING) {
            messageSinceNanos = System.nanoTime();
        }
    }

    @Override
    public boolean isTooSlow() {
        return messageSinceNanos != 0 && System.nanoTime() - messageSinceNanos > timeLimit.toNanos();
    }

    private Future<Session> session() {
        if (session == null) {
            session = streams.service()
                    .openPush(new OpenPush(idsFromFrames))
                    .map(opened -> new Session(opened.id(), streams.pushing().apply(opened.instance())));
        }
        return session;
    }

    private Future<Stored> push(Session opened, Frame frame) {
        PushFrame next = new PushFrame(opened.id(), number++, frame.entries(), frame.bytes(), frame.more());
        return opened.at().pushFrame(next).onSuccess(this::take);
    }

    private void take(Stored stored) {
        stored.refused()
                .forEach(each -> refused.add(new StreamService.Refusal(ids.size() + each.index(), each.reason())));
        ids.addAll(stored.ids());
    }

    /** Appends few entries without a session. */
    Future<Void> append(List<NewEntry> entries) {
        return streams.service()
                .append(new Append(entries, idsFromFrames))
                .onSuccess(this::take)
                .mapEmpty();
    }

    @Override
    public void keep() {
        if (session != null && !isUnderWay) {
            push(NOTHING);
        }
    }

    @Override
    public boolean isUnderWay() {
        return isUnderWay;
    }

    /** @return whether pushing more would be in vain */
    boolean isBroken() {
        return window.isBroken();
    }

    /** Nothing more is pushed; @return done when everything is answered, or the first failure */
    Future<Void> close() {
        return window.close();
    }

    /** Gives up the session; what has been pushed of a message that is not whole is forgotten. */
    void leave() {
        if (session != null) {
            session.compose(opened -> opened.at().closePush(new ClosePush(opened.id())))
                    .onFailure(error -> LOG.debug("a session is left to its lease", error));
        }
    }

    /** @return ids of all entries of whole messages so far, empty for one that was refused */
    List<String> ids() {
        return ids;
    }

    /** @return which of these entries are not stored */
    List<StreamService.Refusal> refused() {
        return refused;
    }
}
