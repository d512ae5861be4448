package lyceum.stream.internal;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import lyceum.platform.Loop;
import lyceum.stream.Delivery.Item;

/**
 * Converts what readers of live streams are to get, one entry after the other. Of what cannot be converted the reader
 * learns nothing: it stands behind such an entry as if it had got it.
 */
final class PullConversions {

    /** A reader of pictures waits no longer for one, and long deliveries are not begun anew when nobody waits any more. */
    static final Duration LIMIT = Duration.ofSeconds(1);

    private final Conversions conversions;
    private final LeftOut leftOut;
    private final Budget budget;
    private final Duration limit;

    /**
     * @param budget holds what was made of entries until all of a catch is
     * @param limit after so long a reader gets what there is, once an entry of each stream has been looked at
     */
    PullConversions(Conversions conversions, LeftOut leftOut, Budget budget, Duration limit) {
        this.conversions = conversions;
        this.leftOut = leftOut;
        this.budget = budget;
        this.limit = limit;
    }

    /** Fails with INVALID where entries of one of the streams cannot be converted like that, whatever they are. */
    void check(Iterable<String> streams, Format format) {
        conversions.check(streams, format);
    }

    /**
     * @param raw what was found
     * @param streams by index
     * @param converted the same without entries and with room for what is made of them
     * @return the latter, once it has what is made of the former, or of the first ones of each stream; or BUSY where
     *     there is no room for any
     */
    Future<Catch> convert(Catch raw, List<String> streams, Catch converted, Format format) {
        Run run = new Run(raw.parts(), streams, converted, format);
        return Loop.whileTrue(run::step).onComplete(end -> run.giveBack()).map(end -> converted);
    }

    private final class Run {

        private final Parts raw;
        private final List<String> streams;
        private final Catch converted;
        private final Format format;
        private final BitSet begun = new BitSet();
        private final long endNanos = System.nanoTime() + limit.toNanos();
        private int next;
        private long heldBytes;

        Run(Parts raw, List<String> streams, Catch converted, Format format) {
            this.raw = raw;
            this.streams = streams;
            this.converted = converted;
            this.format = format;
        }

        /** @return whether there is more to do */
        Future<Boolean> step() {
            if (next == raw.size() || converted.isFull()) {
                return Future.succeededFuture(false);
            }
            Item item = raw.item(next);
            Entry entry = new Entry(EntryId.of(item.id()), raw.payload(next));
            int index = streams.indexOf(item.stream());
            next++;
            if (begun.get(index) && System.nanoTime() - endNanos > 0) {
                return Future.succeededFuture(true);
            }
            begun.set(index);
            return conversions
                    .convert(item.stream(), entry, format)
                    .map(made -> take(index, new Entry(entry.id(), made)))
                    .recover(error -> goOn(index, entry.id(), error));
        }

        private boolean take(int index, Entry made) {
            budget.take(made.payload().length());
            heldBytes += made.payload().length();
            converted.add(index, streams.get(index), List.of(made));
            return true;
        }

        /** Nobody may be kept for ever by an entry that nobody can convert. */
        private Future<Boolean> goOn(int index, EntryId id, Throwable error) {
            if (error instanceof Failure failure && failure.kind() != Kind.BUSY) {
                leftOut.add(streams.get(index), id, failure);
                converted.skipTo(index, id);
                return Future.succeededFuture(true);
            }
            return converted.parts().isEmpty() ? Future.failedFuture(error) : Future.succeededFuture(false);
        }

        void giveBack() {
            budget.giveBack(heldBytes);
        }
    }
}
