package lyceum.chaos;

import java.io.IOException;
import java.net.http.WebSocket;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A WebSocket on which texts are said and awaited, opened again after it has failed. */
final class Talk implements WebSocket.Listener {

    private static final long LIMIT_SECONDS = 20;
    private static final String END = "";

    private final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
    private final StringBuilder part = new StringBuilder();
    private WebSocket socket;

    private Talk() {}

    static Talk open(Doors doors, String path, String token) throws IOException, InterruptedException {
        Talk talk = new Talk();
        talk.socket = doors.open(path, token, talk);
        return talk;
    }

    void say(String text) throws IOException, InterruptedException {
        try {
            socket.sendText(text, true).get();
        } catch (ExecutionException e) {
            throw new IOException("cannot say", e);
        }
    }

    void say(byte[] bytes) throws IOException, InterruptedException {
        try {
            socket.sendBinary(java.nio.ByteBuffer.wrap(bytes), true).get();
        } catch (ExecutionException e) {
            throw new IOException("cannot say", e);
        }
    }

    /** @return the next text */
    String hear() throws IOException, InterruptedException {
        String text = heard.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
        if (text == null || text.equals(END)) {
            throw new IOException(text == null ? "nothing heard" : "closed");
        }
        return text;
    }

    void abort() {
        socket.abort();
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence text, boolean last) {
        part.append(text);
        if (last) {
            heard.add(part.toString());
            part.setLength(0);
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int status, String reason) {
        heard.add(END);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        heard.add(END);
    }
}
