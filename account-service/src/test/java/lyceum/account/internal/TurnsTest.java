package lyceum.account.internal;

import static lyceum.account.internal.Failing.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Works that end when they are told, two of them at once, and two that wait. */
class TurnsTest {

    private final Vertx vertx = Vertx.vertx();
    private final Context loop = vertx.getOrCreateContext();
    private final Turns turns = new Turns(vertx, 2, 2);
    private final List<String> begun = new ArrayList<>();

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void waitUntilAnotherEndsAndInTheirOrder() {
        Promise<String> a = Promise.promise();
        Promise<String> b = Promise.promise();
        Promise<String> c = Promise.promise();
        take("a", a);
        take("b", b);
        Future<String> third = take("c", c);
        take("d", Promise.promise());
        assertThat(onLoop(() -> List.copyOf(begun))).containsExactly("a", "b");

        end(b);
        assertThat(onLoop(() -> List.copyOf(begun))).containsExactly("a", "b", "c");
        end(c);

        assertThat(third.await()).isEqualTo("done");
        assertThat(onLoop(() -> List.copyOf(begun))).containsExactly("a", "b", "c", "d");
    }

    @Test
    void areRefusedWhereTooManyWait() {
        Promise<String> a = Promise.promise();
        take("a", a);
        for (String waiting : List.of("b", "c", "d")) {
            take(waiting, Promise.promise());
        }

        assertFails(
                Kind.BUSY,
                "too many logins are waiting, please try again",
                () -> take("e", Promise.promise()).await());

        end(a);
        take("f", Promise.promise());
        assertThat(onLoop(() -> List.copyOf(begun))).containsExactly("a", "b", "c");
    }

    @Test
    void goOnWhateverAWorkDoes() {
        Future<String> broken = onLoop(() -> turns.take(() -> {
            throw new IllegalStateException("broken");
        }));
        Future<String> failed = onLoop(() -> turns.take(() -> Future.failedFuture("failed")));

        assertThatThrownBy(broken::await).hasMessage("broken");
        assertThatThrownBy(failed::await).hasMessage("failed");
        take("a", Promise.promise());
        take("b", Promise.promise());
        assertThat(onLoop(() -> List.copyOf(begun))).containsExactly("a", "b");
    }

    private Future<String> take(String name, Promise<String> end) {
        return onLoop(() -> turns.take(() -> {
            begun.add(name);
            return end.future();
        }));
    }

    /** Whoever waits begins in a later turn of the loop, before what is asked of it after that. */
    private void end(Promise<String> work) {
        onLoop(() -> {
            work.complete("done");
            return work;
        });
    }

    private <T> T onLoop(Supplier<T> work) {
        Promise<T> done = Promise.promise();
        loop.runOnContext(turn -> done.complete(work.get()));
        return done.future().await();
    }
}
