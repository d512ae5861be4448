package lyceum.gateway.live;

import io.vertx.core.buffer.Buffer;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the engine answers. */
final class PollResponse extends HttpServletResponseWrapper {

    private static final HttpServletResponse UNASKED = Unasked.of(HttpServletResponse.class);

    private final Map<String, String> headers = new LinkedHashMap<>();
    private final Buffer bytes = Buffer.buffer();
    private final StringWriter text = new StringWriter();
    private int status = 200;

    PollResponse() {
        super(UNASKED);
    }

    /** @return all of it, once the engine is done */
    PollAnswer answer() {
        return new PollAnswer(status, Map.copyOf(headers), bytes.appendString(text.toString()));
    }

    @Override
    public void setStatus(int status) {
        this.status = status;
    }

    @Override
    public void setContentType(String type) {
        headers.put("Content-Type", type);
    }

    /** The type says so. */
    @Override
    public void setCharacterEncoding(String encoding) {}

    /** It follows from the bytes. */
    @Override
    public void setContentLength(int length) {}

    @Override
    public void addHeader(String name, String value) {
        headers.put(name, value);
    }

    @Override
    public PrintWriter getWriter() {
        return new PrintWriter(text);
    }

    @Override
    public ServletOutputStream getOutputStream() {
        return new Body();
    }

    private final class Body extends ServletOutputStream {

        @Override
        public void write(byte[] from, int offset, int length) {
            bytes.appendBytes(from, offset, length);
        }

        @Override
        public void write(int single) {
            bytes.appendByte((byte) single);
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setWriteListener(WriteListener listener) {
            throw new UnsupportedOperationException("the engine does not wait");
        }
    }
}
