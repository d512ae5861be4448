package lyceum.platform;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.HashMap;
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

    /**
     * How long PostgreSQL may work on a statement, a wait for a lock included. All of ours are far shorter; one that is not
     * would hold its connection, and nobody waits for its answer any more.
     */
    private static final Duration STATEMENT_LIMIT = Duration.ofSeconds(30);

    /** A connection on which nothing has come for so long is given up: PostgreSQL would have ended the statement. */
    private static final Duration SILENCE_LIMIT = STATEMENT_LIMIT.multipliedBy(2);

    /**
     * A connection that nobody has used for so long is closed by its pool: well before it would be given up under whoever
     * takes it at that moment.
     */
    private static final Duration IDLE_LIMIT = SILENCE_LIMIT.dividedBy(2);

    private static final Map<String, String> BOUNDED =
            Map.of("statement_timeout", Long.toString(STATEMENT_LIMIT.toMillis()));

    /** @return a pool that is closed with the verticle that asks for it */
    public Pool open(Vertx vertx) {
        return open(vertx, schema, poolSize, BOUNDED, SILENCE_LIMIT);
    }

    /** @return a pool of one connection whose statements may take their time, as those that change tables do */
    Pool openPatient(Vertx vertx) {
        return open(vertx, schema + "-patient", 1, Map.of(), Duration.ZERO);
    }

    /**
     * Opens a pool whose commits do not wait for the disk: for rows that mean nothing until a later commit of
     * {@link #open(Vertx)}, which flushes everything written before it, refers to them.
     *
     * @return a pool that is closed with the verticle that asks for it
     */
    public Pool openRelaxed(Vertx vertx) {
        Map<String, String> relaxed = new HashMap<>(BOUNDED);
        relaxed.put("synchronous_commit", "off");
        return open(vertx, schema + "-relaxed", poolSize, relaxed, SILENCE_LIMIT);
    }

    /**
     * @param name of the pool, as metrics tell it
     * @param silence zero for any time
     */
    private Pool open(Vertx vertx, String name, int size, Map<String, String> properties, Duration silence) {
        PgConnectOptions connect = PostgresAddress.options(url)
                .setCachePreparedStatements(true)
                .addProperty("search_path", schema)
                .addProperty("application_name", "lyceum-" + schema);
        properties.forEach(connect::addProperty);
        PoolOptions pool = new PoolOptions()
                .setName(name)
                .setMaxSize(size)
                .setConnectionTimeout((int) CONNECTION_WAIT.toSeconds())
                .setConnectionTimeoutUnit(TimeUnit.SECONDS)
                .setIdleTimeout((int) IDLE_LIMIT.toSeconds())
                .setIdleTimeoutUnit(TimeUnit.SECONDS);
        NetClientOptions network =
                new NetClientOptions().setIdleTimeout((int) silence.toSeconds()).setIdleTimeoutUnit(TimeUnit.SECONDS);
        return PgBuilder.pool()
                .with(pool)
                .with(network)
                .connectingTo(connect)
                .using(vertx)
                .build();
    }
}
