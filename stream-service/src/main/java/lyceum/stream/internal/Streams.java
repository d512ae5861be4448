package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import lyceum.platform.Failure;
import lyceum.stream.Delivery;
import lyceum.stream.StreamService;

/** The contract, divided among those who know: the registry, the appender, answers, and sessions. */
final class Streams implements StreamService {

    private final String instance;
    private final Parties parties;

    /** Those who know. */
    record Parties(
            RedisLines redis,
            Registry registry,
            Appender appender,
            Answers answers,
            PushSessions pushes,
            PullSessions pulls) {}

    /** @param instance where sessions are served */
    Streams(String instance, Parties parties) {
        this.instance = instance;
        this.parties = parties;
    }

    @Override
    public Future<StreamNames> listStreams(ListStreams question) {
        return parties.registry().list(question.after());
    }

    @Override
    public Future<StreamInfos> describeStreams(DescribeStreams question) {
        return parties.registry().describe(question.streams());
    }

    @Override
    public Future<Metadata> changeMetadata(ChangeMetadata order) {
        return parties.registry().change(order);
    }

    @Override
    public Future<Deletions> deleteStreams(DeleteStreams order) {
        return parties.registry().delete(order.streams());
    }

    @Override
    public Future<Stored> append(Append order) {
        if (order.entries().size() > MOST_ENTRIES) {
            return Future.failedFuture(Failure.invalid("at most %d entries".formatted(MOST_ENTRIES)));
        }
        Message message = Message.of(order.entries(), order.idsFromFrames());
        if (message.bytes() > PIECE_BYTES) {
            return Future.failedFuture(Failure.invalid("at most %d bytes".formatted(PIECE_BYTES)));
        }
        return parties.appender().append(message);
    }

    @Override
    public Future<Read> readEntries(ReadEntries question) {
        return parties.answers().read(question).compose(this::answer);
    }

    private Future<Read> answer(Answer answer) {
        Delivery first = answer.take();
        return first.more()
                ? parties.pulls().hold(answer).map(id -> new Read(first, new OpenedSession(id, instance)))
                : Future.succeededFuture(new Read(first, null));
    }

    @Override
    public Future<OpenedSession> openPush(OpenPush order) {
        return parties.pushes().open(order).map(id -> new OpenedSession(id, instance));
    }

    @Override
    public Future<OpenedSession> openPull(OpenPull order) {
        return parties.pulls().open(order).map(id -> new OpenedSession(id, instance));
    }

    @Override
    public Future<Done> ping(Ping question) {
        return parties.redis().send(Request.cmd(Command.PING)).map(pong -> new Done());
    }
}
