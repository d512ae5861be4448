package lyceum.launcher.stream;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is not replayed yet, each with the reason. */
final class LeftOut {

    private static final String FILES = "static files and their ranges are a later issue";
    private static final String UPLOAD = "uploads into recordings are a later issue";

    /** Files, without ending. */
    private static final Map<String, String> WHOLE = Map.of(
            "mjpeg", "live pictures are a later issue",
            "hls", "observed beside the API; video is a later issue",
            "recorder", "what exports look like is a later issue");

    private static final Map<String, String> CASES = new LinkedHashMap<>();

    /** Routes of {@code routes.json}. */
    private static final Map<String, String> ROUTES = Map.of(
            "GET /mjpeg/{stream_id}", "live pictures are a later issue, and so is mjpeg.json",
            "GET /mjpeg/chunked/{file_path}", FILES,
            "POST /recordings/upload/{recording_id}/{fname}", UPLOAD,
            "GET,HEAD /recordings/static/{path}", FILES,
            "GET /metrics", "the operator's port has them",
            "GET /redoc", "/docs shows the same",
            "GET /openapi.json", "it is /openapi.yaml here");

    static {
        for (String name : new String[] {
            "static-full",
            "static-range",
            "static-range-0-0",
            "static-range-inverted",
            "static-range-unsupported",
            "static-range-beyond-end",
            "static-head",
            "static-types-and-missing",
            "static-raw-shadowed"
        }) {
            CASES.put("recordings/" + name, FILES);
        }
        for (String name : new String[] {"upload", "upload-new-recording", "upload-missing-field"}) {
            CASES.put("recordings/" + name, UPLOAD);
        }
    }

    private LeftOut() {}

    /** @return why, empty where it is replayed */
    static Optional<String> reason(RecordedCase recorded) {
        return Optional.ofNullable(CASES.get(recorded.name()));
    }

    /** @return names of files of which nothing is replayed */
    static Set<String> files() {
        return WHOLE.keySet();
    }

    /** @param route method and path */
    static boolean isLeftOut(String route) {
        return ROUTES.containsKey(route);
    }

    /** @return names of all cases that are left out */
    static Set<String> cases() {
        return CASES.keySet();
    }
}
