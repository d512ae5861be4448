package lyceum.gateway.mjpeg;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** One who watches: takes an MJPEG stream apart as a browser does. */
public final class MjpegClient implements AutoCloseable {

    private static final Pattern HEADER =
            Pattern.compile("\\A--frame\r\nContent-Type: image/jpeg\r\nContent-Length: (\\d+)\r\n\r\n");

    private static final int MOST_HEADER_BYTES = 200;

    private final List<Buffer> pictures = new CopyOnWriteArrayList<>();
    private final HttpClient http;
    private final HttpClientResponse response;
    private Buffer rest = Buffer.buffer();
    private int headerBytes;
    private int dueBytes;
    private volatile boolean isOver;

    public MjpegClient(Vertx vertx, int port, String path, String token) {
        http = vertx.createHttpClient();
        // Within, so that it listens before the first part can come.
        response = http.request(HttpMethod.GET, port, "127.0.0.1", path)
                .compose(request -> request.putHeader("Authorization", "Bearer " + token)
                        .send()
                        .onSuccess(answer -> answer.handler(this::take)
                                .endHandler(end -> isOver = true)
                                .exceptionHandler(error -> isOver = true)))
                .await();
    }

    private void take(Buffer bytes) {
        rest.appendBuffer(bytes);
        while (rest.length() >= dueBytes && readHeader() && rest.length() >= dueBytes) {
            if (!rest.getString(dueBytes - 2, dueBytes).equals("\r\n")) {
                throw new AssertionError("no line end behind a picture");
            }
            pictures.add(rest.getBuffer(headerBytes, dueBytes - 2));
            rest = rest.getBuffer(dueBytes, rest.length());
            dueBytes = 0;
        }
    }

    /** @return whether it is known how long the next part is */
    private boolean readHeader() {
        if (dueBytes > 0) {
            return true;
        }
        Matcher header = HEADER.matcher(rest.getString(0, Math.min(rest.length(), MOST_HEADER_BYTES), "ISO-8859-1"));
        if (header.find()) {
            headerBytes = header.end();
            dueBytes = headerBytes + Integer.parseInt(header.group(1)) + 2;
        }
        return dueBytes > 0;
    }

    HttpClientResponse response() {
        return response;
    }

    /** @return what was shown so far */
    public List<Buffer> pictures() {
        return pictures;
    }

    /** @return the same as texts, but for the first one, which is black */
    List<String> texts() {
        return pictures.stream()
                .skip(1)
                .map(picture -> picture.toString("ISO-8859-1").toLowerCase(Locale.ROOT))
                .toList();
    }

    public MjpegClient await(int count) {
        Awaitility.await().until(() -> pictures.size() >= count);
        return this;
    }

    public boolean isOver() {
        return isOver;
    }

    @Override
    public void close() {
        http.close().await();
    }
}
