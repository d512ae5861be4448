package lyceum.stream.internal;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lyceum.platform.Failure;
import lyceum.platform.Loop;
import lyceum.stream.StreamService;
import lyceum.stream.StreamService.ReadEntries;
import lyceum.stream.internal.Position.Kind;
import lyceum.stream.internal.RangeReads.Found;

/** Answers to questions for entries that are there already (contract, 2.5). */
final class Answers {

    private final RangeReads reads;
    private final AnswerConversions conversions;
    private final Budget budget;
    private final long mostBytes;
    private final ReadTurns turns = new ReadTurns();

    /**
     * @param budget holds answers from when they are read
     * @param mostBytes of one answer, before it is converted and after
     */
    Answers(RangeReads reads, AnswerConversions conversions, Budget budget, long mostBytes) {
        this.reads = reads;
        this.conversions = conversions;
        this.budget = budget;
        this.mostBytes = mostBytes;
    }

    /** @return all entries that were asked for, to be ended or taken; or the failures of {@code StreamService.readEntries} */
    Future<Answer> read(ReadEntries question) {
        if (question.count() < 1) {
            return Future.failedFuture(Failure.invalid("count is at least 1"));
        }
        Format format = Format.of(question.input(), question.output());
        conversions.check(question.streams(), format);
        List<Map.Entry<String, Position>> positions = inOrder(question);
        Answer raw = new Answer(new Parts(), new Holding(budget, turns));
        int[] next = {0};
        return Loop.whileTrue(() -> next[0] == positions.size()
                        ? Future.succeededFuture(false)
                        : read(positions.get(next[0]++), question.count(), raw).map(true))
                .compose(all ->
                        format.isRaw() ? Future.succeededFuture(raw) : conversions.convert(raw, format, mostBytes))
                .onFailure(error -> raw.end());
    }

    private static List<Map.Entry<String, Position>> inOrder(ReadEntries question) {
        List<Map.Entry<String, Position>> newestFirst = new ArrayList<>();
        List<Map.Entry<String, Position>> others = new ArrayList<>();
        Position.of(question.streams(), question.positions()).entrySet().forEach(entry -> {
            switch (entry.getValue().kind()) {
                case NEWEST -> newestFirst.add(entry);
                case AFTER -> others.add(entry);
                case START -> throw Position.wrong("-");
                // What comes from now on is not there already.
                case NOW -> {}
            }
        });
        newestFirst.addAll(others);
        return newestFirst;
    }

    private Future<Void> read(Map.Entry<String, Position> place, int count, Answer answer) {
        Parts parts = answer.parts();
        String stream = place.getKey();
        int most = Math.min(count, StreamService.MOST_READ + 1);
        long room = mostBytes - parts.bytes();
        Future<Found> found = place.getValue().kind() == Kind.NEWEST
                ? reads.newest(stream, EntryId.NONE, most, room, answer.holding())
                : reads.after(stream, place.getValue().id(), most, room, answer.holding());
        return found.map(entries -> {
            entries.entries().forEach(entry -> parts.add(stream, entry));
            if (entries.isCut() || parts.bytes() > mostBytes || parts.size() > StreamService.MOST_READ) {
                throw tooMuch(mostBytes);
            }
            return null;
        });
    }

    static Failure tooMuch(long mostBytes) {
        return Failure.invalid("these are more than %d bytes or %d entries; ask for fewer"
                .formatted(mostBytes, StreamService.MOST_READ));
    }
}
