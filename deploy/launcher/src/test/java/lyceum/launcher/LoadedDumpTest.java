package lyceum.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import io.vertx.redis.client.Command;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import lyceum.platform.Settings;
import lyceum.platform.Settings.WrongSetting;
import lyceum.platform.TestPostgres;
import lyceum.platform.embedded.EmbeddedRedis;
import lyceum.platform.embedded.EmbeddedStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadedDumpTest {

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @Test
    void hasTheKeysOfTheRedisThatWroteIt() throws IOException {
        Path written = directory.resolve("dump.rdb");
        try (EmbeddedStore original = EmbeddedRedis.start(directory, TestPostgres.programs(), line -> {})) {
            ask(original.url(), Request.cmd(Command.SET).arg("recipe:id").arg("tea"));
            ask(original.url(), Request.cmd(Command.SAVE));
        }

        try (LoadedDump loaded = LoadedDump.of(written, config())) {
            assertThat(ask(loaded.url(), Request.cmd(Command.GET).arg("recipe:id")))
                    .isEqualTo("tea");
        }
    }

    @Test
    void isRefusedWhereItIsNone() throws IOException {
        Path none = Files.writeString(directory.resolve("dump.rdb"), "REDIS9999 of the future");

        assertThatThrownBy(() -> LoadedDump.of(none, config()))
                .isInstanceOf(WrongSetting.class)
                .hasMessageStartingWith("--import=ptg: Redis does not load '%s'", none);
    }

    private static SuiteConfig config() {
        return SuiteConfig.from(new Settings(
                Map.of("LYCEUM_PROGRAM_DIR", TestPostgres.programs().toString())));
    }

    private String ask(String url, Request request) {
        Redis redis = Redis.createClient(vertx, url);
        return String.valueOf(redis.send(request).eventually(redis::close).await());
    }
}
