package lyceum.sandbox.internal;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import lyceum.platform.Bus;
import lyceum.platform.Readiness;
import lyceum.platform.Settings;
import lyceum.sandbox.SandboxService;
import lyceum.sandbox.SandboxService.Inspect;
import lyceum.sandbox.SandboxService.Limits;
import lyceum.sandbox.SandboxService.Outcome;
import lyceum.sandbox.SandboxService.Run;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxVerticleTest {
    @Test
    void runs(@TempDir Path data) {
        Vertx vertx = Vertx.vertx();
        SandboxConfig config = SandboxConfig.from(new Settings(Map.of("LYCEUM_DATA_DIR", data.toString())));
        vertx.deployVerticle(new SandboxVerticle(config, new Readiness())).await();
        SandboxService sandbox = new Bus(vertx, Duration.ofSeconds(20)).proxy(SandboxService.class);
        System.out.println(sandbox.inspect(new Inspect()).await());
        Limits limits = new Limits(Duration.ofSeconds(3), Duration.ofSeconds(2), 128 << 20, 32, 16 << 20, 65536, 0, 0);
        for (int i = 0; i < 20; i++) {
            Outcome outcome = sandbox.run(new Run("a" + i, Buffer.buffer("print('hi')"), Buffer.buffer(), limits))
                    .await();
            System.out.println(outcome);
        }
        vertx.close().await();
    }
}
