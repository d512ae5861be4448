package lyceum.stream.internal;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Loop;
import lyceum.stream.Delivery.Item;

/** Converts whole answers to questions for entries; where one entry cannot be converted there is no answer. */
final class AnswerConversions {

    private final Conversions conversions;
    private final Duration limit;

    /** @param limit of time for one answer */
    AnswerConversions(Conversions conversions, Duration limit) {
        this.conversions = conversions;
        this.limit = limit;
    }

    /** Fails with INVALID where entries of one of the streams cannot be converted like that, whatever they are. */
    void check(Iterable<String> streams, Format format) {
        conversions.check(streams, format);
    }

    /**
     * @param raw of which nothing has been taken; whoever reads it ends it where this fails
     * @param mostBytes of all that is made of them
     * @return what is made of them, which is held instead of them; or INVALID where nothing can be made of one of them, or
     *     too much of all; BUSY where that would take too long or too many bytes are held
     */
    Future<Answer> convert(Answer raw, Format format, long mostBytes) {
        Run run = new Run(raw, format, mostBytes);
        return Loop.whileTrue(run::step).map(end -> new Answer(run.made, raw.holding()));
    }

    private final class Run {

        private final Parts raw;
        private final Holding holding;
        private final Format format;
        private final long mostBytes;
        private final long endNanos = System.nanoTime() + limit.toNanos();
        private final Parts made = new Parts();

        Run(Answer raw, Format format, long mostBytes) {
            this.raw = raw.parts();
            this.holding = raw.holding();
            this.format = format;
            this.mostBytes = mostBytes;
        }

        /** Takes as many entries as there are threads. @return whether there are more */
        Future<Boolean> step() {
            if (System.nanoTime() - endNanos > 0) {
                return Future.failedFuture(
                        new Failure(Kind.BUSY, "converting so many entries takes too long; ask for fewer"));
            }
            List<Future<Buffer>> some = new ArrayList<>();
            int end = Math.min(raw.size(), made.size() + conversions.threads());
            for (int i = made.size(); i < end; i++) {
                some.add(convert(raw.item(i), raw.payload(i)));
            }
            return Future.join(some).map(all -> {
                some.forEach(bytes -> take(bytes.result()));
                return made.size() < raw.size();
            });
        }

        private Future<Buffer> convert(Item item, Buffer payload) {
            EntryId id = EntryId.of(item.id());
            return conversions
                    .convert(item.stream(), new Entry(id, payload), format)
                    .recover(error -> Future.failedFuture(named(item, error)));
        }

        private static Throwable named(Item item, Throwable error) {
            return error instanceof Failure failure && failure.kind() != Kind.BUSY
                    ? new Failure(
                            failure.kind(),
                            "entry %s of %s: %s".formatted(item.id(), item.stream(), failure.getMessage()))
                    : error;
        }

        private void take(Buffer bytes) {
            if (made.bytes() + bytes.length() > mostBytes) {
                throw Answers.tooMuch(mostBytes);
            }
            holding.take(bytes.length());
            int index = made.size();
            Item item = raw.item(index);
            raw.drop(index);
            holding.giveBack(item.length());
            made.add(item.stream(), new Entry(EntryId.of(item.id()), bytes));
        }
    }
}
