package lyceum.platform;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;

/** The rules of {@link GreetingService}. */
final class Greetings implements GreetingService {

    @Override
    public Future<Greeting> greet(Greet question) {
        return Future.succeededFuture(new Greeting("Hello " + question.name() + ", " + RequestId.current()));
    }

    @Override
    public Future<Parcel> echo(Parcel parcel) {
        return Future.succeededFuture(parcel);
    }

    @Override
    public Future<Greeting> fail(Fail order) {
        if (order.kind() == null) {
            throw new IllegalStateException(order.text());
        }
        return Future.failedFuture(new Failure(order.kind(), order.text()));
    }

    @Override
    public Future<Greeting> ponder(Ponder question) {
        return Vertx.currentContext()
                .owner()
                .timer(question.time().toMillis(), TimeUnit.MILLISECONDS)
                .map(new Greeting("good question"));
    }
}
