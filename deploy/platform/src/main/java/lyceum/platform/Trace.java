package lyceum.platform;

import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.VertxBootstrap;
import io.vertx.core.spi.VertxServiceProvider;
import io.vertx.core.spi.context.storage.ContextLocal;
import io.vertx.core.spi.tracing.SpanKind;
import io.vertx.core.spi.tracing.TagExtractor;
import io.vertx.core.spi.tracing.VertxTracer;
import io.vertx.core.tracing.TracingPolicy;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * What code may know and tell of the trace that it is part of. It speaks to the tracer of Vert.x, whichever that is; where
 * nothing is traced, it costs a look at a field. Registered through {@code META-INF/services}.
 */
public final class Trace implements VertxServiceProvider {

    private static final TagExtractor<Map<String, String>> TAGS = new TagExtractor<>() {

        @Override
        public int len(Map<String, String> tags) {
            return tags.size();
        }

        @Override
        public String name(Map<String, String> tags, int index) {
            return List.copyOf(tags.keySet()).get(index);
        }

        @Override
        public String value(Map<String, String> tags, int index) {
            return tags.get(name(tags, index));
        }
    };

    private static final ContextLocal<Active> ACTIVE = ContextLocal.registerLocal(Active.class);

    @Override
    public void init(VertxBootstrap bootstrap) {
        // Loading this class has registered the slots, which must happen before Vert.x starts.
    }

    /** What a tracer keeps in a context while something is answered there. */
    public interface Active {

        /** @return the id of the trace, 32 hexadecimal digits */
        String id();

        /** @param route as {@link Trace#answeredAt} */
        void answeredAt(String route);
    }

    /** @return the id of the trace that this thread works for, 32 hexadecimal digits; null where there is none */
    public static String id() {
        Active active = active(Vertx.currentContext());
        return active == null ? null : active.id();
    }

    /** Notes at which route the present request is answered, {@code /elicast/{id}}: ids and names are not in it. */
    public static void answeredAt(String route) {
        Active active = active(Vertx.currentContext());
        if (active != null) {
            active.answeredAt(route);
        }
    }

    /** For tracers: @return what is active in a context, or null */
    public static Active active(Context context) {
        return context == null ? null : context.getLocal(ACTIVE);
    }

    /** For tracers: what follows from a context belongs to that, until {@link #leave}. */
    public static void enter(Context context, Active active) {
        context.putLocal(ACTIVE, active);
    }

    /** For tracers: the answer is given. What goes on, on a socket for hours, is of no trace. */
    public static void leave(Context context) {
        context.removeLocal(ACTIVE);
    }

    /**
     * Begins a step of the trace of a context.
     *
     * @param context the one that the step is done for, which need not be the present one; may be null
     * @param name of steps like this, a few words
     * @param tags what is known of it, without anybody's names or texts; named {@code lyceum.…}
     */
    public static Step begin(Context context, String name, Map<String, String> tags) {
        VertxTracer<?, ?> tracer = context == null ? null : ((ContextInternal) context).tracer();
        return tracer == null ? Step.UNTRACED : step(tracer, context, name, tags);
    }

    private static <O> Step step(VertxTracer<?, O> tracer, Context context, String name, Map<String, String> tags) {
        O span = tracer.sendRequest(
                context, SpanKind.RPC, TracingPolicy.PROPAGATE, tags, name, (header, value) -> {}, TAGS);
        return (more, error) -> tracer.receiveResponse(context, more, span, error, TAGS);
    }

    /** A step that has begun. */
    @FunctionalInterface
    public interface Step {

        /** Of no trace. */
        Step UNTRACED = (tags, error) -> {};

        /**
         * Is over.
         *
         * @param tags what is known of it now
         * @param error why it came to nothing, or null
         */
        void end(Map<String, String> tags, Throwable error);

        /** Is over. */
        default <T> void end(AsyncResult<T> how, Function<T, Map<String, String>> tags) {
            end(how.succeeded() ? tags.apply(how.result()) : Map.of(), how.cause());
        }
    }
}
