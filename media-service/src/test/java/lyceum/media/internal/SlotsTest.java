package lyceum.media.internal;

import static lyceum.media.internal.Failing.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.Test;

class SlotsTest {

    private final List<String> begun = new ArrayList<>();

    @Test
    void letsWorkWaitForItsTurnInOrder() {
        Slots slots = new Slots(1, 2);
        Promise<Void> first = Promise.promise();
        Promise<Void> second = Promise.promise();

        run(slots, "first", first);
        run(slots, "second", second);
        run(slots, "third", Promise.promise());
        assertThat(begun).containsExactly("first");

        first.complete();
        assertThat(begun).containsExactly("first", "second");

        second.fail("whatever");
        assertThat(begun).containsExactly("first", "second", "third");
    }

    @Test
    void refusesWhatFindsTheQueueFull() {
        Slots slots = new Slots(1, 0);
        run(slots, "first", Promise.promise());

        Future<Void> refused = run(slots, "second", Promise.promise());

        assertFails(Kind.BUSY, "too much sound is being worked on; try again later", refused::await);
        assertThat(begun).containsExactly("first");
    }

    @Test
    void isFreeAgainAfterWorkThatThrew() {
        Slots slots = new Slots(1, 0);
        slots.run(() -> {
            throw new IllegalStateException("defect");
        });

        run(slots, "second", Promise.promise());

        assertThat(begun).containsExactly("second");
    }

    private Future<Void> run(Slots slots, String name, Promise<Void> end) {
        return slots.run(() -> {
            begun.add(name);
            return end.future();
        });
    }
}
