package lyceum.gateway.elicast;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import lyceum.gateway.media.JobOutputs;
import lyceum.gateway.route.StallLimitedBody;
import lyceum.platform.Loop;

/** Writes what was cut: {@code {"outputs":["data:audio/webm;base64,…", …]}}, an output after the other. */
final class SplitBody {

    private final JobOutputs outputs;
    private final StallLimitedBody body;
    private final VoicesJson voices = new VoicesJson();

    private int next;

    SplitBody(JobOutputs outputs, StallLimitedBody body) {
        this.outputs = outputs;
        this.body = body;
    }

    /** @return done when all is written */
    Future<Void> write(int count) {
        body.response()
                .putHeader("Content-Type", "application/json; charset=utf-8")
                .setChunked(true);
        return body.write(Buffer.buffer("{\"outputs\":["))
                .compose(begun -> Loop.whileTrue(
                        () -> next < count ? writeOutput(next++).map(true) : Future.succeededFuture(false)))
                .compose(all -> {
                    Buffer json = Buffer.buffer();
                    voices.end(count, json);
                    return body.response().end(json.appendString("}"));
                });
    }

    private Future<Void> writeOutput(int output) {
        return outputs.read(output, bytes -> {
            Buffer json = Buffer.buffer();
            voices.goTo(output, json);
            voices.add(false, bytes, json);
            return body.write(json);
        });
    }
}
