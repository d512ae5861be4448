package lyceum.launcher.stream;

import java.util.Map;
import java.util.Set;

/** What is not replayed yet, each with the reason. */
final class LeftOut {

    /** Files, without ending. */
    private static final Map<String, String> WHOLE = Map.of(
            "hls", "observed beside the API; video is a later issue",
            "recorder", "exports are tested with their service");

    /** Routes of {@code routes.json}. */
    private static final Map<String, String> ROUTES = Map.of(
            "GET /mjpeg/{stream_id}", "it never ends; mjpeg.json is replayed",
            "GET /mjpeg/chunked/{file_path}", "no file has the name that is asked for there; mjpeg.json is replayed",
            "GET,HEAD /recordings/static/{path}", "it is no single request; recordings.json is replayed",
            "GET /metrics", "the operator's port has them",
            "GET /redoc", "/docs shows the same",
            "GET /openapi.json", "it is /openapi.yaml here");

    private LeftOut() {}

    /** @return names of files of which nothing is replayed */
    static Set<String> files() {
        return WHOLE.keySet();
    }

    /** @return why, by the routes of which nothing is replayed in their own form */
    static Map<String, String> reasons() {
        return ROUTES;
    }

    /** @param route method and path */
    static boolean isLeftOut(String route) {
        return ROUTES.containsKey(route);
    }
}
