package lyceum.platform;

import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Where a service's tables are, and how many connections it may hold.
 *
 * @param url {@code postgresql://user:password@host:port/database}
 * @param schema the service's own schema, which is its whole search path
 * @param poolSize connections of this process to that schema
 */
public record Database(String url, String schema, int poolSize) {

    /** How long a question waits for a free connection before it fails. */
    private static final Duration CONNECTION_WAIT = Duration.ofSeconds(10);

    /** @return a pool that is closed with the verticle that asks for it */
    public Pool open(Vertx vertx) {
        return open(vertx, schema, Map.of());
    }

    /**
     * Opens a pool whose commits do not wait for the disk: for rows that mean nothing until a later commit of
     * {@link #open(Vertx)}, which flushes everything written before it, refers to them.
     *
     * @return a pool that is closed with the verticle that asks for it
     */
    public Pool openRelaxed(Vertx vertx) {
        return open(vertx, schema + "-relaxed", Map.of("synchronous_commit", "off"));
    }

    /** @param name of the pool, as metrics tell it */
    private Pool open(Vertx vertx, String name, Map<String, String> properties) {
        PgConnectOptions connect = PgConnectOptions.fromUri(url)
                .setCachePreparedStatements(true)
                .addProperty("search_path", schema)
                .addProperty("application_name", "lyceum-" + schema);
        properties.forEach(connect::addProperty);
        PoolOptions pool = new PoolOptions()
                .setName(name)
                .setMaxSize(poolSize)
                .setConnectionTimeout((int) CONNECTION_WAIT.toSeconds())
                .setConnectionTimeoutUnit(TimeUnit.SECONDS);
        return PgBuilder.pool().with(pool).connectingTo(connect).using(vertx).build();
    }
}
