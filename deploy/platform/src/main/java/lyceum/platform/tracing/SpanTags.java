package lyceum.platform.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.vertx.core.eventbus.Message;
import io.vertx.core.eventbus.ReplyException;
import io.vertx.core.eventbus.ReplyFailure;
import io.vertx.core.spi.tracing.TagExtractor;
import java.util.Locale;
import java.util.Set;
import lyceum.platform.Failure;

/** What may be told of a span. */
final class SpanTags {

    /** Everything else that Vert.x would tell may hold a token, a key or somebody's name. SQL has its parameters apart. */
    private static final Set<String> TOLD = Set.of(
            "http.request.method",
            "url.scheme",
            "messaging.system",
            "messaging.operation.name",
            "db.system",
            "db.namespace",
            "db.operation.name",
            "db.query.text");

    /** Those of our own. */
    private static final String OURS = "lyceum.";

    private static final String STATUS = "http.response.status_code";
    private static final String ERROR = "error.type";
    private static final int DEFECT = 500;
    private static final String REPLIES = "__vertx.reply";

    private SpanTags() {}

    /** @return the name of a span: for the bus who is asked, whichever instance, else what is done */
    static String name(Object request, String operation) {
        return request instanceof Message<?> message ? address(message.address()) : operation;
    }

    private static String address(String address) {
        if (address.startsWith(REPLIES)) {
            return "reply";
        }
        int instance = address.indexOf('@');
        return instance < 0 ? address : address.substring(0, instance);
    }

    /** @param told a request or an answer; null for none */
    static <T> void tell(Span span, T told, TagExtractor<T> tags) {
        if (told != null) {
            tags.extractTo(told, (name, value) -> tell(span, name, value));
        }
    }

    private static void tell(Span span, String name, String value) {
        if (TOLD.contains(name) || name.startsWith(OURS)) {
            span.setAttribute(name, value);
        } else if (name.equals(STATUS)) {
            int status = Integer.parseInt(value);
            span.setAttribute(STATUS, status);
            if (status >= DEFECT) {
                span.setStatus(StatusCode.ERROR);
            }
        }
    }

    /**
     * The kind of a failure and not its text, which is for who has asked. What the caller did wrong is no error of the
     * house.
     */
    static void tell(Span span, Throwable error) {
        if (error instanceof Failure failure) {
            span.setAttribute(ERROR, failure.kind().name().toLowerCase(Locale.ROOT));
            if (failure.kind().status() >= DEFECT) {
                span.setStatus(StatusCode.ERROR);
            }
        } else if (error instanceof ReplyException reply && reply.failureType() == ReplyFailure.NO_HANDLERS) {
            // A fact that nobody wants to know; who asks a question hears of it by the failure of his own.
            span.setAttribute(ERROR, "no_handlers");
        } else if (error != null) {
            span.setAttribute(ERROR, error.getClass().getName());
            span.setStatus(StatusCode.ERROR);
        }
    }
}
