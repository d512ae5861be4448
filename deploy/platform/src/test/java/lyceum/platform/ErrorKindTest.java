package lyceum.platform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.io.IOException;
import lyceum.platform.Failure.Kind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** With what a real PostgreSQL says. */
class ErrorKindTest {

    private Vertx vertx;
    private Pool pool;

    @BeforeEach
    void open() {
        vertx = Vertx.vertx();
        pool = new Database(TestPostgres.freshDatabase(vertx), "public", 1).open(vertx);
    }

    @AfterEach
    void close() {
        vertx.close().await();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SELECT $1::text", "SELECT $1::text::jsonb"})
    void isInvalidWhereATextHasNul(String sql) {
        String text = sql.endsWith("jsonb") ? "{\"name\":\"a\\u0000b\"}" : "a\0b";

        Throwable error = catchThrowable(
                () -> pool.preparedQuery(sql).execute(Tuple.of(text)).await());

        assertThat(ErrorKind.of(error)).isEqualTo(Kind.INVALID);
    }

    @Test
    void isInternalWhereAStatementIsWrong() {
        Throwable error =
                catchThrowable(() -> pool.query("SELECT nothing").execute().await());

        assertThat(ErrorKind.of(error)).isEqualTo(Kind.INTERNAL);
    }

    @Test
    void isThatOfAFailure() {
        assertThat(ErrorKind.of(Failure.notFound("no such lesson"))).isEqualTo(Kind.NOT_FOUND);
        assertThat(ErrorKind.of(new IOException("reset by peer"))).isEqualTo(Kind.UNAVAILABLE);
    }
}
