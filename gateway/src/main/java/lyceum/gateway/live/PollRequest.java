package lyceum.gateway.live;

import io.vertx.core.buffer.Buffer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.util.Collections;
import java.util.Enumeration;
import java.util.HashMap;
import java.util.Map;

/** What the engine asks of a request, and nothing else. Its headers are none of its business. */
final class PollRequest extends HttpServletRequestWrapper {

    private static final HttpServletRequest UNASKED = Unasked.of(HttpServletRequest.class);

    private final PollExchange exchange;
    private final String query;
    private final String method;
    private final Buffer body;
    private final Map<String, Object> attributes = new HashMap<>();

    PollRequest(PollExchange exchange, EngineQuery query, String method, Buffer body) {
        super(UNASKED);
        this.exchange = exchange;
        this.query = query.asText();
        this.method = method;
        this.body = body;
    }

    @Override
    public String getQueryString() {
        return query;
    }

    @Override
    public String getMethod() {
        return method;
    }

    @Override
    public Enumeration<String> getHeaderNames() {
        return Collections.emptyEnumeration();
    }

    @Override
    public void setAttribute(String name, Object value) {
        attributes.put(name, value);
    }

    @Override
    public Object getAttribute(String name) {
        return attributes.get(name);
    }

    @Override
    public boolean isAsyncSupported() {
        return true;
    }

    @Override
    public boolean isAsyncStarted() {
        return exchange.isLater();
    }

    @Override
    public AsyncContext startAsync() {
        return exchange.startLater();
    }

    @Override
    public AsyncContext getAsyncContext() {
        return exchange;
    }

    @Override
    public int getContentLength() {
        return body.length();
    }

    @Override
    public ServletInputStream getInputStream() {
        return new Body();
    }

    /** Gives everything at once: the engine would ask for too much the second time. */
    private final class Body extends ServletInputStream {

        private int at;

        @Override
        public int read(byte[] into, int offset, int length) {
            int given = Math.min(into.length - offset, body.length() - at);
            body.getBytes(at, at + given, into, offset);
            at += given;
            return given;
        }

        @Override
        public int read() {
            throw new UnsupportedOperationException("the engine reads many bytes");
        }

        @Override
        public boolean isFinished() {
            return at == body.length();
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setReadListener(ReadListener listener) {
            throw new UnsupportedOperationException("the engine does not wait");
        }
    }
}
