package lyceum.gateway;

import io.vertx.ext.web.RoutingContext;
import lyceum.platform.Failure;
import lyceum.stream.RecordingName;

/** The names of recordings in the path of a request. */
final class RecordingPath {

    private RecordingPath() {}

    /**
     * @param parameter of the path
     * @param told what the original calls it in its errors
     * @return the name; 422 where it is none, and so can lead nowhere
     */
    static String name(RoutingContext ctx, String parameter, String told) {
        try {
            return RecordingName.check(StreamPath.text(ctx, parameter));
        } catch (Failure failure) {
            throw (Refusal) Refusal.at(failure, "path", told);
        }
    }
}
