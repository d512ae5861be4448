package lyceum.media.internal;

import static lyceum.media.internal.Failing.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import lyceum.media.MediaService.Priority;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.Test;

class SlotsTest {

    private final List<String> begun = new ArrayList<>();

    @Test
    void letsWorkWaitForItsTurnInOrder() {
        Slots slots = new Slots(1, 2, 0);
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
        Slots slots = new Slots(1, 0, 0);
        run(slots, "first", Promise.promise());

        Future<Void> refused = run(slots, "second", Promise.promise());

        assertFails(Kind.BUSY, "too much sound is being worked on; try again later", refused::await);
        assertThat(begun).containsExactly("first");
    }

    @Test
    void isFreeAgainAfterWorkThatThrew() {
        Slots slots = new Slots(1, 0, 0);
        slots.run(turn(Priority.INTERACTIVE), () -> {
            throw new IllegalStateException("defect");
        });

        run(slots, "second", Promise.promise());

        assertThat(begun).containsExactly("second");
    }

    @Test
    void letsInteractiveWorkPass() {
        Slots slots = new Slots(1, 5, 5);
        Promise<Void> first = Promise.promise();
        run(slots, "first", first);
        slots.run(turn(Priority.BACKGROUND), () -> begin("film", Promise.promise()));
        run(slots, "cut", Promise.promise());

        first.complete();

        assertThat(begun).containsExactly("first", "cut");
    }

    @Test
    void keepsOnePlaceFreeOfTheBackground() {
        Slots slots = new Slots(2, 0, 5);
        slots.run(turn(Priority.BACKGROUND), () -> begin("film", Promise.promise()));
        slots.run(turn(Priority.BACKGROUND), () -> begin("second film", Promise.promise()));
        run(slots, "cut", Promise.promise());

        assertThat(begun).containsExactly("film", "cut");
    }

    @Test
    void boundsBothQueues() {
        Slots slots = new Slots(1, 0, 1);
        run(slots, "first", Promise.promise());
        slots.run(turn(Priority.BACKGROUND), () -> begin("film", Promise.promise()));

        Future<Void> refused = slots.run(turn(Priority.BACKGROUND), () -> begin("another", Promise.promise()));

        assertFails(Kind.BUSY, "too much sound is being worked on; try again later", refused::await);
    }

    @Test
    void tellsPlacesInTheQueueAndForgetsWhoGivesUp() {
        Slots slots = new Slots(1, 5, 5);
        Promise<Void> first = Promise.promise();
        List<Integer> places = new ArrayList<>();
        Turn film = new Turn(Priority.BACKGROUND, places::add);
        Turn cut = turn(Priority.INTERACTIVE);
        run(slots, "first", first);
        Future<Void> filmed = slots.run(film, () -> begin("film", Promise.promise()));
        slots.run(cut, () -> begin("cut", Promise.promise()));

        slots.giveUp(cut, Failure.notFound("gone"));
        assertThat(places).containsExactly(1, 2, 1);

        slots.giveUp(film, Failure.notFound("gone"));
        first.complete();
        assertThat(begun).containsExactly("first");
        assertFails(Kind.NOT_FOUND, "gone", filmed::await);
    }

    private static Turn turn(Priority priority) {
        return new Turn(priority, position -> {});
    }

    private Future<Void> run(Slots slots, String name, Promise<Void> end) {
        return slots.run(turn(Priority.INTERACTIVE), () -> begin(name, end));
    }

    private Future<Void> begin(String name, Promise<Void> end) {
        begun.add(name);
        return end.future();
    }
}
