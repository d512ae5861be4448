package lyceum.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Vertx;
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

    @Test
    void writesLinesThatBelongToNoRequest() {
        log.info("outside");

        await().until(() -> written.list.size() == 1);
        assertThat(written.list.get(0).getMDCPropertyMap()).isEmpty();
    }
}
