package lyceum.gateway.recording;

import io.vertx.ext.web.RoutingContext;
import java.util.function.UnaryOperator;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.stream.StreamPath;
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
        return checked(RecordingName::check, ctx, parameter, told);
    }

    /** @return as {@link #name}; 422 also where no recording may get it */
    static String newName(RoutingContext ctx, String parameter, String told) {
        return checked(RecordingName::checkNew, ctx, parameter, told);
    }

    private static String checked(UnaryOperator<String> check, RoutingContext ctx, String parameter, String told) {
        try {
            return check.apply(StreamPath.text(ctx, parameter));
        } catch (Failure failure) {
            throw (Refusal) Refusal.at(failure, "path", told);
        }
    }
}
