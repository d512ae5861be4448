package lyceum.gateway.media;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import lyceum.media.MediaWorkService.Output;
import lyceum.media.MediaWorkService.Phase;
import lyceum.media.MediaWorkService.WorkState;
import lyceum.platform.Failure.Kind;

/** A media job as clients see it. */
final class MediaJobJson {

    private MediaJobJson() {}

    /** @param id as clients name the job */
    static JsonObject of(String id, WorkState state) {
        JsonObject json = new JsonObject()
                .put("id", id)
                .put("state", state.phase().name().toLowerCase(Locale.ROOT))
                .put("progress", state.fraction() < 0 ? null : thousandths(state.fraction()));
        if (state.phase() == Phase.QUEUED) {
            json.put("queuePosition", state.queuePosition());
        }
        if (state.phase() == Phase.FAILED) {
            json.put("status", Kind.valueOf(state.failureKind()).status()).put("detail", state.failure());
        }
        JsonArray outputs = new JsonArray();
        state.outputs().forEach(output -> outputs.add(of(id, output)));
        return json.put("outputs", outputs);
    }

    private static double thousandths(double fraction) {
        return Math.round(fraction * 1_000) / 1_000.0;
    }

    private static JsonObject of(String id, Output output) {
        return new JsonObject()
                .put("name", output.name())
                .put("mediaType", output.mediaType())
                .put("sizeBytes", output.sizeBytes())
                .put("url", "/media/jobs/" + id + "/outputs/" + output.name());
    }
}
