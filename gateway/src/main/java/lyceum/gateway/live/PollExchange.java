package lyceum.gateway.live;

import io.socket.engineio.server.transport.Polling;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;

/**
 * One request of a client that polls, as the engine wants to see it: as a servlet's, whose answer may come later. It lives
 * on the context of the engine; what comes of it may be waited for anywhere.
 */
final class PollExchange implements AsyncContext {

    private final Vertx vertx;
    private final PollRequest request;
    private final PollResponse response = new PollResponse();
    private final Promise<PollAnswer> answered;

    private Polling transport;
    private long timeout = -1;
    private boolean isLater;
    private boolean isHandled;
    private boolean isComplete;

    /**
     * @param answered gets the answer
     * @param body of a POST, else empty
     */
    PollExchange(Vertx vertx, EngineQuery query, String method, Buffer body, Promise<PollAnswer> answered) {
        this.vertx = vertx;
        this.answered = answered;
        this.request = new PollRequest(this, query, method, body);
    }

    PollRequest request() {
        return request;
    }

    PollResponse response() {
        return response;
    }

    Future<PollAnswer> answer() {
        return answered.future();
    }

    /** The engine has done what it does at once. */
    void handled() {
        isHandled = true;
        finish();
    }

    /** The engine has stumbled over it. */
    void fail(PollAnswer answer) {
        isComplete = true;
        vertx.cancelTimer(timeout);
        answered.tryComplete(answer);
    }

    /** The client has not waited for the answer. */
    void drop() {
        if (!answered.future().isComplete()) {
            isComplete = true;
            vertx.cancelTimer(timeout);
            answered.tryFail("the client is gone");
            if (transport != null) {
                transport.onError(null);
            }
        }
    }

    /** @return what the connection is carried by, which the engine does not tell otherwise; null where it was no poll */
    Polling transport() {
        return transport;
    }

    boolean isLater() {
        return isLater;
    }

    AsyncContext startLater() {
        isLater = true;
        return this;
    }

    @Override
    public void addListener(AsyncListener polling) {
        transport = (Polling) polling;
    }

    @Override
    public void setTimeout(long millis) {
        timeout = vertx.setTimer(millis, late -> transport.onTimeout(null));
    }

    @Override
    public void complete() {
        isComplete = true;
        finish();
    }

    private void finish() {
        if (isHandled && (isComplete || !isLater)) {
            vertx.cancelTimer(timeout);
            answered.tryComplete(response.answer());
        }
    }

    @Override
    public ServletRequest getRequest() {
        return request;
    }

    @Override
    public ServletResponse getResponse() {
        return response;
    }

    @Override
    public boolean hasOriginalRequestAndResponse() {
        return true;
    }

    @Override
    public void addListener(AsyncListener added, ServletRequest of, ServletResponse with) {
        throw new UnsupportedOperationException("the engine listens without a request");
    }

    @Override
    public <T extends AsyncListener> T createListener(Class<T> type) {
        throw new UnsupportedOperationException("the engine makes its listeners itself");
    }

    @Override
    public long getTimeout() {
        throw new UnsupportedOperationException("the engine does not ask for its timeout");
    }

    @Override
    public void start(Runnable task) {
        throw new UnsupportedOperationException("the engine starts nothing");
    }

    @Override
    public void dispatch() {
        throw new UnsupportedOperationException("there is nobody else");
    }

    @Override
    public void dispatch(String path) {
        throw new UnsupportedOperationException("there is nobody else");
    }

    @Override
    public void dispatch(ServletContext context, String path) {
        throw new UnsupportedOperationException("there is nobody else");
    }
}
