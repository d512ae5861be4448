package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * Messages that go to Redis in one round trip, between MULTI and EXEC: readers see each message as a whole, as they do
 * those of the original, and the answer of EXEC tells of each entry by itself, where that of a pipeline would fail as a
 * whole. A message of one entry goes by itself.
 */
final class Transaction {

    /** XADD with {@code <ms>-*} exists from Redis 7 on only. There is no 0-0. ARGV: most entries, milliseconds, payload. */
    private static final String NEXT_SEQUENCE = """
            local id = ARGV[2] .. (ARGV[2] == '0' and '-1' or '-0')
            local info = redis.pcall('XINFO', 'STREAM', KEYS[1])
            for i = 1, info.err and 0 or #info, 2 do
              if info[i] == 'last-generated-id' then
                local ms, seq = string.match(info[i + 1], '(%d+)-(%d+)')
                if ms == ARGV[2] then id = string.format('%s-%.0f', ms, seq + 1) end
              end
            end
            return redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], id, 'd', ARGV[3])
            """;

    /** @param part that is appended, null where it is only asked whether its stream exists */
    private record Step(Appending appending, Message.Part part) {}

    private final int maxEntries;
    private final Set<String> known;
    private final Announcer announcer;
    private final List<Appending> messages = new ArrayList<>();
    private final List<Step> steps = new ArrayList<>();
    private final List<Request> commands = new ArrayList<>(List.of(Request.cmd(Command.MULTI)));

    /**
     * @param maxEntries about so many entries of a stream are kept
     * @param known streams that are known to exist, to which are added those that this makes
     * @param announcer told of what was stored
     */
    Transaction(int maxEntries, Set<String> known, Announcer announcer) {
        this.maxEntries = maxEntries;
        this.known = known;
        this.announcer = announcer;
    }

    void add(Appending appending) {
        messages.add(appending);
        for (Message.Part part : appending.message().parts()) {
            if (known.add(part.stream())) {
                steps.add(new Step(appending, null));
                commands.add(Request.cmd(Command.EXISTS).arg(part.stream()));
            }
            steps.add(new Step(appending, part));
            commands.add(command(part));
        }
    }

    /** @return how many commands it has */
    int size() {
        return commands.size();
    }

    /** Sends it, once; nothing can be added any more. @return done when everybody knows what has become of the messages */
    Future<?> send(RedisLine line) {
        return results(line).onSuccess(this::finish).onFailure(this::fail);
    }

    /** One command is whole by itself, and Redis has three answers less to write before it. */
    private Future<? extends Iterable<Response>> results(RedisLine line) {
        if (steps.size() == 1) {
            return line.ask(commands.get(1)).map(List::of);
        }
        commands.add(Request.cmd(Command.EXEC));
        return line.batch(commands).map(replies -> replies.get(replies.size() - 1));
    }

    private void finish(Iterable<Response> results) {
        Iterator<Response> next = results.iterator();
        boolean isNew = false;
        for (Step step : steps) {
            Response result = next.next();
            if (step.part() == null) {
                isNew = result.toInteger() == 0;
            } else {
                finish(step, result, isNew);
                isNew = false;
            }
        }
        messages.forEach(Appending::complete);
    }

    private void finish(Step step, Response reply, boolean isNew) {
        String stream = step.part().stream();
        if (!step.appending().take(step.part(), reply)) {
            known.remove(stream);
            return;
        }
        if (isNew) {
            announcer.created(stream);
        }
        announcer.appended(stream, step.part().payload().length(), reply.toString());
    }

    /** Nothing is known of the messages; each of them is stored as a whole, or nothing of it. */
    private void fail(Throwable error) {
        steps.stream().filter(step -> step.part() != null).forEach(step -> known.remove(step.part().stream()));
        messages.forEach(appending -> appending.fail(error));
    }

    private Request command(Message.Part part) {
        if (part.id().isSequenceOpen()) {
            return Request.cmd(Command.EVAL)
                    .arg(NEXT_SEQUENCE)
                    .arg(1)
                    .arg(part.stream())
                    .arg(maxEntries)
                    .arg(part.id().text())
                    .arg(part.payload());
        }
        return Request.cmd(Command.XADD)
                .arg(part.stream())
                .arg("MAXLEN")
                .arg("~")
                .arg(maxEntries)
                .arg(part.id().text())
                .arg(Entry.FIELD)
                .arg(part.payload());
    }
}
