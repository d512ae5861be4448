package lyceum.gateway.stream;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import lyceum.gateway.route.Refusal;
import lyceum.platform.Failure;
import lyceum.stream.StreamName;

/** The names of streams in the path of a request. */
public final class StreamPath {

    /** What the original calls it in its errors. */
    static final String PARAMETER = "stream_id";

    private StreamPath() {}

    /** @return the one name, in which {@code +} means nothing */
    static String one(RoutingContext ctx, String parameter) {
        return checked(List.of(text(ctx, parameter))).get(0);
    }

    /** @return all names of a + list */
    public static List<String> all(RoutingContext ctx, String parameter) {
        return checked(PlusList.ofPath(text(ctx, parameter)));
    }

    /** @return what the path says; 404 where that has a slash in it, as the original has no such path */
    public static String text(RoutingContext ctx, String parameter) {
        String text = ctx.pathParam(parameter);
        if (text.contains("/")) {
            throw new Refusal(404);
        }
        return text;
    }

    /** @return the names themselves; 422 where one is none or they are too many */
    static List<String> checked(List<String> names) {
        try {
            return StreamName.checkAll(names);
        } catch (Failure failure) {
            throw (Refusal) Refusal.at(failure, "path", PARAMETER);
        }
    }
}
