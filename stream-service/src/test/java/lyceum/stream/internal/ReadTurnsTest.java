package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.Test;

/** Who reads when. */
class ReadTurnsTest {

    private final ReadTurns turns = new ReadTurns();
    private final List<Promise<Integer>> begun = new ArrayList<>();

    private Future<Integer> read() {
        return turns.read(() -> {
            Promise<Integer> read = Promise.promise();
            begun.add(read);
            return read.future();
        });
    }

    @Test
    void letsTheNextOneReadWhenOneIsThrough() {
        List<Future<Integer>> answers = List.of(read(), read(), read(), read());
        assertThat(begun).hasSize(ReadTurns.AT_ONCE);

        begun.get(1).complete(1);
        begun.get(0).fail("away");

        assertThat(begun).hasSize(4);
        assertThat(answers.get(0).failed()).isTrue();
        assertThat(answers.get(1).result()).isOne();
        begun.get(2).complete(2);
        assertThat(answers.get(2).result()).isEqualTo(2);
        assertThat(answers.get(3).isComplete()).isFalse();
    }

    @Test
    void refusesWhomItWouldKeepWaitingForTooLong() {
        for (int i = 0; i < ReadTurns.AT_ONCE + ReadTurns.MOST_WAITING; i++) {
            read();
        }

        assertThat(read().cause())
                .isInstanceOfSatisfying(
                        Failure.class, failure -> assertThat(failure.kind()).isEqualTo(Kind.BUSY));
    }

    @Test
    void goesOnWhereReadsFailAtOnce() {
        read();
        read();
        List<Future<Integer>> answers = new ArrayList<>();
        for (int i = 0; i < ReadTurns.MOST_WAITING; i++) {
            answers.add(turns.read(() -> {
                throw new Failure(Kind.UNAVAILABLE, "away");
            }));
        }

        begun.get(0).complete(0);

        assertThat(answers).allMatch(Future::failed);
    }
}
