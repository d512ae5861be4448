package lyceum.gateway.tls;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.ServerSSLOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate that the gateway shows, and the next one: files that have changed are taken by servers that listen,
 * for connections that come after that. Files that are wrong are told of, once, and the old certificate stays.
 *
 * <p>{@code lyceum.gateway.tls.expires} is when it ends, in seconds of the epoch. Lives on one context.
 */
public final class CertificateWatch {

    /** How often the files are looked at; who renews a certificate does so weeks before its end. */
    public static final Duration INTERVAL = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(CertificateWatch.class);

    private final Vertx vertx;
    private final TlsConfig files;
    private final MeterRegistry registry;
    private final Duration interval;

    private volatile ServerCertificate current;
    private List<Function<ServerSSLOptions, Future<Boolean>>> servers = List.of();
    private boolean isLooking;
    private String lastFault = "";
    private long timer = -1;
    private Gauge expires;

    public CertificateWatch(Vertx vertx, TlsConfig files, MeterRegistry registry, Duration interval) {
        this.vertx = vertx;
        this.files = files;
        this.registry = registry;
        this.interval = interval;
    }

    /** @return how servers are to be opened; failed with a WrongSetting where the files are wrong */
    public Future<ServerSSLOptions> first() {
        return read().map(read -> {
            current = read;
            if (read.expires().isBefore(Instant.now())) {
                LOG.warn("the certificate of the gateway has expired at {}", read.expires());
            }
            expires = Gauge.builder(
                            "lyceum.gateway.tls.expires",
                            () -> current.expires().getEpochSecond())
                    .baseUnit("seconds")
                    .description("when the certificate of the gateway ends, in seconds of the epoch")
                    .strongReference(true)
                    .register(registry);
            return read.options();
        });
    }

    /** @param servers told of each new certificate; they listen */
    public void follow(List<Function<ServerSSLOptions, Future<Boolean>>> servers) {
        this.servers = List.copyOf(servers);
        timer = vertx.setPeriodic(interval.toMillis(), due -> look());
    }

    /** Looks no more. */
    public void close() {
        vertx.cancelTimer(timer);
        if (expires != null) {
            registry.remove(expires);
        }
    }

    private void look() {
        if (isLooking) {
            return;
        }
        isLooking = true;
        read().compose(this::take).onFailure(this::tell).onComplete(looked -> isLooking = false);
    }

    private Future<ServerCertificate> read() {
        return vertx.executeBlocking(() -> ServerCertificate.read(files, vertx), false);
    }

    private Future<Void> take(ServerCertificate read) {
        if (read.isSameAs(current)) {
            lastFault = "";
            return Future.succeededFuture();
        }
        ServerSSLOptions options = read.options();
        return Future.all(servers.stream().map(server -> server.apply(options)).toList())
                .onSuccess(taken -> {
                    current = read;
                    lastFault = "";
                    LOG.info("the gateway has a new certificate, until {}", read.expires());
                })
                .mapEmpty();
    }

    private void tell(Throwable fault) {
        if (!lastFault.equals(fault.getMessage())) {
            lastFault = String.valueOf(fault.getMessage());
            LOG.warn("the gateway keeps its certificate, until {}: {}", current.expires(), lastFault);
        }
    }
}
