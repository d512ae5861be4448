package lyceum.gateway.recipe;

import io.vertx.ext.web.RoutingContext;
import lyceum.gateway.route.Refusal;
import lyceum.gateway.stream.StreamPath;
import lyceum.platform.Failure;
import lyceum.stream.DocumentId;

/** The id of a document in the path of a request. */
final class DocumentPath {

    private DocumentPath() {}

    /**
     * @param parameter its name in the path of the operation
     * @param originalName what the original calls it in its errors
     * @return the id; 422 where it is none, 404 where there is a slash in it
     */
    static String id(RoutingContext ctx, String parameter, String originalName) {
        try {
            return DocumentId.check(StreamPath.text(ctx, parameter));
        } catch (Failure failure) {
            throw (Refusal) Refusal.at(failure, "path", originalName);
        }
    }
}
