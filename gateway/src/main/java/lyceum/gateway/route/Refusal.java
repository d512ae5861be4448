package lyceum.gateway.route;

import io.netty.handler.codec.http.HttpResponseStatus;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import lyceum.gateway.connection.BodyFault;
import lyceum.platform.Failure;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A request that is not answered as it wishes: the status, what the client is told, and the headers that belong to it.
 * Whatever fails a {@link RoutingContext} becomes one of these, and a {@link Dialect} words it.
 */
public final class Refusal extends RuntimeException {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(Refusal.class);

    private final int status;
    private final transient Map<String, String> headers;
    private final transient List<Finding> findings;

    /** A refusal that its status explains. */
    public Refusal(int status) {
        this(status, null, Map.of());
    }

    /** @param detail one line for the client */
    public Refusal(int status, String detail) {
        this(status, detail, Map.of());
    }

    /** @param detail one line for the client, or null where the status explains itself */
    public Refusal(int status, String detail, Map<String, String> headers) {
        this(status, detail, headers, List.of());
    }

    private Refusal(int status, String detail, Map<String, String> headers, List<Finding> findings) {
        super(detail, null, false, false);
        this.status = status;
        this.headers = Map.copyOf(headers);
        this.findings = List.copyOf(findings);
    }

    /** @return parameters are wrong; only {@link Dialect#DETAIL} tells which, in the order of the findings */
    public static Refusal unprocessable(List<Finding> findings) {
        String detail = findings.stream().map(Finding::line).collect(Collectors.joining("; "));
        return new Refusal(422, detail, Map.of(), findings);
    }

    /** @return what is INVALID told as wrong at a place of the request; any other failure as it is */
    public static Throwable at(Throwable error, Object... place) {
        return error instanceof Failure failure && failure.kind() == Failure.Kind.INVALID
                ? unprocessable(List.of(Finding.wrongAt(List.of(place), failure.getMessage())))
                : error;
    }

    /** @return who is asking is not known */
    public static Refusal unauthenticated(String detail) {
        return new Refusal(401, detail, Map.of("WWW-Authenticate", "Bearer"));
    }

    /**
     * @return why a request failed. A defect is logged here, once, with its stack; outside it is a bare 500.
     */
    static Refusal of(RoutingContext ctx) {
        Throwable cause = ctx.failure();
        Optional<Refusal> expected = expected(cause);
        if (expected.isPresent()) {
            return expected.get();
        }
        if (ctx.statusCode() >= 400 && ctx.statusCode() < 500) {
            return new Refusal(ctx.statusCode());
        }
        LOG.error("defect in {} {}", ctx.request().method(), ctx.request().path(), cause);
        return new Refusal(500);
    }

    /** @return what a failure that was to be expected says to a client; empty for a defect */
    public static Optional<Refusal> expected(Throwable cause) {
        if (cause instanceof Failure failure) {
            return Optional.of(of(failure));
        }
        if (cause instanceof BodyFault fault) {
            return Optional.of(new Refusal(fault.status(), fault.getMessage()));
        }
        return cause instanceof Refusal refusal ? Optional.of(refusal) : Optional.empty();
    }

    private static Refusal of(Failure failure) {
        int status = failure.kind().status();
        return switch (failure.kind()) {
            case INTERNAL -> new Refusal(status);
            case BUSY, UNAVAILABLE -> new Refusal(status, failure.getMessage(), Map.of("Retry-After", "1"));
            default -> new Refusal(status, failure.getMessage());
        };
    }

    /** @return the status of the answer */
    public int status() {
        return status;
    }

    /** @return the status in words */
    public String reason() {
        return HttpResponseStatus.valueOf(status).reasonPhrase();
    }

    /** @return one line for the client; empty where the status explains itself */
    public Optional<String> detail() {
        return Optional.ofNullable(getMessage());
    }

    /** @return what is wrong with the parameters; may be empty */
    public List<Finding> findings() {
        return findings;
    }

    /** @return headers that the answer has beside the usual ones */
    public Map<String, String> headers() {
        return headers;
    }
}
