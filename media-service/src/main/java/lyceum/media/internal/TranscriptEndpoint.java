package lyceum.media.internal;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.streams.ReadStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collector;
import lyceum.platform.Failure;
import lyceum.platform.Failure.Kind;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server that takes sound as OpenAI's {@code POST /v1/audio/transcriptions} does, which the servers of Whisper do too. It
 * is asked for WebVTT; whatever it answers is the transcript.
 */
final class TranscriptEndpoint implements Transcriber {

    private static final Logger LOG = LoggerFactory.getLogger(TranscriptEndpoint.class);
    private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
    private static final int OK = 200;
    private static final String CRLF = "\r\n";

    private final Vertx vertx;
    private final TranscriptConfig config;
    private final HttpClient http;

    TranscriptEndpoint(Vertx vertx, TranscriptConfig config) {
        this.vertx = vertx;
        this.config = config;
        this.http = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) CONNECT_LIMIT.toMillis())
                .setIdleTimeout((int) config.limit().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS));
    }

    @Override
    public Future<Void> write(Workplace place, String wav, String language, String result) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(config.endpoint().orElseThrow().toString());
        config.token().ifPresent(token -> options.putHeader("Authorization", "Bearer " + token));
        return http.request(options)
                .compose(request -> {
                    place.stopped().onComplete(stopped -> request.reset());
                    return send(request, place, wav, language)
                            .compose(answer -> receive(answer, place, result))
                            .timeout(config.limit().toMillis(), TimeUnit.MILLISECONDS)
                            .onFailure(error -> request.reset());
                })
                .recover(TranscriptEndpoint::away);
    }

    private Future<HttpClientResponse> send(HttpClientRequest request, Workplace place, String wav, String language) {
        String boundary = "lyceum-" + UUID.randomUUID();
        Buffer head = Buffer.buffer(field(boundary, "model", config.model())
                + field(boundary, "response_format", "vtt")
                + (language.isEmpty() ? "" : field(boundary, "language", language))
                + part(boundary, "file\"; filename=\"sound.wav", "audio/wav"));
        Buffer tail = Buffer.buffer(CRLF + "--" + boundary + "--" + CRLF);
        return place.files().sizeBytes(wav).compose(sizeBytes -> {
            request.putHeader("Content-Type", "multipart/form-data; boundary=" + boundary);
            request.putHeader("Content-Length", Long.toString(head.length() + sizeBytes + tail.length()));
            Future<HttpClientResponse> answering = request.response();
            return request.write(head)
                    .compose(written -> open(place.path(wav).toString()))
                    .compose(
                            file -> file.pipe().endOnComplete(false).to(request).eventually(file::close))
                    .compose(written -> request.end(tail))
                    .compose(sent -> answering);
        });
    }

    private Future<AsyncFile> open(String path) {
        return vertx.fileSystem().open(path, new OpenOptions().setWrite(false).setCreate(false));
    }

    private static String field(String boundary, String name, String value) {
        return part(boundary, name, "text/plain; charset=utf-8") + value + CRLF;
    }

    private static String part(String boundary, String name, String type) {
        return "--" + boundary + CRLF + "Content-Disposition: form-data; name=\"" + name + "\"" + CRLF
                + "Content-Type: " + type + CRLF + CRLF;
    }

    private static Future<Void> receive(HttpClientResponse answer, Workplace place, String result) {
        return bounded(answer).compose(text -> {
            if (answer.statusCode() != OK) {
                LOG.warn("the transcript endpoint answers {}", answer.statusCode());
                return Future.failedFuture(new Failure(Kind.UNAVAILABLE, "the transcript could not be written"));
            }
            return place.files().write(result, text.toString(StandardCharsets.UTF_8));
        });
    }

    private static Future<Buffer> bounded(ReadStream<Buffer> answer) {
        return answer.collect(Collector.of(
                Buffer::buffer,
                (all, piece) -> {
                    if (all.length() + piece.length() > MOST_BYTES) {
                        throw new Failure(Kind.UNAVAILABLE, "the transcript is too long");
                    }
                    all.appendBuffer(piece);
                },
                Buffer::appendBuffer));
    }

    private static Future<Void> away(Throwable error) {
        if (error instanceof Failure) {
            return Future.failedFuture(error);
        }
        LOG.warn("the transcript endpoint is out of reach: {}", error.toString());
        return Future.failedFuture(new Failure(Kind.UNAVAILABLE, "the transcript could not be written"));
    }

    Future<Void> close() {
        return http.close();
    }
}
