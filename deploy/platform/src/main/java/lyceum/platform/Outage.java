package lyceum.platform;

import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.ClosedConnectionException;
import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** Tells a store that cannot be reached for a while from a defect. */
final class Outage {

    private Outage() {}

    /** @return whether the same question may succeed once the store is back */
    static boolean is(Throwable error) {
        return error instanceof IOException
                || error instanceof TimeoutException
                || error instanceof ClosedConnectionException
                || isClosed(error)
                || error instanceof PgException database && isOutage(database.getSqlState());
    }

    /** As the client of PostgreSQL says it of a question that comes a moment after the end (its SocketConnectionBase). */
    private static boolean isClosed(Throwable error) {
        return error instanceof VertxException
                && error.getMessage() != null
                && error.getMessage().startsWith("Connection is not active now");
    }

    /**
     * Connection exceptions, lack of resources, a server that stops or starts, and a statement that took too long (PostgreSQL,
     * appendix A).
     */
    private static boolean isOutage(String sqlState) {
        return sqlState != null
                && (sqlState.startsWith("08")
                        || sqlState.startsWith("53")
                        || sqlState.startsWith("57P")
                        || sqlState.equals("57014"));
    }
}
