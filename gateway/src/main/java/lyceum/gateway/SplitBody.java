package lyceum.gateway;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** Writes what was cut: {@code {"outputs":["data:audio/webm;base64,…", …]}}, an output after the other. */
final class SplitBody {

    private final JobOutputs outputs;
    private final HttpServerResponse response;
    private final VoicesJson voices = new VoicesJson();

    SplitBody(JobOutputs outputs, HttpServerResponse response) {
        this.outputs = outputs;
        this.response = response;
    }

    /** @return done when all is written */
    Future<Void> write(int count) {
        response.putHeader("Content-Type", "application/json; charset=utf-8").setChunked(true);
        return response.write(Buffer.buffer("{\"outputs\":["))
                .compose(begun -> write(0, count))
                .compose(all -> {
                    Buffer json = Buffer.buffer();
                    voices.end(count, json);
                    return response.end(json.appendString("}"));
                });
    }

    private Future<Void> write(int output, int count) {
        if (output == count) {
            return Future.succeededFuture();
        }
        return outputs.read(output, bytes -> {
                    Buffer json = Buffer.buffer();
                    voices.goTo(output, json);
                    voices.add(false, bytes, json);
                    return response.write(json);
                })
                .compose(written -> write(output + 1, count));
    }
}
