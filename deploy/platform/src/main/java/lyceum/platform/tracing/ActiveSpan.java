package lyceum.platform.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Context;
import java.util.concurrent.atomic.AtomicInteger;
import lyceum.platform.Trace;

/** What is answered in a context, and what it may still ask. */
final class ActiveSpan implements Trace.Active {

    /** A film of pictures asks for hours; nobody reads that much of one trace. */
    static final int MOST_CHILDREN = 500;

    private static final AttributeKey<String> ROUTE = AttributeKey.stringKey("http.route");

    private final Context context;
    private final Span span;
    private final String operation;
    private final AtomicInteger children = new AtomicInteger();

    /** @param operation the name that it began with */
    ActiveSpan(Context context, Span span, String operation) {
        this.context = context;
        this.span = span;
        this.operation = operation;
    }

    Context context() {
        return context;
    }

    /** @return whether it may have one more */
    boolean admitsChild() {
        return children.getAndIncrement() < MOST_CHILDREN;
    }

    @Override
    public String id() {
        return span.getSpanContext().getTraceId();
    }

    @Override
    public void answeredAt(String route) {
        span.setAttribute(ROUTE, route).updateName(operation + ' ' + route);
    }
}
