package lyceum.platform;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A contract as services write them, for the tests of the bus. */
interface GreetingService {

    Topic<Greeting> GREETED = new Topic<>("lyceum.platform.greeted");

    Future<Greeting> greet(Greet question);

    Future<Parcel> echo(Parcel parcel);

    Future<Greeting> fail(Fail order);

    Future<Greeting> ponder(Ponder question);

    record Greet(String name) {}

    record Ponder(Duration time) {}

    record Greeting(String text) {}

    record Fail(Failure.Kind kind, String text) {}

    record Parcel(Instant sent, Duration delay, List<Buffer> bytes, Map<String, Integer> counts, Greet inner) {}
}
