package lyceum.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.AppenderBase;
import ch.qos.logback.core.read.ListAppender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import lyceum.platform.Audit;
import lyceum.platform.RequestId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LogQueueTest {

    private final LoggerContext context = new LoggerContext();
    private final ListAppender<ILoggingEvent> written = new ListAppender<>();
    private final Logger log = context.getLogger("test");

    private Vertx vertx;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        context.setMDCAdapter(new LogbackMDCAdapter());
        LogQueue queue = new LogQueue();
        queue.setContext(context);
        queue.addAppender(written);
        written.start();
        queue.start();
        log.addAppender(queue);
    }

    @AfterEach
    void stop() {
        context.stop();
        vertx.close().await();
    }

    @Test
    void takesTheRequestIdAlong() {
        vertx.runOnContext(start -> {
            RequestId.enter("r-1");
            log.info("inside");
        });

        await().until(() -> written.list.size() == 1);
        assertThat(written.list.get(0).getMDCPropertyMap()).containsEntry(LogQueue.REQUEST, "r-1");
    }

    /** Nobody reads the standard output for a while: little is left of the queue, and then nothing. */
    @Test
    void keepsWhoDidWhatWhereOtherLinesAreLostAndCountsThose() throws InterruptedException {
        SimpleMeterRegistry meters = new SimpleMeterRegistry();
        LogQueue.measure(meters);
        double before = lost(meters);
        StoppedOutput output = new StoppedOutput(written);
        LogQueue queue = new LogQueue();
        queue.setContext(context);
        queue.setQueueSize(10);
        queue.setNeverBlock(true);
        queue.addAppender(output);
        queue.start();
        Logger crowded = context.getLogger("crowded");
        Logger audit = context.getLogger(Audit.LOG_NAME);
        for (Logger each : List.of(crowded, audit)) {
            each.setAdditive(false);
            each.addAppender(queue);
        }
        crowded.info("being written");
        output.reached.await();

        for (int i = 0; i < 12; i++) {
            crowded.info("small talk");
        }
        assertThat(lost(meters) - before).isEqualTo(3);
        audit.info("who did what");
        assertThat(lost(meters) - before).isEqualTo(3);
        crowded.warn("too much");
        assertThat(lost(meters) - before).isEqualTo(4);

        output.goesOn.countDown();
        await().until(() -> written.list.size() == 11);
        assertThat(written.list)
                .extracting(ILoggingEvent::getMessage)
                .contains("who did what")
                .doesNotContain("too much");
    }

    /** Writes nothing before it is told to. */
    private static final class StoppedOutput extends AppenderBase<ILoggingEvent> {

        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch goesOn = new CountDownLatch(1);
        private final ListAppender<ILoggingEvent> written;

        StoppedOutput(ListAppender<ILoggingEvent> written) {
            this.written = written;
            start();
        }

        @Override
        protected void append(ILoggingEvent event) {
            reached.countDown();
            try {
                goesOn.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            written.doAppend(event);
        }
    }

    private static double lost(SimpleMeterRegistry meters) {
        return meters.get("lyceum.log.lost").functionCounter().count();
    }

    @Test
    void writesLinesThatBelongToNoRequest() {
        log.info("outside");

        await().until(() -> written.list.size() == 1);
        assertThat(written.list.get(0).getMDCPropertyMap()).isEmpty();
    }
}
