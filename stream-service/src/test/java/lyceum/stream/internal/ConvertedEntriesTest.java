package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import lyceum.stream.internal.Conversions.Outcome;
import lyceum.stream.internal.ConvertedEntries.Wish;
import org.junit.jupiter.api.Test;

/** What was made of entries a short while ago. */
class ConvertedEntriesTest {

    private static final Format JPG = Format.of("holo", "jpg");

    private final ConvertedEntries entries = new ConvertedEntries(10_000);

    @Test
    void findsWhatWasMadeOfTheSameEntryInTheSameWay() {
        Outcome outcome = add("main", 1, "source", 10);

        assertThat(entries.find(wish("main", 1), Buffer.buffer("source"))).contains(outcome);
        assertThat(entries.find(wish("main", 2), Buffer.buffer("source"))).isEmpty();
        assertThat(entries.find(wish("other", 1), Buffer.buffer("source"))).isEmpty();
        assertThat(entries.find(new Wish("main", id(1), Format.of("holo", "png")), Buffer.buffer("source")))
                .isEmpty();
    }

    @Test
    void knowsNothingOfAnotherEntryWithTheSameId() {
        add("main", 1, "source", 10);

        assertThat(entries.find(wish("main", 1), Buffer.buffer("anew"))).isEmpty();
    }

    @Test
    void givesUpWhatWasUsedLongestAgo() {
        add("main", 1, "source", 4_000);
        add("main", 2, "source", 4_000);
        assertThat(entries.find(wish("main", 1), Buffer.buffer("source"))).isPresent();

        add("main", 3, "source", 4_000);

        assertThat(entries.find(wish("main", 1), Buffer.buffer("source"))).isPresent();
        assertThat(entries.find(wish("main", 2), Buffer.buffer("source"))).isEmpty();
        assertThat(entries.find(wish("main", 3), Buffer.buffer("source"))).isPresent();
    }

    @Test
    void keepsNothingThatAloneIsAboveTheLimit() {
        add("main", 1, "source", 4_000);

        add("main", 2, "source", 10_000);

        assertThat(entries.find(wish("main", 2), Buffer.buffer("source"))).isEmpty();
        assertThat(entries.find(wish("main", 1), Buffer.buffer("source"))).isPresent();
    }

    @Test
    void forgetsWhatSomethingElseHasReplaced() {
        for (int i = 0; i < 10; i++) {
            add("main", 1, "source " + i, 4_000);
        }
        add("main", 2, "source", 4_000);

        assertThat(entries.find(wish("main", 1), Buffer.buffer("source 9"))).isPresent();
        assertThat(entries.find(wish("main", 2), Buffer.buffer("source"))).isPresent();
    }

    private Outcome add(String stream, long millis, String source, int bytes) {
        Outcome outcome = new Outcome(Buffer.buffer(new byte[bytes]), null);
        entries.add(wish(stream, millis), Buffer.buffer(source), outcome);
        return outcome;
    }

    private static Wish wish(String stream, long millis) {
        return new Wish(stream, id(millis), JPG);
    }

    private static EntryId id(long millis) {
        return new EntryId(millis, 0);
    }
}
