package lyceum.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MigrationsTest {

    private static final List<String> BOTH = List.of("V1__note", "V2__author");

    private Vertx vertx;
    private Database database;

    @BeforeEach
    void start() {
        vertx = Vertx.vertx();
        database = new Database(TestPostgres.freshDatabase(vertx), "migrated", 2);
    }

    @AfterEach
    void stop() {
        vertx.close().await();
    }

    @Test
    void appliesEachFileOnce() {
        new Migrations(database, BOTH.subList(0, 1)).run(vertx).await();
        new Migrations(database, BOTH).run(vertx).await();
        new Migrations(database, BOTH).run(vertx).await();

        assertThat(count("SELECT count(*) FROM migration")).isEqualTo(2);
        assertThat(count("SELECT count(author) FROM note")).isZero();
    }

    @Test
    void letsManyNodesStartAtOnce() {
        Future.all(IntStream.range(0, 8)
                        .mapToObj(node -> new Migrations(database, BOTH).run(vertx))
                        .toList())
                .await();

        assertThat(count("SELECT count(*) FROM migration")).isEqualTo(2);
    }

    @Test
    void leavesNothingOfAFileThatFails() {
        Migrations broken = new Migrations(database, List.of("V1__note", "V3__broken"));

        assertThatThrownBy(() -> broken.run(vertx).await()).hasMessageContaining("division by zero");

        assertThat(count("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'migrated'"))
                .isZero();
    }

    @Test
    void refusesAFileThatWasEdited() {
        new Migrations(database, BOTH).run(vertx).await();
        Pool pool = database.open(vertx);
        pool.query("UPDATE migration SET crc = 1 WHERE name = 'V2__author'")
                .execute()
                .await();

        assertThatThrownBy(() -> new Migrations(database, BOTH).run(vertx).await())
                .hasMessage("db/migrated/V2__author.sql was edited after it had been applied");
    }

    private long count(String sql) {
        return database.open(vertx)
                .query(sql)
                .execute()
                .await()
                .iterator()
                .next()
                .getLong(0);
    }
}
