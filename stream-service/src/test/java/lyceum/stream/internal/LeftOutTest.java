package lyceum.stream.internal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import lyceum.platform.Failure;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the operator learns of entries that nobody gets. */
class LeftOutTest {

    private static final Logger LOGGER = (Logger) LoggerFactory.getLogger(LeftOut.class);
    private static final Failure WHY = Failure.invalid("picture cannot be decoded");

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final MeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicLong clock = new AtomicLong(-5);
    private final LeftOut leftOut = new LeftOut(new StreamMetrics(registry), clock::get);

    @BeforeEach
    void listen() {
        log.start();
        LOGGER.addAppender(log);
    }

    @AfterEach
    void stopListening() {
        LOGGER.detachAppender(log);
    }

    @Test
    void tellsOfOneEntryOfAStreamInAMinuteAndCountsAll() {
        add("main", 1);
        add("main", 2);
        clock.addAndGet(Duration.ofSeconds(59).toNanos());
        add("main", 3);
        add("gll", 4);
        clock.addAndGet(Duration.ofSeconds(1).toNanos());
        add("main", 5);
        add("main", 6);

        assertThat(log.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .containsExactly(
                        "entry left out stream=\"main\" id=1-0: picture cannot be decoded",
                        "entry left out stream=\"gll\" id=4-0: picture cannot be decoded",
                        "entry left out stream=\"main\" id=5-0: picture cannot be decoded");
        assertThat(registry.counter("lyceum.stream.unconvertible").count()).isEqualTo(6);
    }

    @Test
    void writesOneLineForAnyName() {
        add("a\nWARN b", 1);

        assertThat(log.list)
                .singleElement()
                .extracting(ILoggingEvent::getFormattedMessage)
                .asString()
                .contains("\"a\\nWARN b\"");
    }

    private void add(String stream, long millis) {
        leftOut.add(stream, new EntryId(millis, 0), WHY);
    }
}
