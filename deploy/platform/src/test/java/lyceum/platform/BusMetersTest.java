package lyceum.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.time.Duration;
import lyceum.platform.Failure.Kind;
import lyceum.platform.GreetingService.Fail;
import lyceum.platform.GreetingService.Greet;
import lyceum.platform.GreetingService.Ponder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BusMetersTest {

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Vertx vertx = Vertx.vertx();
    private Bus bus;

    @BeforeEach
    void count() {
        BusMeters.count(vertx, registry);
        bus = new Bus(vertx, Duration.ofSeconds(5));
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void countsAnswersByMethodAndOutcome() {
        bus.serve(GreetingService.class, new Greetings()).await();
        GreetingService service = bus.proxy(GreetingService.class);

        service.greet(new Greet("Ada")).await();
        service.greet(new Greet("Eve")).await();
        service.fail(new Fail(Kind.BUSY, "too many")).otherwiseEmpty().await();
        service.fail(new Fail(null, "a defect")).otherwiseEmpty().await();

        assertThat(answers("greet", "ok")).isEqualTo(2);
        assertThat(answers("fail", "busy")).isEqualTo(1);
        assertThat(answers("fail", "internal")).isEqualTo(1);
        assertThat(registry.get("lyceum.bus.time")
                        .tag("method", "greet")
                        .timer()
                        .count())
                .isEqualTo(2);
    }

    @Test
    void countsOneInstanceAsAnyOther() {
        bus.serve(GreetingService.class, new Greetings(), "here").await();

        bus.proxy(GreetingService.class, Duration.ofSeconds(5), "here")
                .greet(new Greet("Ada"))
                .await();

        assertThat(answers("greet", "ok")).isEqualTo(1);
    }

    @Test
    void countsWhatNobodyAnswersOrNotInTime() {
        bus.proxy(GreetingService.class)
                .greet(new Greet("Ada"))
                .otherwiseEmpty()
                .await();
        bus.serve(GreetingService.class, new Greetings()).await();

        bus.proxy(GreetingService.class, Duration.ofMillis(20))
                .ponder(new Ponder(Duration.ofMillis(200)))
                .otherwiseEmpty()
                .await();

        assertThat(registry.get("lyceum.bus.unanswered")
                        .tag("service", "platform")
                        .counter()
                        .count())
                .isEqualTo(2);
    }

    private double answers(String method, String outcome) {
        return registry.get("lyceum.bus.answers")
                .tags("service", "platform", "method", method, "outcome", outcome)
                .counter()
                .count();
    }
}
